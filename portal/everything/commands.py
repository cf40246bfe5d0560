"""Handing over everything about oneself: the password first, then a zip that is made while it goes out."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from db.engine import DB
from portal import audit, notices, throttle
from portal.accounts.passwords import PasswordHasher
from portal.accounts.proving import prove
from portal.actor import Actor
from portal.csv_out import csv_bytes
from portal.everything.parts import OwnFile, Part
from portal.files.packing import Packing
from portal.files.store import FileStore
from portal.limits import Limit
from portal.notices import Recipient

A_DAY = Limit("everything_taken", tries=5, window=timedelta(days=1))
TOO_OFTEN = "You have taken everything 5 times today. You can do it again tomorrow."


async def allow(actor: Actor, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """Check the password, count this time, write it down and tell the owner.

    Raises RuleBroken on `current_password`, TooManyTries, or Busy.
    """
    await prove(actor, password, hasher, now=now)
    await throttle.spend(A_DAY, actor.public_id, now=now, message=TOO_OFTEN)
    async with DB.transaction():
        await notices.queue("everything_taken", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:everything:taken", now=now, actor=actor)


async def pack(
    index: str, parts: Sequence[Part], files: Sequence[OwnFile], store: FileStore, *, now: datetime
) -> AsyncIterator[bytes]:
    """The zip: a page to read, a table for each part, and the files. Holds one file (10 MB) in memory at a time.

    A file that is gone from the store is left out.
    """
    packing = Packing()
    yield packing.add("Read me first.html", index.encode(), at=now, squeeze=True)
    for part in parts:
        if part.rows:
            yield packing.add(f"tables/{part.key}.csv", csv_bytes(part.columns, part.rows), at=now, squeeze=True)
    for number, file in enumerate(files, 1):
        try:
            content = await store.read(file.stored_as)
        except FileNotFoundError:
            continue
        yield packing.add(f"files/{number:03} {file.name}", content, at=file.created_at)
    yield packing.close()
