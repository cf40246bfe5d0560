"""Who may open which file."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import NotFound, Refused
from portal.files.scanning import OPENABLE

CLOSED = {
    "pending": "This file is still being checked for viruses. Try again in a few minutes.",
    "infected": "We found a virus in this file, so nobody can open it.",
    "failed": "We could not check this file for viruses, so nobody can open it. Please send it again.",
}

_SENT = """
SELECT f.id, f.public_id, f.name, f.media_type, f.size, f.stored_as, f.scan_state FROM stored_file f
WHERE f.public_id = {} AND f.child = {} AND (
    EXISTS (SELECT FROM attachment x JOIN message m ON m.id = x.message JOIN conversation v ON v.id = m.conversation
        WHERE x.file = f.id AND ({} OR v.account = {}))
    OR EXISTS (SELECT FROM action_file x JOIN action a ON a.id = x.action
        WHERE x.file = f.id AND (({} AND a.state = 'submitted') OR a.account = {})))
"""


@dataclass(frozen=True)
class FileRecord:
    """A file that the actor may open."""

    id: int
    public_id: str
    name: str
    media_type: str
    size: int
    stored_as: str
    scan_state: str


@dataclass(frozen=True)
class FileLine:
    """A file as it is listed: on a message, on a draft, in a form."""

    public_id: str
    name: str
    size: int
    scan_state: str

    @property
    def may_be_opened(self) -> bool:
        return self.scan_state in OPENABLE


async def sent_file(actor: Actor, child: ChildRecord, public_id: str, *, now: datetime) -> FileRecord:
    """A file on a message or form of the actor's own; staff see those that the child's families sent.

    Raises NotFound, or Refused with the reason while it may not be opened. Opening and NotFound are audited.
    """
    row = await fetch_one(_SENT, public_id, child.id, *(actor.is_staff, actor.account) * 2)
    if row is None:
        await audit.record("access:file:refused", now=now, actor=actor, child=child.id, subject=public_id[:40])
        raise NotFound
    file = FileRecord(**row)
    refuse_closed(file.scan_state)
    await audit.record("files:file:opened", now=now, actor=actor, child=child.id, subject=public_id)
    return file


def refuse_closed(scan_state: str) -> None:
    """Raise Refused with what the person can do, unless a file in this state may be opened."""
    if scan_state not in OPENABLE:
        raise Refused(CLOSED.get(scan_state, CLOSED["failed"]))
