"""Explanations of late dates that are no exceptions. The statements stand in `sql/`."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-25T00:00:00:000020"
VERSION = "1.38.0"
DESCRIPTION = "explanations of late dates"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await run_script((Path(__file__).parent / "sql" / "0020_explanations.sql").read_text())

    manager.add_raw(run)
    return manager
