"""Taking back an import that was the wrong file, as long as nobody has begun to work with what it brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.actor import Actor
from portal.audit import Happened
from portal.errors import Refused
from portal.imports.queries import Batch, batch_of

AT_ONCE = 500
"""Children who go in one statement."""
SHOWN = 10

ONLY_MANAGERS = "Only managers can undo an import. Ask one of them."
NOT_NOW = "This import cannot be undone any more. Look at where it stands now."

_HARMLESS = (
    "^(access:|post:|staff:child:(opened|assigned)$|staff:invitation:(cancelled|came_back)$|staff:[a-z_]+:exported$)"
)
"""What may have happened since: looking, giving a case to a colleague, cancelling what the import invited, emails
that came back.
"""

_IN_USE = """
SELECT c.public_id, c.forename || ' ' || c.surname AS name FROM child c
WHERE c.import_batch = {} AND EXISTS (
    SELECT FROM audit_entry e WHERE e.child = c.id AND e.at > {} AND e.event !~ {}
)
UNION
SELECT c.public_id, c.forename || ' ' || c.surname FROM invitation i JOIN child c ON c.id = i.child
WHERE i.import_batch = {} AND (i.state NOT IN ('kept', 'code_sent', 'withdrawn') OR EXISTS (
    SELECT FROM audit_entry e WHERE e.child = i.child AND e.subject = i.public_id AND e.at > {} AND e.event !~ {}
))
ORDER BY name LIMIT {}
"""
"""Children with whom somebody has done something since. A code that was typed wrongly counts: somebody has phoned."""

_COUNTS = """
SELECT (SELECT count(*) FROM child WHERE import_batch = {}) AS children,
    (SELECT count(*) FROM invitation i JOIN child c ON c.id = i.child
        WHERE i.import_batch = {} AND c.import_batch IS DISTINCT FROM i.import_batch) AS joined,
    (SELECT count(*) FROM invitation WHERE import_batch = {} AND code_version = 1 AND state <> 'kept') AS codes
"""

_UNDO = "UPDATE import_batch SET state = 'undone', undone_at = {} WHERE id = {} AND state = 'done' RETURNING id"

_HOLD = (
    "SELECT 1 FROM child WHERE import_batch = {} ORDER BY id FOR UPDATE",
    "SELECT 1 FROM ehc_case k JOIN child c ON c.id = k.child WHERE c.import_batch = {} FOR UPDATE OF k",
    "SELECT 1 FROM invitation WHERE import_batch = {} FOR UPDATE",
)
"""So that whoever is at one of them is waited for, and then found."""

_REMOVE_INVITATIONS = """
DELETE FROM invitation i USING child c WHERE c.id = i.child AND i.import_batch = {}
    AND c.import_batch IS DISTINCT FROM i.import_batch RETURNING i.child, i.public_id
"""
_REMOVE_CHILDREN = """
DELETE FROM child WHERE id IN (SELECT id FROM child WHERE import_batch = {} ORDER BY id LIMIT {})
RETURNING id, public_id, case_reference
"""


@dataclass(frozen=True)
class Undoing:
    """What would go: new `children` with all of theirs, and invitations that `joined` children who were here.

    `codes` are emails that went out, which nothing takes back. `in_use` are children (public id and name, at most
    ten) whom somebody has begun to work with: then nothing can be undone.
    """

    batch: Batch
    children: int
    joined: int
    codes: int
    in_use: tuple[tuple[str, str], ...]


async def undoing_of(actor: Actor, public_id: str) -> Undoing:
    """Whether an import can be undone, and what would go. Raises NotFound, or Refused when it is not taken in."""
    batch = await batch_of(actor, public_id)
    if not batch.may_be_undone:
        raise Refused(NOT_NOW)
    counts = await fetch_one(_COUNTS, batch.id, batch.id, batch.id)
    assert counts is not None, "it counts"
    return Undoing(batch, in_use=await _in_use(batch), **counts)


async def undo(actor: Actor, public_id: str, *, now: datetime) -> str:
    """Take back everything that the import brought, or nothing. Gives its public id.

    Codes that were emailed stop working; whoever has one is told so on the phone. The audit trail keeps what
    came and went. Raises NotFound, and Refused for whoever is no manager, or once somebody has worked with it.
    """
    if not actor.is_manager:
        raise Refused(ONLY_MANAGERS)
    async with DB.transaction():
        batch = await batch_of(actor, public_id)
        if await fetch_one(_UNDO, now, batch.id) is None:
            raise Refused(NOT_NOW)
        for hold in _HOLD:
            await fetch(hold, batch.id)
        if await _in_use(batch):
            raise Refused(NOT_NOW)
        await audit.record_many(await _remove(batch), now=now, actor=actor.account)
    return public_id


async def _in_use(batch: Batch) -> tuple[tuple[str, str], ...]:
    since: tuple[Any, ...] = (batch.id, batch.finished_at, _HARMLESS)
    rows = await fetch(_IN_USE, *since, *since, SHOWN)
    return tuple((row["public_id"], row["name"]) for row in rows)


async def _remove(batch: Batch) -> list[Happened]:
    """With a child go its case, its decisions, tasks and invitations."""
    about = {"import": batch.public_id}
    invitations = await fetch(_REMOVE_INVITATIONS, batch.id)
    happened = [Happened("staff:invitation:undone", one["child"], one["public_id"], about) for one in invitations]
    while children := await fetch(_REMOVE_CHILDREN, batch.id, AT_ONCE):
        happened += [
            Happened("staff:child:undone", one["id"], one["public_id"], {**about, "case": one["case_reference"]})
            for one in children
        ]
    detail = {"entries": len(happened)}
    return [*happened, Happened("staff:import:undone", subject=batch.public_id, detail=detail)]
