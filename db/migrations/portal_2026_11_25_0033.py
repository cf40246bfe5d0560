"""Closed accounts are found by the address that they had."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000033"
VERSION = "1.38.0"
DESCRIPTION = "closed addresses"

STATEMENTS = ["0033_closed_addresses"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
