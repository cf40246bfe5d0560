"""Looking at Documents to View."""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import NotFound
from portal.files.scanning import OPENABLE
from portal.words import counted

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
        return counted(self.new, "new document")


_NEWEST = """
SELECT d.public_id, d.description, d.published_at, r.first_opened_at IS NULL AS is_new,
    count(*) FILTER (WHERE r.first_opened_at IS NULL) OVER () AS new
FROM document d JOIN document_recipient r ON r.document = d.id AND r.account = {} AND r.recalled_at IS NULL
WHERE d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL
ORDER BY d.published_at DESC, d.id DESC LIMIT {}
"""


async def panel(actor: Actor, child: ChildRecord, *, now: datetime) -> DocumentsPanel:
    """How many documents this account has not opened yet, and the newest few, as published at `now`."""
    rows = await fetch(_NEWEST, actor.account, child.id, now, NEWEST)
    new = rows[0]["new"] if rows else 0
    newest = [PanelDocument(**{name: row[name] for name in PanelDocument.__annotations__}) for row in rows]
    return DocumentsPanel(child.public_id, new, tuple(newest))


PAGE = 25
"""Documents on one page of the list."""


@dataclass(frozen=True)
class ShownDocument:
    """A document as its recipient sees it in the list."""

    public_id: str
    published_at: datetime
    document_date: date
    description: str
    is_new: bool
    size: int
    scan_state: str

    @property
    def may_be_opened(self) -> bool:
        return self.scan_state in OPENABLE


@dataclass(frozen=True)
class DocumentList:
    """One page of Documents to View, newest first. `older` is the key of the next page."""

    child: ChildRecord
    documents: tuple[ShownDocument, ...]
    older: str
    is_first: bool

    @property
    def any_to_open(self) -> bool:
        return any(document.may_be_opened for document in self.documents)


@dataclass(frozen=True)
class DocumentFile:
    """What is needed to hand a document over."""

    id: int
    public_id: str
    description: str
    name: str
    media_type: str
    stored_as: str
    scan_state: str
    published_at: datetime | None


_SHOWN = """
FROM document d JOIN document_recipient r ON r.document = d.id AND r.account = {} AND r.recalled_at IS NULL
JOIN stored_file f ON f.id = d.file
WHERE d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL
"""

_FILE = "SELECT d.id, d.public_id, d.description, f.name, f.media_type, f.stored_as, f.scan_state, d.published_at "

_OF_CHILD = "FROM document d JOIN stored_file f ON f.id = d.file WHERE d.child = {} AND d.public_id = {}"


async def shown_to(actor: Actor, child: ChildRecord, *, before: str = "", now: datetime) -> DocumentList:
    """One page of the documents published to this account; `before` is its key, and an unknown one gives the first."""
    rows = await fetch(
        "SELECT d.public_id, d.published_at, d.document_date, d.description, r.first_opened_at IS NULL AS is_new,"
        f" f.size, f.scan_state {_SHOWN}"
        " AND coalesce((d.published_at, d.id) < (SELECT published_at, id FROM document WHERE public_id = {}), true)"
        " ORDER BY d.published_at DESC, d.id DESC LIMIT {}",
        actor.account,
        child.id,
        now,
        before,
        PAGE + 1,
    )
    documents = tuple(ShownDocument(**row) for row in rows[:PAGE])
    return DocumentList(child, documents, documents[-1].public_id if len(rows) > PAGE else "", is_first=not before)


async def document_for(actor: Actor, child: ChildRecord, public_id: str, *, now: datetime) -> DocumentFile:
    """One document: for families only if it was published to them and not recalled.

    Raises NotFound; the refusal is audited, because one parent of a child may look for what the other was sent.
    """
    if actor.is_staff:
        row = await fetch_one(_FILE + _OF_CHILD, child.id, public_id)
    else:
        row = await fetch_one(f"{_FILE} {_SHOWN} AND d.public_id = {{}}", actor.account, child.id, now, public_id)
    if row is None:
        await audit.record("access:document:refused", now=now, actor=actor, child=child.id, subject=public_id[:40])
        raise NotFound
    return DocumentFile(**row)


async def all_for(actor: Actor, child: ChildRecord, *, now: datetime) -> tuple[DocumentFile, ...]:
    """Every document of this account that may be opened now, newest first. Raises NotFound when there is none."""
    rows = await fetch(
        f"{_FILE} {_SHOWN} AND f.scan_state IN ('clean', 'not_scanned') ORDER BY d.published_at DESC, d.id DESC",
        actor.account,
        child.id,
        now,
    )
    if not rows:
        raise NotFound
    return tuple(DocumentFile(**row) for row in rows)
