"""The days of a lawful reason why advice is late, and who decided it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000035"
VERSION = "1.38.0"
DESCRIPTION = "why advice is late"

STATEMENTS = ["0035_why_advice_is_late"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
