"""A colleague of the demo who is away, and who covers."""

from datetime import datetime, timedelta

from portal.actor import Actor
from portal.cover.commands import go_away
from portal.cover.queries import person_of
from portal.cover.rules import Days
from portal.dates import london_day
from portal.demo.people import HELEN, TOM

DAYS_AWAY = timedelta(days=9)


async def send_away(team: dict[str, Actor], *, now: datetime) -> None:
    """Tom is on leave from today, and Helen answers for his families."""
    tom, helen, today = team[TOM.email], team[HELEN.email], london_day(now)
    await go_away(tom, await person_of(tom, ""), Days(today, today + DAYS_AWAY), helen.public_id, now=now)
