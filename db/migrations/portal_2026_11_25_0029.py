"""Where a case came in, adults who are kept unsent, and which import brought what."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000029"
VERSION = "1.38.0"
DESCRIPTION = "after an import"

STATEMENTS = ["0029_after_an_import"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
