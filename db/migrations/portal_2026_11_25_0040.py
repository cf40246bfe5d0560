"""The yearly review is due in the twelve months that start with the day of the plan, so a day earlier than was kept."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.scripts import migration

ID = "2026-11-25T00:00:00:000040"
VERSION = "1.38.0"
DESCRIPTION = "reviews a day earlier"

STATEMENTS = ["0040_reviews_a_day_earlier"]


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, STATEMENTS)
