"""Keeping a file that somebody chose: checked, stored, and on its way to the scanner."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from db.tables import StoredFile
from portal import audit, jobs
from portal.actor import Actor
from portal.files import rules
from portal.files.check import CheckedFile, FileRefused, check
from portal.files.scanning import SCAN
from portal.files.store import FileStore
from portal.ids import public_id


async def keep_upload(
    actor: Actor, child: int, filename: str, content: bytes, store: FileStore, *, now: datetime
) -> StoredFile:
    """Check and keep one file for a child. It is pending until the worker has scanned it.

    Raises FileRefused when it cannot be taken, or when the child's files would pass the quota.
    """
    return await keep_checked(actor, child, await check(filename, content), store, now=now)


async def keep_checked(
    actor: Actor, child: int, checked: CheckedFile, store: FileStore, *, now: datetime
) -> StoredFile:
    """Keep a file that `check` has passed. Raises FileRefused when the child's files would pass the quota."""
    stored_as = await store.keep(checked.content)
    try:
        async with DB.transaction():
            await _make_sure_of_room(child, checked.size)
            file = _row(actor, child, checked, stored_as, now)
            await file.save()
            await jobs.enqueue(SCAN, str(file.id))
            await audit.record("files:file:uploaded", now=now, actor=actor, child=child, subject=file.public_id)
    except BaseException:
        await store.forget(stored_as)
        raise
    return file


async def _make_sure_of_room(child: int, size: int) -> None:
    """Uploads for one child pass here one after the other, so that two at once cannot pass the quota together."""
    await fetch("SELECT id FROM child WHERE id = {} FOR NO KEY UPDATE", child)
    row = await fetch_one("SELECT coalesce(sum(size), 0) AS used FROM stored_file WHERE child = {}", child)
    if row and row["used"] + size > rules.CHILD_QUOTA:
        raise FileRefused("There is no room for more files in this record. Phone the SEND team")


def _row(actor: Actor, child: int, checked: CheckedFile, stored_as: str, now: datetime) -> StoredFile:
    return StoredFile(
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
