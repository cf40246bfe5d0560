"""What the daily desk looks for. The statements stand in `sql/0025_desk.sql`."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-25T00:00:00:000025"
VERSION = "1.38.0"
DESCRIPTION = "indexes of the daily desk"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        await run_script((Path(__file__).parent / "sql" / "0025_desk.sql").read_text())

    manager.add_raw(run)
    return manager
