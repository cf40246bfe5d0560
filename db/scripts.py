"""Migrations whose statements stand in `migrations/sql/`, where a person can read them."""

from collections.abc import Iterable
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

FOLDER = Path(__file__).parent / "migrations" / "sql"


def migration(migration_id: str, description: str, names: Iterable[str]) -> MigrationManager:
    """A migration that runs these scripts of `migrations/sql/`, named without their ending, in this order."""
    manager = MigrationManager(migration_id=migration_id, app_name="portal", description=description)

    async def run() -> None:
        for name in names:
            await run_script((FOLDER / f"{name}.sql").read_text())

    manager.add_raw(run)
    return manager
