"""Several requests for one case, and the organisation through which one was made."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000037"
VERSION = "1.38.0"
DESCRIPTION = "asking again"

STATEMENTS = ["0037_asking_again"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
