"""Adults who wait for access, invited or having asked for an assessment: what `/staff/access` lists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.own import OWN, own
from portal.access.queries import child_of
from portal.access.rules import BASES_IN_SHORT, Says, to_check, why_not
from portal.actor import Actor
from portal.dates import days, london_day
from portal.errors import NotFound
from portal.personal.rules import names_differ

PAGE = 25
NOT_AT_THIS_AGE = "Access cannot be given on this ground at the child’s age."

_REQUEST = """
SELECT r.public_id, r.basis, r.accepted_at, c.id AS child_id, c.public_id AS child, c.case_reference,
    c.forename || ' ' || c.surname AS child_name, c.date_of_birth AS child_born, a.date_of_birth AS says_born,
    a.forename || ' ' || a.surname AS registered_name, a.email,
    a.is_professional, a.organisation, a.job_title, coalesce(i.adult_name, '') AS invited_name,
    coalesce(t.public_id, '') AS through, coalesce(t.name, '') AS through_name,
    coalesce(w.name, '') AS worked_at, i.answered_at AS said_yes_at,
    EXISTS (SELECT FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case
        WHERE k.child = c.id AND q.account = r.account) AS asked_here,
    EXISTS (SELECT FROM child o WHERE o.date_of_birth = c.date_of_birth AND lower(o.surname) = lower(c.surname)
        AND lower(o.forename) = lower(c.forename) AND o.id <> c.id) AS has_namesake
FROM relationship r JOIN child c ON c.id = r.child JOIN account a ON a.id = r.account
LEFT JOIN LATERAL (
    SELECT adult_name, answered_at FROM invitation
    WHERE child = r.child AND answered_by = r.account AND state = 'accepted' ORDER BY answered_at DESC LIMIT 1
) i ON true
LEFT JOIN LATERAL (
    SELECT o.name FROM relationship e JOIN organisation o ON o.id = e.organisation
    WHERE e.account = r.account AND e.child = r.child AND e.ended_at = r.accepted_at LIMIT 1
) w ON true
LEFT JOIN LATERAL (
    SELECT o.public_id, o.name FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case
    JOIN organisation o ON o.id = q.organisation
    JOIN organisation_member m ON m.organisation = o.id AND m.account = q.account AND m.state = 'active'
    WHERE q.account = r.account AND k.child = r.child ORDER BY q.sent_at DESC LIMIT 1
) t ON true
"""
"""`w` is the work with which access ended at the very moment from which this waits (`access.after_work`)."""

_WAITING = f"""{_REQUEST}
WHERE r.state = 'waiting' AND ({{}} OR c.team = {{}} OR c.caseworker = {OWN})
    AND ({{}} = '' OR (r.accepted_at, r.id) > (SELECT accepted_at, id FROM relationship WHERE public_id = {{}}))
ORDER BY r.accepted_at, r.id LIMIT {{}}
"""


@dataclass(frozen=True)
class AccessRequest:
    """An adult who waits for access. `invited_name` is empty when there was no invitation.

    `asked_here`: they asked for an assessment of this child through the portal. `has_namesake`: the
    council has another child with this name and day of birth. `says_born` is the account's date of birth, if it has
    one. `not_now`: why access may not be given on this ground, empty when it may. `worked_at` is the organisation
    whose access has ended, when they said yes (`said_yes_at`) while they worked there; empty for the others. They
    asked for the assessment `through` an organisation where they work now: its public id and name, or empty.
    """

    public_id: str
    child: str
    child_id: int
    child_name: str
    child_born: date
    says_born: date | None
    case_reference: str
    registered_name: str
    invited_name: str
    email: str
    basis: str
    is_professional: bool
    organisation: str
    job_title: str
    accepted_at: datetime
    through: str
    through_name: str
    worked_at: str
    said_yes_at: datetime | None
    asked_here: bool
    has_namesake: bool
    waiting_days: int
    not_now: str

    @property
    def basis_in_words(self) -> str:
        return BASES_IN_SHORT[self.basis]

    @property
    def waiting_in_words(self) -> str:
        if not self.waiting_days:
            return "since today"
        return f"for {days(self.waiting_days)}"

    @property
    def names_differ(self) -> bool:
        """Whether the account's name is not the one that the team invited, whatever the case of its letters."""
        return bool(self.invited_name) and names_differ(self.invited_name, self.registered_name)

    @property
    def to_check(self) -> tuple[str, ...]:
        """What does not fit between the legal ground and the account, or the age of the child."""
        found = to_check(self.basis, Says(self.is_professional, self.says_born), self.child_born)
        return (NOT_AT_THIS_AGE, *found) if self.not_now else found


@dataclass(frozen=True)
class AccessRequests:
    """One page of them, oldest first. `next` is the key of the page after, empty on the last."""

    requests: tuple[AccessRequest, ...]
    next: str


async def waiting_access(actor: Actor, *, after: str = "", now: datetime, limit: int = PAGE) -> AccessRequests:
    """Who waits for access to children of the actor's team or whom they cover; of any team for a manager.

    `after` is the public id of the last one of the page before; a page has `limit` of them.
    """
    mine = own(actor, london_day(now))
    rows = await fetch(_WAITING, actor.is_manager, actor.team, *mine, after, after, limit + 1)
    requests = tuple(_request(row, now) for row in rows[:limit])
    return AccessRequests(requests, requests[-1].public_id if len(rows) > limit else "")


async def access_request(actor: Actor, relationship: str, *, now: datetime) -> AccessRequest:
    """One of them, waiting or not. Raises NotFound when the actor may not see the child; that is audited."""
    row = await fetch_one(_REQUEST + "WHERE r.public_id = {}", relationship)
    if row is None:
        raise NotFound
    await child_of(actor, row["child"], now=now)
    return _request(row, now)


def _request(row: dict[str, Any], now: datetime) -> AccessRequest:
    not_now = why_not(row["basis"], row["child_born"], london_day(now))
    return AccessRequest(**row, waiting_days=(now - row["accepted_at"]).days, not_now=not_now)
