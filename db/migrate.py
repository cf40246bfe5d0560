"""Brings a database to the newest form: Piccolo's migrations, the job queue's tables, the roles."""

import os
from contextlib import redirect_stdout
from io import StringIO

import asyncpg
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from piccolo.apps.migrations.commands.forwards import run_forwards

from db.engine import point_at

APP_ROLE = "portal_app"

_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
        CREATE ROLE {APP_ROLE} LOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""

_GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM {APP_ROLE};
"""


async def migrate(url: str) -> None:
    """Bring the database at `url` up to date. Running it again changes nothing.

    `url` must belong to the owner of the tables, who may create roles; the service itself
    then signs in as `portal_app`, which can add to the audit trail but never change it.
    """
    point_at(url)
    os.environ.setdefault("PICCOLO_CONF", "db.piccolo_conf")
    with redirect_stdout(StringIO()):
        await run_forwards(app_name="portal", migration_id="all")
    connection = await asyncpg.connect(url)
    try:
        queue = Queries(AsyncpgDriver(connection))
        await (queue.upgrade() if await queue.schema_is_installed() else queue.install())
        await connection.execute(_ROLE)
        await connection.execute(_GRANTS)
    finally:
        await connection.close()
