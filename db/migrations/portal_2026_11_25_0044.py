"""An account works at an organisation once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000044"
VERSION = "1.44.0"
DESCRIPTION = "one membership"

STATEMENTS = ["0044_one_membership"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
