"""Notes that only the SEND team sees. None is deleted; a wrong one is struck out, with a reason.

A family may ask for a copy of everything that is held about them, notes included (UK GDPR article 15).
"""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import NotFound
from portal.ids import public_id

PAGE = 25
MAX_BODY = 10_000

_NOTES = """
SELECT n.public_id, a.forename || ' ' || a.surname AS author, n.body, n.written_at, n.struck_at, n.strike_reason,
    coalesce(s.forename || ' ' || s.surname, '') AS struck_by
FROM case_note n JOIN account a ON a.id = n.author LEFT JOIN account s ON s.id = n.struck_by
WHERE n.child = {} AND ({} = '' OR (n.written_at, n.id) < (
    SELECT written_at, id FROM case_note WHERE public_id = {}))
ORDER BY n.written_at DESC, n.id DESC LIMIT {}
"""


@dataclass(frozen=True)
class Note:
    """One note. `struck_at` says when it was struck out, by whom and why stand beside it."""

    public_id: str
    author: str
    body: str
    written_at: datetime
    struck_at: datetime | None
    strike_reason: str
    struck_by: str


@dataclass(frozen=True)
class Notes:
    """One page of the notes about a child, newest first. `older` is the key of the next page, empty on the last."""

    child: ChildRecord
    notes: tuple[Note, ...]
    older: str
    may_strike: bool


async def notes_of(actor: Actor, child: ChildRecord, *, before: str = "", limit: int = PAGE) -> Notes:
    """The notes about a child whom the actor, of the SEND team, reached through `child_of`; `limit` a page."""
    assert actor.is_staff, "the route lets nobody else in"
    rows = await fetch(_NOTES, child.id, before, before, limit + 1)
    notes = tuple(Note(**row) for row in rows[:limit])
    return Notes(child, notes, notes[-1].public_id if len(rows) > limit else "", actor.is_manager)


async def write(actor: Actor, child: ChildRecord, body: str, *, now: datetime) -> str:
    """Add a note of at most `MAX_BODY` characters. Gives its public id."""
    async with DB.transaction():
        note = public_id()
        await fetch(
            "INSERT INTO case_note (public_id, child, author, body, written_at, strike_reason)"
            " VALUES ({}, {}, {}, {}, {}, '')",
            note,
            child.id,
            actor.account,
            body,
            now,
        )
        await audit.record("staff:note:written", now=now, actor=actor, child=child.id, subject=note)
    return note


async def strike(actor: Actor, child: ChildRecord, note: str, reason: str, *, now: datetime) -> str:
    """Strike a note out; it stays to be read. Managers only. Gives its public id. Raises NotFound."""
    async with DB.transaction():
        struck = actor.is_manager and await fetch_one(
            "UPDATE case_note SET struck_at = {}, struck_by = {}, strike_reason = {}"
            " WHERE public_id = {} AND child = {} AND struck_at IS NULL RETURNING id",
            now,
            actor.account,
            reason,
            note,
            child.id,
        )
        if not struck:
            raise NotFound
        await audit.record("staff:note:struck_out", now=now, actor=actor, child=child.id, subject=note)
    return note
