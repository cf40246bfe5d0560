"""Which teams get children for whom an assessment is asked for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000023"
VERSION = "1.38.0"
DESCRIPTION = "new requests"

STATEMENTS = ["0023_new_requests"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
