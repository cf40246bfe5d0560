"""What a closed account saw until then is found by the account."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000034"
VERSION = "1.38.0"
DESCRIPTION = "ended access"

STATEMENTS = ["0034_ended_access"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
