"""Who has left an organisation, and which records they still see because they were given access by name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import fetch, fetch_one
from portal.access.rules import AT_WORK
from portal.errors import NotFound

LATELY = timedelta(days=90)
"""How long the organisation's page names who has left."""

_LEFT = """
SELECT public_id, name, ended_at, ended_by IS NOT DISTINCT FROM account AS by_themself FROM organisation_member m
WHERE organisation = {} AND state = 'ended' AND joined_at IS NOT NULL AND ended_at >= {} AND NOT EXISTS (
    SELECT FROM organisation_member n
    WHERE n.organisation = m.organisation AND n.account = m.account AND n.state = 'active')
ORDER BY ended_at DESC, id DESC LIMIT 100
"""

_MEMBER = """
SELECT m.account, coalesce(a.forename || ' ' || a.surname, m.name) AS name, coalesce(a.email, m.email) AS email
FROM organisation_member m LEFT JOIN account a ON a.id = m.account
WHERE m.public_id = {} AND m.organisation = {} AND m.state = 'ended'
"""

_STILL_SEES = """
SELECT c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference AS reference,
    r.public_id AS relationship, r.activated_at, coalesce(w.forename || ' ' || w.surname, '') AS caseworker,
    EXISTS (SELECT FROM organisation_child p
        WHERE p.organisation = {} AND p.child = c.id AND p.ended_at IS NULL) AS is_here
FROM relationship r JOIN child c ON c.id = r.child LEFT JOIN account w ON w.id = c.caseworker
WHERE r.account = {} AND r.state = 'active' AND r.organisation IS NULL AND r.basis = {}
ORDER BY is_here DESC, c.surname, c.forename, c.id LIMIT 200
"""

_WORKS_AT = """
SELECT o.name FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.account = {} AND m.state = 'active' ORDER BY o.name LIMIT 50
"""


@dataclass(frozen=True)
class Former:
    """Somebody who worked there. `by_themself`: they said so, and nobody of the team."""

    public_id: str
    name: str
    ended_at: datetime
    by_themself: bool


@dataclass(frozen=True)
class StillSeen:
    """A child whom somebody sees as a professional, by name. `is_here`: the organisation works with the child."""

    child: str
    child_name: str
    reference: str
    relationship: str
    activated_at: datetime
    caseworker: str
    is_here: bool


@dataclass(frozen=True)
class LeftBehind:
    """What somebody who left still sees, the organisation's own children first, and where else they work."""

    name: str
    email: str
    children: tuple[StillSeen, ...]
    works_at: tuple[str, ...]


async def left_lately(organisation: int, *, now: datetime) -> tuple[Former, ...]:
    """Who left the organisation with this id in the last `LATELY`, the last first."""
    return tuple(Former(**row) for row in await fetch(_LEFT, organisation, now - LATELY))


async def left_behind(organisation: int, member: str) -> LeftBehind:
    """What a former member still sees, of every team: for a manager. Raises NotFound for whoever works there."""
    row = await fetch_one(_MEMBER, member, organisation)
    if row is None:
        raise NotFound
    children = tuple(StillSeen(**one) for one in await fetch(_STILL_SEES, organisation, row["account"], AT_WORK))
    works_at = tuple(one["name"] for one in await fetch(_WORKS_AT, row["account"]))
    return LeftBehind(row["name"], row["email"], children, works_at)
