"""What the daily desk looks for. The statements stand in `sql/0025_desk.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000025"
VERSION = "1.38.0"
DESCRIPTION = "indexes of the daily desk"

STATEMENTS = ["0025_desk"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
