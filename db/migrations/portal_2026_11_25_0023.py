"""Which teams get children for whom an assessment is asked for."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-25T00:00:00:000023"
VERSION = "1.38.0"
DESCRIPTION = "new requests"

STATEMENTS = ["0023_new_requests"]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        for name in STATEMENTS:
            await run_script((Path(__file__).parent / "sql" / f"{name}.sql").read_text())

    manager.add_raw(run)
    return manager
