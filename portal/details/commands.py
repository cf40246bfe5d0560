"""The SEND team corrects the name or date of birth of a child, or of an adult with access to the child's record."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.dates import london_day
from portal.details.queries import adult_changed, child_changed, details_of_adult, details_of_child
from portal.details.rules import Correction, check_birth_of_adult, corrected
from portal.notices import Recipient

_CORRECT_CHILD = "UPDATE child SET forename = {}, surname = {}, date_of_birth = {} WHERE id = {}"
_CORRECT_ADULT = "UPDATE account SET forename = {}, surname = {}, date_of_birth = {} WHERE id = {}"


async def correct_child(actor: Actor, child: ChildRecord, correction: Correction, *, now: datetime) -> str:
    """Put the child's details right. Gives the child's public id.

    Dates that follow from the day of birth are computed when they are shown, and tasks open and close by themselves.
    What was there before and the reason stay in the audit trail. The family is told that something was corrected.
    Raises ChangedSince when the details are not those that were seen, RuleBroken on `forename` when nothing is new.
    """
    async with DB.transaction():
        await fetch_one("SELECT id FROM child WHERE id = {} FOR UPDATE", child.id)
        was = await details_of_child(child)
        if was.stamp != correction.seen:
            raise await child_changed(child)
        detail = {**corrected(was, correction.to), "reason": correction.reason}
        await fetch(_CORRECT_CHILD, *vars(correction.to).values(), child.id)
        await audit.record(
            "staff:child:corrected", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail
        )
        await tell_family("record_corrected", child, now=now)
    return child.public_id


async def correct_adult(
    actor: Actor, child: ChildRecord, adult: AdultWithAccess, correction: Correction, *, now: datetime
) -> str:
    """Put the adult's details right, on every record that the account sees. Gives the public id of the relationship.

    The owner is told by email; what was there before and the reason stay in the audit trail. Raises what
    `correct_child` raises, RuleBroken on `date_of_birth` when it cannot be theirs, or NotFound.
    """
    async with DB.transaction():
        await fetch_one("SELECT id FROM account WHERE id = {} FOR UPDATE", adult.account)
        was = await details_of_adult(child, adult)
        if was.details.stamp != correction.seen:
            raise await adult_changed(adult)
        check_birth_of_adult(correction.to.date_of_birth, is_young_person=was.is_young_person, today=london_day(now))
        detail = {"account": adult.account, **corrected(was.details, correction.to), "reason": correction.reason}
        await fetch(_CORRECT_ADULT, *vars(correction.to).values(), adult.account)
        await notices.queue("details_corrected", Recipient(adult.email, adult.account), {}, now=now)
        event, subject = "staff:access:corrected", adult.relationship
        await audit.record(event, now=now, actor=actor, child=child.id, subject=subject, detail=detail)
    return adult.relationship
