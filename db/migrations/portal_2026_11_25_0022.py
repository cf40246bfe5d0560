"""How a draft plan was served on each adult, and a service that was recorded by mistake."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000022"
VERSION = "1.38.0"
DESCRIPTION = "how a draft was served, its email, and what was struck out"

STATEMENTS = ["0022_draft_services"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
