"""Opening the record of a child: the record itself, the case and the first invitation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch_one
from portal import audit, ids
from portal.access.queries import child_of
from portal.actor import Actor
from portal.cases.commands import open_case
from portal.children.queries import same_children
from portal.errors import Busy, Refused, RuleBroken
from portal.invitations.commands import Invitee, invite

_INSERT = """
INSERT INTO child
    (public_id, case_reference, forename, surname, date_of_birth, team, caseworker, created_at, created_by)
VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (case_reference) DO NOTHING RETURNING id, public_id
"""
_REFERENCES_TRIED = 20

NO_TEAM = "Your account belongs to no team, so it cannot add a child. Ask a manager to put it into one."
SAME_CHILD = (
    "Your team has a child with this name and date of birth. Open that record, or tick that this is another child"
)


@dataclass(frozen=True)
class NewChild:
    """What is known of a child when the request comes in. `received_on` is day 0 of the clock."""

    forename: str
    surname: str
    date_of_birth: date
    received_on: date
    source: str


async def add_child(actor: Actor, child: NewChild, invitee: Invitee, *, is_another_child: bool, now: datetime) -> str:
    """Open a record in the actor's team with its case, and send "Your unique code" to `invitee`.

    The actor becomes the caseworker. Gives the child's public id. Raises RuleBroken on `is_another_child`
    when the team has a child of this name and birthday and the actor did not say that this is another
    one, and Refused for somebody without a team.
    """
    if actor.team is None:
        raise Refused(NO_TEAM)
    if not is_another_child and await same_children(actor, child.forename, child.surname, child.date_of_birth):
        raise RuleBroken("is_another_child", SAME_CHILD)
    async with DB.transaction():
        made = await open_record(child, team=actor.team, caseworker=actor.account, by=actor, now=now)
        await invite(actor, await child_of(actor, made, now=now), invitee, now=now)
    return made


async def open_record(child: NewChild, *, team: int, caseworker: int | None, by: Actor, now: datetime) -> str:
    """The record and its case alone, in the team with the id `team`. Gives the child's public id."""
    async with DB.transaction():
        row = await _insert(child, team, caseworker, by, now)
        await open_case(row["id"], child.received_on, child.source, now=now)
        event = "staff:child:added" if by.is_staff else "family:child:added"
        await audit.record(event, now=now, actor=by, child=row["id"], subject=row["public_id"])
    return str(row["public_id"])


async def _insert(child: NewChild, team: int, caseworker: int | None, by: Actor, now: datetime) -> dict[str, Any]:
    """A case reference is short enough to say, so it may be taken: then another is drawn."""
    for _ in range(_REFERENCES_TRIED):
        row = await fetch_one(
            _INSERT,
            ids.public_id(),
            ids.case_reference(),
            child.forename,
            child.surname,
            child.date_of_birth,
            team,
            caseworker,
            now,
            by.account,
        )
        if row:
            return row
    raise Busy
