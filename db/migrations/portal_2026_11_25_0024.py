"""Evidence for each recipient. The statements stand in `sql/`, one file a feature."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000024"
VERSION = "1.38.0"
DESCRIPTION = "evidence for each recipient of a document or letter"

STATEMENTS = ["0024_evidence"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
