"""The first tables. The statements stand in `sql/`, where a person can read them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.engine import run_script

ID = "2026-11-23T00:00:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "accounts, cases, messages, documents, audit"

STATEMENTS = ["0001_accounts", "0002_cases", "0003_messages", "0004_documents", "0005_audit", "0006_owners"]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def run() -> None:
        for name in STATEMENTS:
            await run_script((Path(__file__).parent / "sql" / f"{name}.sql").read_text())

    manager.add_raw(run)
    return manager
