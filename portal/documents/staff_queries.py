"""Documents as the SEND team looks at them, with the evidence for each recipient."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.documents.rules import state_of
from portal.errors import NotFound
from portal.evidence.queries import ByPost, RecipientLine, recipients_of_documents

PAGE = 25
"""Documents on one page of the list."""


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

    def has_now(self, account: str) -> RecipientLine | None:
        """The evidence for somebody (the account's public id) who was given it and from whom it was not taken back."""
        return next((one for one in self.recipients if one.account == account and not one.recalled_at), None)


@dataclass(frozen=True)
class DocumentsOfChild:
    """One page of a child's documents, last added first. `older` is the key of the next one.

    `by_post`: the adults who can read none of them here.
    """

    child: ChildRecord
    documents: tuple[StaffDocument, ...]
    now: datetime
    older: str
    is_first: bool
    by_post: tuple[ByPost, ...] = ()


_DOCUMENTS = """
SELECT d.public_id, d.description, d.document_date, f.name, f.size, f.scan_state, d.uploaded_at,
    u.forename || ' ' || u.surname AS uploaded_by, d.published_at, d.recalled_at, d.recall_reason
FROM document d JOIN stored_file f ON f.id = d.file JOIN account u ON u.id = d.uploaded_by
WHERE d.child = {}
"""

_PAGE = f"""
{_DOCUMENTS}
AND coalesce((d.uploaded_at, d.id) < (SELECT uploaded_at, id FROM document WHERE public_id = {{}}), true)
ORDER BY d.uploaded_at DESC, d.id DESC LIMIT {{}}
"""


async def documents_of(child: ChildRecord, *, before: str = "", now: datetime, limit: int = PAGE) -> DocumentsOfChild:
    """One page of `limit` documents of a child whom the actor may see; `before` is its key. Two queries."""
    rows = await fetch(_PAGE, child.id, before, limit + 1)
    documents = await _documents(rows[:limit])
    older = documents[-1].public_id if len(rows) > limit else ""
    return DocumentsOfChild(child, documents, now, older, is_first=not before)


async def document_of(child: ChildRecord, public_id: str) -> StaffDocument:
    """One document of a child. Raises NotFound."""
    found = await _documents(await fetch(f"{_DOCUMENTS} AND d.public_id = {{}}", child.id, public_id))
    if not found:
        raise NotFound
    return found[0]


async def _documents(rows: list[dict[str, Any]]) -> tuple[StaffDocument, ...]:
    recipients = await recipients_of_documents([row["public_id"] for row in rows])
    return tuple(StaffDocument(**row, recipients=recipients[row["public_id"]]) for row in rows)
