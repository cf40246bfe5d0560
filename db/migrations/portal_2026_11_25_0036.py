"""Which adult of a request was invited from there."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000036"
VERSION = "1.38.0"
DESCRIPTION = "invited from a request"

STATEMENTS = ["0036_invited_from_a_request"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
