"""Indexes for finding who left an organisation."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000031"
VERSION = "1.38.0"
DESCRIPTION = "after work"

STATEMENTS = ["0031_after_work"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
