"""What becomes of cover when whoever covers, or whoever is away, leaves or moves to another team."""

from datetime import date, datetime

from db.engine import DB, fetch
from portal import audit, notices
from portal.actor import Actor
from portal.cover.queries import covered_by
from portal.dates import day_of_the_year, london_day
from portal.errors import RuleBroken
from portal.notices import Recipient

_END = """
UPDATE absence x SET ended_at = {} FROM account p, account v
WHERE (x.account = {} OR x.cover = {}) AND x.ended_at IS NULL AND x.to_day >= {} AND p.id = x.account AND v.id = x.cover
RETURNING x.public_id, p.id AS away, p.email AS away_email, v.id AS cover, v.email AS cover_email
"""


async def refuse_while_covering(person: int, *, today: date) -> None:
    """Raise RuleBroken on `team` while the account with this id covers for colleagues of the team that it leaves."""
    covered = await covered_by(person, today)
    if covered:
        named = ", ".join(f"{one.person} until {day_of_the_year(one.last)}" for one in covered)
        raise RuleBroken("team", f"They cover for {named}. Find another cover first, under Being away")


async def leave(actor: Actor, person: int, *, now: datetime) -> None:
    """End every absence of the account with this id, and each for which it covers.

    Whoever is left without cover, or need not cover any more, is told. Part of the caller's transaction.
    """
    async with DB.transaction():
        for row in await fetch(_END, now, person, person, london_day(now)):
            await audit.record("staff:absence:ended", now=now, actor=actor, subject=row["public_id"],
                               detail={"person": row["away"], "cover": row["cover"]})  # fmt: skip
            other = "away" if row["cover"] == person else "cover"
            to = Recipient(row[f"{other}_email"], row[other])
            await notices.queue("cover_ended", to, {"absence": row["public_id"]}, now=now)
