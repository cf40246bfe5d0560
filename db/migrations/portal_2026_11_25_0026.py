"""Whose whereabouts must not be given away."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000026"
VERSION = "1.38.0"
DESCRIPTION = "whereabouts"

STATEMENTS = ["0026_whereabouts"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
