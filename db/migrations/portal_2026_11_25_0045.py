"""Whoever joins under another name waits for a manager."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000045"
VERSION = "1.45.0"
DESCRIPTION = "members to confirm"

STATEMENTS = ["0045_members_to_confirm"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
