"""Keeping a file that somebody chose: checked, stored, and on its way to the scanner."""

from datetime import datetime

from db.engine import DB, fetch_one
from db.tables import StoredFile
from portal import audit, jobs
from portal.actor import Actor
from portal.files import rules
from portal.files.check import FileRefused, check
from portal.files.scanning import SCAN
from portal.files.store import FileStore
from portal.ids import public_id


async def keep_upload(
    actor: Actor, child: int, filename: str, content: bytes, store: FileStore, *, now: datetime
) -> StoredFile:
    """Check and keep one file for a child. It is pending until the worker has scanned it.

    Raises FileRefused when it cannot be taken, or when the child's files would pass the quota.
    """
    checked = await check(filename, content)
    row = await fetch_one("SELECT coalesce(sum(size), 0) AS used FROM stored_file WHERE child = {}", child)
    if row and row["used"] + checked.size > rules.CHILD_QUOTA:
        raise FileRefused("There is no room for more files in this record. Phone the SEND team")
    stored_as = await store.keep(checked.content)
    file = StoredFile(
        public_id=public_id(),
        child=child,
        uploaded_by=actor.account,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        stored_as=stored_as,
        scan_state="pending",
        created_at=now,
    )
    async with DB.transaction():
        await file.save()
        await jobs.enqueue(SCAN, str(file.id))
        await audit.record("files:file:uploaded", now=now, actor=actor, child=child, subject=file.public_id)
    return file
