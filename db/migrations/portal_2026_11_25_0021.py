"""Requests with an address of their own, and exceptions that can be struck out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000021"
VERSION = "1.38.0"
DESCRIPTION = "letters"

STATEMENTS = ["0021_letters"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
