"""The SEND team's console and the case in depth. The statements stand in `sql/`, one file a feature."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-24T00:00:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "account, advice, draft plans, tasks, imports, inbox, managing, reports, organisations, caseload"

STATEMENTS = [
    "0007_account",
    "0008_advice",
    "0009_draft_plan",
    "0010_tasks",
    "0011_imports",
    "0012_inbox",
    "0013_managing",
    "0014_reports",
    "0015_organisations",
    "0016_caseload",
    "0017_decisions",
    "0018_cover",
]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
