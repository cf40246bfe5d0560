"""How a draft plan was served on each adult, and a service that was recorded by mistake."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-25T00:00:00:000022"
VERSION = "1.38.0"
DESCRIPTION = "how a draft was served, its email, and what was struck out"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await run_script((Path(__file__).parent / "sql" / "0022_draft_services.sql").read_text())

    manager.add_raw(run)
    return manager
