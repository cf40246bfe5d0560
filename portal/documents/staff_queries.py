"""Documents as the SEND team looks at them, with the evidence for each recipient."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.documents.rules import state_of
from portal.errors import NotFound

PAGE = 25
"""Documents on one page of the list."""


@dataclass(frozen=True)
class RecipientLine:
    """The evidence for one recipient.

    `email` is what became of the email: `none` while none was made, `queued`, `sent`, `bounced`,
    `given_up`, or `overtaken` when the document was recalled before it went out.
    """

    name: str
    served_at: datetime
    email: str
    emailed_at: datetime | None
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
        return state_of(self.published_at, self.recalled_at, now)


@dataclass(frozen=True)
class DocumentsOfChild:
    """One page of a child's documents, last added first. `older` is the key of the next one."""

    child: ChildRecord
    documents: tuple[StaffDocument, ...]
    now: datetime
    older: str
    is_first: bool


_DOCUMENTS = """
SELECT d.public_id, d.description, d.document_date, f.name, f.size, f.scan_state, d.uploaded_at,
    u.forename || ' ' || u.surname AS uploaded_by, d.published_at, d.recalled_at, d.recall_reason,
    coalesce((SELECT json_agg(json_build_object('name', a.forename || ' ' || a.surname, 'served_at', r.served_at,
        'email', CASE WHEN n.id IS NULL THEN 'none' WHEN n.result = '' THEN 'queued' ELSE n.result END,
        'emailed_at', n.sent_at, 'first_opened_at', r.first_opened_at) ORDER BY a.surname, a.forename, a.id)
      FROM document_recipient r JOIN account a ON a.id = r.account LEFT JOIN notice n ON n.id = r.notice
      WHERE r.document = d.id), '[]') AS recipients
FROM document d JOIN stored_file f ON f.id = d.file JOIN account u ON u.id = d.uploaded_by
WHERE d.child = {}
"""

_PAGE = f"""
{_DOCUMENTS}
AND coalesce((d.uploaded_at, d.id) < (SELECT uploaded_at, id FROM document WHERE public_id = {{}}), true)
ORDER BY d.uploaded_at DESC, d.id DESC LIMIT {{}}
"""


async def documents_of(child: ChildRecord, *, before: str = "", now: datetime, limit: int = PAGE) -> DocumentsOfChild:
    """One page of `limit` documents of a child whom the actor may see; `before` is its key."""
    rows = await fetch(_PAGE, child.id, before, limit + 1)
    documents = tuple(_document(row) for row in rows[:limit])
    older = documents[-1].public_id if len(rows) > limit else ""
    return DocumentsOfChild(child, documents, now, older, is_first=not before)


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
    emailed, opened = (raw[name] and datetime.fromisoformat(raw[name]) for name in ("emailed_at", "first_opened_at"))
    return RecipientLine(raw["name"], datetime.fromisoformat(raw["served_at"]), raw["email"], emailed, opened)
