"""Who opened a child's record, newest first; and noting that somebody did for their work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.access.rules import AT_WORK
from portal.actor import Actor
from portal.opened import rules

PAGE = 25

_ENTRIES = """
WITH reader AS (SELECT {}::bigint AS id)
SELECT e.id, e.at, e.event, a.id = reader.id AS is_you, a.forename || ' ' || a.surname AS name, a.role,
    coalesce(t.name, '') AS team, coalesce(w.organisation, '') AS workplace, a.organisation AS says,
    EXISTS (SELECT FROM relationship g
        WHERE g.child = e.child AND g.whereabouts_secret AND g.account <> reader.id) AS is_guarded
FROM reader, audit_entry e JOIN account a ON a.id = e.actor LEFT JOIN team t ON t.id = a.team
LEFT JOIN LATERAL (
    SELECT r.basis, o.name AS organisation FROM relationship r LEFT JOIN organisation o ON o.id = r.organisation
    WHERE a.role = 'family' AND r.account = a.id AND r.child = e.child AND r.activated_at <= e.at
        AND (r.ended_at IS NULL OR r.ended_at >= e.at) ORDER BY r.id DESC LIMIT 1
) w ON true
WHERE e.child = {} AND e.event = ANY({}::text[]) AND ({} = 0 OR e.id < {})
    AND (a.id = reader.id OR a.role <> 'family' OR w.basis = {})
    AND (a.id = reader.id OR e.event <> ALL({}::text[])
        OR EXISTS (SELECT FROM message m JOIN conversation v ON v.id = m.conversation
            WHERE m.public_id = e.subject AND v.account = reader.id)
        OR EXISTS (SELECT FROM action x WHERE x.public_id = e.subject AND x.account = reader.id)
        OR EXISTS (SELECT FROM document d JOIN document_recipient n ON n.document = d.id
            WHERE d.public_id = e.subject AND n.account = reader.id)
        OR EXISTS (SELECT FROM relationship r WHERE r.public_id = e.subject AND r.account = reader.id)
        OR EXISTS (SELECT FROM stored_file f JOIN attachment x ON x.file = f.id JOIN message m ON m.id = x.message
            JOIN conversation v ON v.id = m.conversation WHERE f.public_id = e.subject AND v.account = reader.id)
        OR EXISTS (SELECT FROM stored_file f JOIN action_file y ON y.file = f.id JOIN action x ON x.id = y.action
            WHERE f.public_id = e.subject AND x.account = reader.id))
    AND NOT EXISTS (SELECT FROM audit_detail d WHERE d.entry = e.id AND d.detail->>'kind' = ANY({}::text[]))
ORDER BY e.id DESC LIMIT {}
"""
"""Who is a professional, and where, is read from the access that they had at that moment."""

_UNNOTED = """
SELECT c.id FROM child c WHERE c.public_id = {} AND ({} OR EXISTS (
    SELECT FROM relationship r WHERE r.child = c.id AND r.account = {} AND r.state = 'active' AND r.basis = {}
)) AND NOT EXISTS (
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
    """A page of `PAGE`, for somebody of the family who reached the child through `child_of`. One query.

    What the team did about one adult alone is shown to that adult only.
    """
    events = list(rules.WORDS)
    hidden = (AT_WORK, list(rules.ABOUT_ONE), list(rules.OF_ONE_ADULT))
    rows = await fetch(_ENTRIES, actor.account, child.id, events, before, before, *hidden, PAGE + 1)
    shown = tuple(_opening(row) for row in rows[:PAGE])
    older = rows[PAGE - 1]["id"] if len(rows) > PAGE else 0
    return OpenedPage(child.public_id, child.name, child.case_reference, shown, older)


def _opening(row: dict[str, Any]) -> Opening:
    who = {name: row[name] for name in ("is_you", "name", "role", "team", "workplace", "says", "is_guarded")}
    return Opening(row["at"], rules.who(**who), rules.WORDS[row["event"]])


async def note_opened(actor: Actor, child: str, *, now: datetime) -> None:
    """Write down that `actor` has a child's record open, if they are of the SEND team or see it for their work.

    `child` is its public id. Once in `rules.AGAIN` for the same person and child. The page was shown, so access
    has been checked.
    """
    event = rules.OPENED_BY_TEAM if actor.is_staff else rules.OPENED_AT_WORK
    for_work = (actor.is_staff, actor.account, AT_WORK)
    row = await fetch_one(_UNNOTED, child, *for_work, actor.account, event, now - rules.AGAIN)
    if row is not None:
        await audit.record(event, now=now, actor=actor, child=row["id"], subject=child)
