"""The SEND team corrects the name or date of birth of an adult or young person who has access to a child's record."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.accounts.rules import check_date_of_birth
from portal.actor import Actor
from portal.children.rules import corrected
from portal.cover.rules import london_day
from portal.errors import NotFound, RuleBroken
from portal.notices import Recipient

NOT_PAST = "The date of birth must be in the past"
NOT_THEIRS = "Their account says that they are the young person. Enter a date of birth that makes them 16 to 25"

_WHO = """
SELECT a.forename, a.surname, a.date_of_birth, a.is_young_person FROM account a
JOIN relationship r ON r.account = a.id AND r.child = {} AND r.state = 'active'
WHERE a.id = {} AND a.role = 'family' AND a.disabled_at IS NULL
"""


@dataclass(frozen=True)
class Person:
    """Who somebody is. `date_of_birth` is None when they never said it."""

    forename: str
    surname: str
    date_of_birth: date | None


async def person_of(child: ChildRecord, adult: AdultWithAccess) -> Person:
    """The adult's details as their account has them. Raises NotFound when they have no access any more."""
    return (await _who(child, adult))[0]


async def correct(
    actor: Actor, child: ChildRecord, adult: AdultWithAccess, to: Person, reason: str, *, now: datetime
) -> str:
    """Put the details right, on every record that the account sees. Gives the public id of the relationship.

    The owner is told by email; what was there before and the reason stay in the audit trail. Raises RuleBroken on
    `forename` when nothing is new, on `date_of_birth` when it cannot be theirs (`accounts.rules`), or NotFound.
    """
    async with DB.transaction():
        await fetch_one("SELECT id FROM account WHERE id = {} FOR UPDATE", adult.account)
        was, is_young_person = await _who(child, adult)
        _check_birth(to.date_of_birth, is_young_person=is_young_person, today=london_day(now))
        detail = {"account": adult.account, **corrected(asdict(was), asdict(to)), "reason": reason}
        await fetch(
            "UPDATE account SET forename = {}, surname = {}, date_of_birth = {} WHERE id = {}",
            to.forename,
            to.surname,
            to.date_of_birth,
            adult.account,
        )
        await notices.queue("details_corrected", Recipient(adult.email, adult.account), {}, now=now)
        event, subject = "staff:access:corrected", adult.relationship
        await audit.record(event, now=now, actor=actor, child=child.id, subject=subject, detail=detail)
    return adult.relationship


async def _who(child: ChildRecord, adult: AdultWithAccess) -> tuple[Person, bool]:
    row = await fetch_one(_WHO, child.id, adult.account)
    if row is None:
        raise NotFound
    is_young_person = bool(row.pop("is_young_person"))
    return Person(**row), is_young_person


def _check_birth(born: date | None, *, is_young_person: bool, today: date) -> None:
    try:
        check_date_of_birth(born, is_young_person=is_young_person, today=today)
    except ValueError as error:
        raise RuleBroken("date_of_birth", NOT_THEIRS if is_young_person else NOT_PAST) from error
