"""What the pages of one's own account need."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000028"
VERSION = "1.38.0"
DESCRIPTION = "own account"

STATEMENTS = ["0028_own_account"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
