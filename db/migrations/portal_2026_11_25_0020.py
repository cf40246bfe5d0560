"""Explanations of late dates that are no exceptions. The statements stand in `sql/`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000020"
VERSION = "1.38.0"
DESCRIPTION = "explanations of late dates"

STATEMENTS = ["0020_explanations"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
