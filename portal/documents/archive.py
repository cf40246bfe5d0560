"""All documents of one person as a zip that is handed over while it is made."""

import io
import zipfile
from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.documents.commands import note_opened
from portal.documents.queries import DocumentFile
from portal.files.store import FileStore


async def archive(
    actor: Actor, child: ChildRecord, documents: Iterable[DocumentFile], store: FileStore, *, now: datetime
) -> AsyncIterator[bytes]:
    """The zip, one document after the other, each noted as opened just before it goes out.

    Holds one file (10 MB) in memory at a time. What is recalled in the meantime is left out.
    """
    held = _Held()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as out:
        for number, document in enumerate(documents, 1):
            content = await store.read(document.stored_as)
            if await note_opened(actor, child, document, now=now):
                out.writestr(_entry(number, document, now), content)
                yield held.take()
    yield held.take()


def _entry(number: int, document: DocumentFile, now: datetime) -> zipfile.ZipInfo:
    """Two documents may have one name, so the number makes it unique; it also keeps the newest on top."""
    published = (document.published_at or now).timetuple()
    entry = zipfile.ZipInfo(f"{number:03} {document.name}", published[:6])
    entry.external_attr = 0o600 << 16
    return entry


class _Held(io.RawIOBase):
    """What `zipfile` has written and nobody has taken yet.

    It can seek within that, so that sizes stand before each file: some programs cannot read a zip
    that says them afterwards.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pieces, self._taken = io.BytesIO(), 0

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile gives bytes only
        return self._pieces.write(data)

    def tell(self) -> int:
        return self._taken + self._pieces.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._taken + self._pieces.seek(offset - self._taken if whence == io.SEEK_SET else offset, whence)

    def take(self) -> bytes:
        """Everything since the last time."""
        pieces = self._pieces.getvalue()
        self._pieces, self._taken = io.BytesIO(), self._taken + len(pieces)
        return pieces
