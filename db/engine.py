"""The one connection to PostgreSQL that every table uses.

`DB` exists before anyone knows the address, because tables name it when they are defined;
`connect` gives it the address and opens the pool.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString


class DatabaseAway(ConnectionError):
    """No connection can be made now; the next try makes a new one by itself."""


DATABASE_IS_AWAY: tuple[type[Exception], ...] = (
    DatabaseAway,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""How a PostgreSQL that stops, restarts or is full shows itself."""


class Engine(PostgresEngine):
    """Piccolo's engine, which would otherwise connect as soon as it is defined."""

    async def check_version(self) -> None:
        """The migrations refuse an old server; there is nothing to ask here."""

    async def prep_database(self) -> None:
        """No extension is needed."""

    def transaction(self, allow_nested: bool = True) -> AbstractAsyncContextManager[PostgresTransaction, None]:  # type: ignore[override]
        """One transaction, rolled back when the block raises; inside another it is part of that one."""
        return super().transaction(allow_nested)  # type: ignore[return-value]


DB = Engine(config={"dsn": ""})


def point_at(url: str) -> None:
    """Say which PostgreSQL to use (a `postgresql://` address) without connecting yet."""
    DB.config = {"dsn": url}


@asynccontextmanager
async def connect(url: str, *, pool_size: int = 10) -> AsyncIterator[PostgresEngine]:
    """Open a pool of at most `pool_size` connections for the length of the block."""
    point_at(url)
    await DB.start_connection_pool(
        min_size=1, max_size=pool_size, command_timeout=30, connect=_connect, reset=_nothing_to_reset
    )
    try:
        yield DB
    finally:
        await DB.close_connection_pool()


async def _connect(*where: Any, **how: Any) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(*where, **how)
    except OSError as error:
        raise DatabaseAway(str(error)) from error


async def _nothing_to_reset(connection: object) -> None:
    """We set nothing that outlives a transaction, and the pool itself rolls back one that was left open.

    The pool's own reset is a round trip after each query: without it the dashboard takes a sixth less time.
    """


async def fetch(sql: str, *values: Any) -> list[dict[str, Any]]:
    """Run one SQL statement, inside the current transaction if there is one.

    `{}` in `sql` marks where each of `values` goes; they are sent apart from the text.
    """
    return [dict(row) for row in await DB.run_querystring(QueryString(sql, *values))]


async def fetch_one(sql: str, *values: Any) -> dict[str, Any] | None:
    """Like `fetch`, for a statement that gives one row or none."""
    found = await fetch(sql, *values)
    return found[0] if found else None


async def run_script(sql: str) -> None:
    """Run many statements inside the current transaction, which must be open."""
    transaction = DB.current_transaction.get()
    assert transaction is not None, "run_script needs an open transaction"
    await transaction.connection.execute(sql)
