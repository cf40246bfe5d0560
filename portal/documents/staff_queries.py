"""Documents as the SEND team looks at them, with the evidence for each recipient."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.errors import NotFound

EMAILS = {"": "on its way", "sent": "sent", "bounced": "came back", "given_up": "could not be sent"}


@dataclass(frozen=True)
class RecipientLine:
    """The evidence for one recipient. `email` is what became of the email; empty when none was due yet."""

    name: str
    served_at: datetime
    email: str
    first_opened_at: datetime | None


@dataclass(frozen=True)
class StaffDocument:
    """A document with everything the team needs to know about it."""

    public_id: str
    description: str
    document_date: date
    name: str
    size: int
    scan_state: str
    uploaded_at: datetime
    uploaded_by: str
    published_at: datetime | None
    recalled_at: datetime | None
    recall_reason: str
    recipients: tuple[RecipientLine, ...]

    def state(self, now: datetime) -> str:
        """`prepared`, `planned`, `published` or `recalled`."""
        if self.recalled_at:
            return "recalled"
        if self.published_at is None:
            return "prepared"
        return "planned" if self.published_at > now else "published"


@dataclass(frozen=True)
class DocumentsOfChild:
    """Every document of one child, newest first; `now` decides what is planned."""

    child: ChildRecord
    documents: tuple[StaffDocument, ...]
    now: datetime


_DOCUMENTS = """
SELECT d.public_id, d.description, d.document_date, f.name, f.size, f.scan_state, d.uploaded_at,
    u.forename || ' ' || u.surname AS uploaded_by, d.published_at, d.recalled_at, d.recall_reason,
    coalesce((SELECT json_agg(json_build_object('name', a.forename || ' ' || a.surname, 'served_at', r.served_at,
        'email', n.result, 'mailed', n.id IS NOT NULL, 'first_opened_at', r.first_opened_at) ORDER BY a.surname, a.id)
      FROM document_recipient r JOIN account a ON a.id = r.account LEFT JOIN notice n ON n.id = r.notice
      WHERE r.document = d.id), '[]') AS recipients
FROM document d JOIN stored_file f ON f.id = d.file JOIN account u ON u.id = d.uploaded_by
WHERE d.child = {}
"""


async def documents_of(child: ChildRecord, *, now: datetime) -> DocumentsOfChild:
    """The newest 200 documents of a child whom the actor may see."""
    rows = await fetch(f"{_DOCUMENTS} ORDER BY d.uploaded_at DESC, d.id DESC LIMIT 200", child.id)
    return DocumentsOfChild(child, tuple(_document(row) for row in rows), now)


async def document_of(child: ChildRecord, public_id: str) -> StaffDocument:
    """One document of a child. Raises NotFound."""
    rows = await fetch(f"{_DOCUMENTS} AND d.public_id = {{}}", child.id, public_id)
    if not rows:
        raise NotFound
    return _document(rows[0])


def _document(row: dict[str, Any]) -> StaffDocument:
    recipients = tuple(_recipient(one) for one in json.loads(row["recipients"]))
    return StaffDocument(**{**row, "recipients": recipients})


def _recipient(raw: dict[str, Any]) -> RecipientLine:
    opened = raw["first_opened_at"]
    return RecipientLine(
        raw["name"],
        datetime.fromisoformat(raw["served_at"]),
        EMAILS.get(raw["email"], raw["email"]) if raw["mailed"] else "",
        datetime.fromisoformat(opened) if opened else None,
    )
