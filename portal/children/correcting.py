"""The SEND team corrects the names and the date of birth of a child."""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.children.rules import corrected
from portal.errors import Refused

CHANGED_ALREADY = "Somebody has changed these details since you opened the page. Look at the child’s record."

_CORRECT = """
UPDATE child SET forename = {}, surname = {}, date_of_birth = {}
WHERE id = {} AND (forename, surname, date_of_birth) = ({}, {}, {}) RETURNING id
"""


@dataclass(frozen=True)
class Details:
    """Who a child is."""

    forename: str
    surname: str
    date_of_birth: date


async def correct(actor: Actor, child: ChildRecord, to: Details, reason: str, *, now: datetime) -> str:
    """Put the details right. Gives the child's public id.

    Dates that follow from the day of birth are computed when they are shown, and tasks open and close by themselves.
    What was there before and the reason stay in the audit trail. The family is told that something was corrected.
    Raises RuleBroken on `forename` when nothing is new, Refused when somebody else was quicker.
    """
    was = Details(child.forename, child.surname, child.date_of_birth)
    detail = {**corrected(vars(was), vars(to)), "reason": reason}
    async with DB.transaction():
        if await fetch_one(_CORRECT, *vars(to).values(), child.id, *vars(was).values()) is None:
            raise Refused(CHANGED_ALREADY)
        await audit.record(
            "staff:child:corrected", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail
        )
        await tell_family("record_corrected", child, now=now)
    return child.public_id
