"""Going away, and coming back early."""

from datetime import datetime

from db.engine import DB, fetch
from db.tables import Absence
from portal import audit
from portal.actor import Actor
from portal.cover import queries, rules
from portal.cover.queries import Person, covers_for, person_of
from portal.cover.rules import Days
from portal.errors import RuleBroken
from portal.ids import public_id


async def go_away(actor: Actor, person: Person, days: Days, cover: str, *, now: datetime) -> str:
    """Record that a person whom `person_of` gave is away, and who covers (a public id). Gives the absence's.

    Raises RuleBroken on `first`, `last` or `cover`.
    """
    today = rules.london_day(now)
    rules.may_be_away(days, today)
    if cover not in dict(await covers_for(person)):
        raise RuleBroken("cover", "Choose who covers")
    async with DB.transaction():
        # Both are held, so that two absences cannot be recorded past one another.
        people = await fetch(
            "SELECT id, public_id FROM account WHERE public_id = ANY({}) ORDER BY id FOR UPDATE",
            [person.public_id, cover],
        )
        covering = next(row["id"] for row in people if row["public_id"] == cover)
        await _check(person.id, covering, days, now)
        absence = Absence(
            public_id=public_id(),
            account=person.id,
            cover=covering,
            from_day=days.first,
            to_day=days.last,
            recorded_by=actor.account,
            recorded_at=now,
        )
        await absence.save()
        detail = {"person": person.id, "cover": covering, "first": days.first, "last": days.last}
        await audit.record("staff:absence:recorded", now=now, actor=actor, subject=absence.public_id, detail=detail)
    return str(absence.public_id)


async def end_early(actor: Actor, absence: str, *, now: datetime) -> str:
    """End an absence now; the children are no longer the cover's. Gives its public id. Raises NotFound."""
    found = await queries.absence(absence, rules.london_day(now))
    await person_of(actor, found.account)
    async with DB.transaction():
        await fetch("UPDATE absence SET ended_at = {} WHERE public_id = {} AND ended_at IS NULL", now, absence)
        await audit.record("staff:absence:ended", now=now, actor=actor, subject=absence)
    return absence


async def _check(person: int, cover: int, days: Days, now: datetime) -> None:
    today = rules.london_day(now)
    own = [one.days for one in await queries.absences_of(person, today)]
    of_cover = [one.days for one in await queries.absences_of(cover, today)]
    rules.fits(days, own, await queries.days_covering(person, today), of_cover)
