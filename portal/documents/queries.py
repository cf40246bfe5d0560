"""Looking at Documents to View."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor

NEWEST = 3
"""How many documents the dashboard names."""


@dataclass(frozen=True)
class PanelDocument:
    """One of the newest documents, as the dashboard names it."""

    public_id: str
    description: str
    published_at: datetime
    is_new: bool


@dataclass(frozen=True)
class DocumentsPanel:
    """What the dashboard says about the documents shown to one person."""

    child: str
    new: int
    newest: tuple[PanelDocument, ...]

    @property
    def fact(self) -> str:
        """The number that matters, in words."""
        if not self.new:
            return "No new documents" if self.newest else "No documents yet"
        return "1 new document" if self.new == 1 else f"{self.new:,} new documents"


_NEWEST = """
SELECT d.public_id, d.description, d.published_at, r.first_opened_at IS NULL AS is_new,
    count(*) FILTER (WHERE r.first_opened_at IS NULL) OVER () AS new
FROM document d JOIN document_recipient r ON r.document = d.id AND r.account = {}
WHERE d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL
ORDER BY d.published_at DESC, d.id DESC LIMIT {}
"""


async def panel(actor: Actor, child: ChildRecord, *, now: datetime) -> DocumentsPanel:
    """How many documents this account has not opened yet, and the newest few, as published at `now`."""
    rows = await fetch(_NEWEST, actor.account, child.id, now, NEWEST)
    new = rows[0]["new"] if rows else 0
    newest = [PanelDocument(**{name: row[name] for name in PanelDocument.__annotations__}) for row in rows]
    return DocumentsPanel(child.public_id, new, tuple(newest))
