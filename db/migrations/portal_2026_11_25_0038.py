"""An explanation of a late date can be taken back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000038"
VERSION = "1.38.0"
DESCRIPTION = "explanations struck out"

STATEMENTS = ["0038_explanations_struck_out"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
