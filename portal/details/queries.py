"""The details of a child or an adult as they stand, and who changed them last."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch_one
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.details.rules import Details
from portal.errors import ChangedSince, NotFound

_OF_CHILD = "SELECT forename, surname, date_of_birth FROM child WHERE id = {}"

_OF_ADULT = """
SELECT a.forename, a.surname, a.date_of_birth, a.is_young_person FROM account a
JOIN relationship r ON r.account = a.id AND r.child = {} AND r.state = 'active'
WHERE a.id = {} AND a.role = 'family' AND a.disabled_at IS NULL
"""

_CHANGED = """
SELECT a.forename || ' ' || a.surname AS name, e.at FROM audit_entry e JOIN account a ON a.id = e.actor
LEFT JOIN audit_detail d ON d.entry = e.id WHERE %s ORDER BY e.id DESC LIMIT 1
"""

_CHILD_CHANGED = _CHANGED % "e.subject = {} AND e.event = 'staff:child:corrected'"

_ADULT_CHANGED = (
    _CHANGED
    % """(e.event = 'staff:access:corrected' AND e.subject IN (SELECT public_id FROM relationship WHERE account = {}))
    OR (e.event = 'accounts:details:changed' AND e.actor = {} AND d.detail->'fields' ?| ARRAY['forename', 'surname'])"""
)
"""Whoever has an account changes their own name, too; another team may have corrected it in another child's record."""


@dataclass(frozen=True)
class AdultsDetails:
    """An adult's details as their account has them, and whether it says that they are the young person."""

    details: Details
    is_young_person: bool


async def details_of_child(child: ChildRecord) -> Details:
    """The child's details as they stand at this moment."""
    row = await fetch_one(_OF_CHILD, child.id)
    assert row is not None, "the actor has reached the child"
    return Details(**row)


async def details_of_adult(child: ChildRecord, adult: AdultWithAccess) -> AdultsDetails:
    """The adult's details as they stand at this moment. Raises NotFound when they have no access any more."""
    row = await fetch_one(_OF_ADULT, child.id, adult.account)
    if row is None:
        raise NotFound
    is_young_person = bool(row.pop("is_young_person"))
    return AdultsDetails(Details(**row), is_young_person)


async def child_changed(child: ChildRecord) -> ChangedSince:
    """What to raise when the child's details are not those that were seen: it says who changed them last."""
    return _changed(await fetch_one(_CHILD_CHANGED, child.public_id))


async def adult_changed(adult: AdultWithAccess) -> ChangedSince:
    """The same for an adult's details."""
    return _changed(await fetch_one(_ADULT_CHANGED, adult.account, adult.account))


def _changed(row: dict[str, object] | None) -> ChangedSince:
    name, at = (row["name"], row["at"]) if row else ("", None)
    return ChangedSince(str(name), at if isinstance(at, datetime) else None)
