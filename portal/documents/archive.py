"""All documents of one person as a zip that is handed over while it is made."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.documents.commands import note_opened
from portal.documents.queries import DocumentFile
from portal.files.packing import Packing
from portal.files.store import FileStore


async def archive(
    actor: Actor, child: ChildRecord, documents: Iterable[DocumentFile], store: FileStore, *, now: datetime
) -> AsyncIterator[bytes]:
    """The zip, one document after the other, each noted as opened just before it goes out.

    Holds one file (10 MB) in memory at a time. What is recalled in the meantime is left out. Two documents may
    have one name, so a number makes it unique; it also keeps the newest on top.
    """
    packing = Packing()
    for number, document in enumerate(documents, 1):
        content = await store.read(document.stored_as)
        if await note_opened(actor, child, document, now=now):
            yield packing.add(f"{number:03} {document.name}", content, at=document.published_at or now)
    yield packing.close()
