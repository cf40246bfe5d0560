"""The first tables. The statements stand in `sql/`, where a person can read them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-23T00:00:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "accounts, cases, messages, documents, audit"

STATEMENTS = ["0001_accounts", "0002_cases", "0003_messages", "0004_documents", "0005_audit", "0006_owners"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
