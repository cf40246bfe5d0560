"""Going away, and coming back early."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Absence
from portal import audit, notices
from portal.actor import Actor
from portal.cover import queries, rules
from portal.cover.queries import Person, covers_for, person_of
from portal.cover.rules import Days
from portal.dates import london_day
from portal.errors import RuleBroken
from portal.ids import public_id
from portal.notices import Recipient

_END = """
UPDATE absence x SET ended_at = {} FROM account v
WHERE x.public_id = {} AND x.ended_at IS NULL AND v.id = x.cover RETURNING x.account, x.cover, v.email
"""


async def go_away(actor: Actor, person: Person, days: Days, cover: str, *, now: datetime) -> str:
    """Record that a person whom `person_of` gave is away, and who covers (a public id), who is mailed.

    Gives the absence's public id.

    Raises RuleBroken on `first`, `last` or `cover`.
    """
    today = london_day(now)
    rules.may_be_away(days, today)
    if cover not in dict(await covers_for(person, today)):
        raise RuleBroken("cover", "Choose who covers")
    async with DB.transaction():
        # Both are held, so that two absences cannot be recorded past one another.
        people = await fetch(
            "SELECT id, public_id, email FROM account WHERE public_id = ANY({}) ORDER BY id FOR UPDATE",
            [person.public_id, cover],
        )
        to = next(Recipient(row["email"], row["id"]) for row in people if row["public_id"] == cover)
        assert to.account is not None, "it is an account"
        await _check(person.id, to.account, days, now)
        absence = Absence(
            public_id=public_id(),
            account=person.id,
            cover=to.account,
            from_day=days.first,
            to_day=days.last,
            recorded_by=actor.account,
            recorded_at=now,
        )
        await absence.save()
        detail = {"person": person.id, "cover": to.account, "first": days.first, "last": days.last}
        await audit.record("staff:absence:recorded", now=now, actor=actor, subject=absence.public_id, detail=detail)
        if to.account != actor.account:
            await notices.queue("cover_asked", to, {"absence": absence.public_id}, now=now)
    return str(absence.public_id)


async def end_early(actor: Actor, absence: str, *, now: datetime) -> str:
    """End an absence now; the children are no longer the cover's, who is mailed.

    Gives the absence's public id. Raises NotFound.
    """
    found = await queries.absence(absence, london_day(now))
    await person_of(actor, found.account)
    async with DB.transaction():
        row = await fetch_one(_END, now, absence)
        if row is None:
            return absence
        detail = {"person": row["account"], "cover": row["cover"]}
        await audit.record("staff:absence:ended", now=now, actor=actor, subject=absence, detail=detail)
        if row["cover"] != actor.account:
            await notices.queue("cover_ended", Recipient(row["email"], row["cover"]), {"absence": absence}, now=now)
    return absence


async def _check(person: int, cover: int, days: Days, now: datetime) -> None:
    today = london_day(now)
    own = [one.days for one in await queries.absences_of(person, today)]
    of_cover = [one.days for one in await queries.absences_of(cover, today)]
    covering = [one.days for one in await queries.covered_by(person, today)]
    rules.fits(days, own, covering, of_cover)
