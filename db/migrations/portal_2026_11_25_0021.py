"""Requests with an address of their own, and exceptions that can be struck out."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-25T00:00:00:000021"
VERSION = "1.38.0"
DESCRIPTION = "letters"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await run_script((Path(__file__).parent / "sql" / "0021_letters.sql").read_text())

    manager.add_raw(run)
    return manager
