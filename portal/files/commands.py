"""Keeping a file that somebody chose, checked and on its way to the scanner; and dropping it when it is taken off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import DB, fetch, fetch_one
from db.tables import StoredFile
from portal import audit, jobs, throttle
from portal.actor import Actor
from portal.errors import TooManyTries
from portal.files import rules
from portal.files.check import CheckedFile, FileRefused, check
from portal.files.scanning import SCAN
from portal.files.store import FileStore
from portal.ids import public_id

SWEPT_AFTER = timedelta(days=1)
"""How long a file may belong to nothing: what is being uploaded belongs to nothing for a moment."""

_USED = """
SELECT coalesce(sum(f.size), 0) AS used FROM stored_file f JOIN account u ON u.id = f.uploaded_by
WHERE f.child = {} AND CASE WHEN {}::boolean THEN u.role <> 'family' ELSE f.uploaded_by = {} END
"""

_UNUSED = """
SELECT f.id, f.stored_as FROM stored_file f WHERE f.created_at < {}
AND NOT EXISTS (SELECT FROM attachment x WHERE x.file = f.id AND (x.message IS NOT NULL OR x.draft IS NOT NULL))
AND NOT EXISTS (SELECT FROM document d WHERE d.file = f.id)
AND NOT EXISTS (SELECT FROM action_file x JOIN action a ON a.id = x.action
    WHERE x.file = f.id AND position(f.public_id in a.answers::text) > 0)
"""
"""A form's file belongs to it while its answers name it: one that was taken off again is named no more."""


@dataclass(frozen=True)
class Dropped:
    """A file that belongs to nothing any more. `stored_as` is its name in the store."""

    id: int
    stored_as: str


async def check_chosen(actor: Actor, filename: str, content: bytes, *, now: datetime) -> CheckedFile:
    """Check one file that `actor` chose; it counts as one that they added. Raises FileRefused, or Busy."""
    try:
        await throttle.spend(rules.UPLOADS, str(actor.account), now=now, message=rules.TOO_MANY)
    except TooManyTries as error:
        raise FileRefused(error.message) from error
    return await check(filename, content)


async def keep_checked(
    actor: Actor, child: int, checked: CheckedFile, store: FileStore, *, now: datetime
) -> StoredFile:
    """Keep a file that was checked, for a child. It is pending until the worker has scanned it.

    Raises FileRefused when this adult's files in the record, or the team's, would pass their quota.
    """
    stored_as = await store.keep(checked.content)
    try:
        async with DB.transaction():
            await _make_sure_of_room(actor, child, checked.size)
            file = _row(actor, child, checked, stored_as, now)
            await file.save()
            await jobs.enqueue(SCAN, str(file.id))
            await audit.record("files:file:uploaded", now=now, actor=actor, child=child, subject=file.public_id)
    except BaseException:
        await store.forget(stored_as)
        raise
    return file


async def drop(files: Iterable[Dropped], store: FileStore) -> None:
    """Remove files that belong to nothing any more, once that is committed.

    The bytes go first: a row that was left behind is swept, bytes without a row would stay for ever.
    """
    for file in files:
        await store.forget(file.stored_as)
        await fetch("DELETE FROM stored_file WHERE id = {}", file.id)


async def sweep(store: FileStore, *, now: datetime) -> None:
    """Remove the files that have belonged to nothing for a day: no message, draft, document or answer."""
    await drop([Dropped(**row) for row in await fetch(_UNUSED, now - SWEPT_AFTER)], store)


async def _make_sure_of_room(actor: Actor, child: int, size: int) -> None:
    """Uploads for one child pass here one after the other, so that two at once cannot pass the quota together."""
    await fetch("SELECT id FROM child WHERE id = {} FOR NO KEY UPDATE", child)
    row = await fetch_one(_USED, child, actor.is_staff, actor.account)
    quota, full = (rules.TEAM_QUOTA, rules.NO_ROOM_FOR_TEAM) if actor.is_staff else (rules.ADULT_QUOTA, rules.NO_ROOM)
    if row and row["used"] + size > quota:
        raise FileRefused(full)


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
