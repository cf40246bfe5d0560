"""Who opened a child's record, newest first; and noting that somebody did for their work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.opened import rules

PAGE = 25

_ENTRIES = """
SELECT e.id, e.at, e.event, a.id = {} AS is_you, a.forename || ' ' || a.surname AS name, a.role,
    coalesce(t.name, '') AS team, a.organisation
FROM audit_entry e JOIN account a ON a.id = e.actor LEFT JOIN team t ON t.id = a.team
WHERE e.child = {} AND e.event = ANY({}::text[]) AND ({} = 0 OR e.id < {})
    AND (a.role <> 'family' OR a.is_professional OR a.id = {})
ORDER BY e.id DESC LIMIT {}
"""

_UNNOTED = """
SELECT c.id FROM child c WHERE c.public_id = {} AND NOT EXISTS (
    SELECT FROM audit_entry e WHERE e.actor = {} AND e.child = c.id AND e.event = {} AND e.at > {}
)
"""


@dataclass(frozen=True)
class Opening:
    """One time that somebody opened or did something."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class OpenedPage:
    """One page of them. `older` is the `before` of the next page, 0 on the last."""

    child: str
    name: str
    reference: str
    openings: tuple[Opening, ...]
    older: int


async def openings(actor: Actor, child: ChildRecord, *, before: int = 0) -> OpenedPage:
    """A page of `PAGE`, for somebody of the family who reached the child through `child_of`. One query."""
    events = list(rules.WORDS)
    rows = await fetch(_ENTRIES, actor.account, child.id, events, before, before, actor.account, PAGE + 1)
    shown = tuple(_opening(row) for row in rows[:PAGE])
    older = rows[PAGE - 1]["id"] if len(rows) > PAGE else 0
    return OpenedPage(child.public_id, child.name, child.case_reference, shown, older)


def _opening(row: dict[str, Any]) -> Opening:
    who = {name: row[name] for name in ("is_you", "name", "role", "team", "organisation")}
    return Opening(row["at"], rules.who(**who), rules.WORDS[row["event"]])


async def note_opened(actor: Actor, child: str, *, now: datetime) -> None:
    """Write down that `actor`, of the SEND team or a professional, has a child's record open.

    `child` is its public id. Once in `rules.AGAIN` for the same person and child. The page was shown, so access
    has been checked.
    """
    event = rules.OPENED_BY_TEAM if actor.is_staff else rules.OPENED_AT_WORK
    row = await fetch_one(_UNNOTED, child, actor.account, event, now - rules.AGAIN)
    if row is not None:
        await audit.record(event, now=now, actor=actor, child=row["id"], subject=child)
