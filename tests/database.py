"""A real PostgreSQL for the tests: migrated once, copied for each test process, emptied after each test."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from fasteners import InterProcessLock

from db import embedded
from db.migrate import APP_ROLE, migrate

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "var" / "test-postgres"
# Nobody needs the tests' data after a crash, so nothing waits for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

_EMPTY = """
SET session_replication_role = replica;
{deletes}
UPDATE audit_head SET mac = '';
SET session_replication_role = DEFAULT;
"""


@contextmanager
def test_database(name: str) -> Iterator[tuple[str, str]]:
    """Addresses of a fresh migrated database: as the service sees it, and as its owner."""
    FOLDER.parent.mkdir(exist_ok=True)
    with InterProcessLock(FOLDER.parent / "test-postgres.lock"):
        server = embedded.start(FOLDER, settings=FAST)
        asyncio.run(_copy_template(server_url := embedded.address(server), name))
        owner = embedded.address(server, name)
    assert server_url
    yield owner.replace("//postgres@", f"//{APP_ROLE}@"), owner


async def _copy_template(server_url: str, name: str) -> None:
    connection = await asyncpg.connect(server_url)
    template = f"template_{_fingerprint()}"
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", template):
            await connection.execute(f'DROP DATABASE IF EXISTS "{template}_new" WITH (FORCE)')
            await connection.execute(f'CREATE DATABASE "{template}_new"')
            await migrate(server_url.replace("/postgres?", f"/{template}_new?"))
            await connection.execute(f'ALTER DATABASE "{template}_new" RENAME TO "{template}"')
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        await connection.close()


def _fingerprint() -> str:
    """Changes when a migration does, so that an old template is never used."""
    import hashlib

    text = b"".join(path.read_bytes() for path in sorted((ROOT / "db").rglob("*")) if path.suffix in {".sql", ".py"})
    return hashlib.sha256(text).hexdigest()[:12]


async def empty(connection: asyncpg.Connection) -> None:
    """Take out everything that a test put in."""
    rows = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND tablename NOT IN ('migration', 'audit_head') AND tablename NOT LIKE 'pgqueuer%'"
    )
    deletes = "".join(f'DELETE FROM "{row["tablename"]}";' for row in rows) + "DELETE FROM pgqueuer;"
    await connection.execute(_EMPTY.format(deletes=deletes))


def worker_name() -> str:
    """A database name of its own for each test process."""
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
