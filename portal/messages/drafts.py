"""A message that was begun is kept, with its files, until it is sent or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.files.check import CheckedFile, FileRefused
from portal.files.commands import Dropped, drop, keep_checked
from portal.files.queries import FileLine
from portal.files.store import FileStore
from portal.ids import public_id
from portal.messages.rules import MAX_ATTACHMENTS, TOO_MANY_FILES


@dataclass(frozen=True)
class Place:
    """Where a draft belongs: a reply in a conversation, or a new message."""

    child: ChildRecord
    conversation: int | None = None


@dataclass(frozen=True)
class Draft:
    """What was typed so far. `to` is the account's public id that staff write to."""

    id: int
    message_type: str
    subject: str
    body: str
    to: str
    files: tuple[FileLine, ...]


async def draft_at(actor: Actor, place: Place) -> Draft | None:
    """The actor's draft at `place`, if there is one."""
    row = await fetch_one(
        "SELECT d.id, d.message_type, d.subject, d.body, coalesce(a.public_id, '') AS to FROM message_draft d"
        " LEFT JOIN account a ON a.id = d.recipient WHERE d.account = {} AND d.child = {}"
        " AND d.conversation IS NOT DISTINCT FROM {}::bigint ORDER BY d.updated_at DESC LIMIT 1",
        actor.account,
        place.child.id,
        place.conversation,
    )
    return Draft(files=await _files(row["id"]), **row) if row else None


async def hold(actor: Actor) -> None:
    """One change of the actor's drafts after the other, until the transaction ends.

    It comes before every other lock: two messages of one person would else wait for each other.
    """
    await fetch("SELECT pg_advisory_xact_lock(1, {})", actor.account % 2**31)


async def keep_draft(
    actor: Actor,
    place: Place,
    *,
    to: str = "",
    message_type: str = "",
    subject: str = "",
    body: str = "",
    now: datetime,
) -> int:
    """Keep what was typed; `to` is the public id of the adult whom staff write to. Gives the draft's id."""
    async with DB.transaction():
        await hold(actor)
        found = await draft_at(actor, place)
        if found:
            await fetch(
                "UPDATE message_draft SET recipient = (SELECT id FROM account WHERE public_id = {}), message_type = {},"
                " subject = {}, body = {}, updated_at = {} WHERE id = {}",
                to,
                message_type,
                subject,
                body,
                now,
                found.id,
            )
            return found.id
        row = await fetch_one(
            "INSERT INTO message_draft (public_id, account, child, conversation, recipient, message_type, subject,"
            " body, updated_at) VALUES ({}, {}, {}, {}, (SELECT id FROM account WHERE public_id = {}), {}, {}, {}, {})"
            " RETURNING id",
            public_id(),
            actor.account,
            place.child.id,
            place.conversation,
            to,
            message_type,
            subject,
            body,
            now,
        )
        assert row is not None
        return int(row["id"])


async def attach(actor: Actor, place: Place, files: Sequence[CheckedFile], store: FileStore, *, now: datetime) -> str:
    """Add files to the draft at `place`, beginning one if there is none.

    Gives what is wrong with the first that could not be added, or an empty string; the others are on it.
    """
    problems = list[str]()
    async with DB.transaction():
        await hold(actor)
        # As every answer does: the conversation before the end of the audit trail, which an upload takes.
        await fetch("SELECT id FROM conversation WHERE id = {} FOR NO KEY UPDATE", place.conversation)
        found = await draft_at(actor, place)
        draft = found.id if found else await keep_draft(actor, place, now=now)
        for file in files:
            try:
                await _attach(actor, place, draft, file, store, now)
            except FileRefused as error:
                problems.append(f"{file.name[:60]}: {error.message}")
    return problems[0] if problems else ""


async def _attach(
    actor: Actor, place: Place, draft: int, checked: CheckedFile, store: FileStore, now: datetime
) -> None:
    if len(await _files(draft)) >= MAX_ATTACHMENTS:
        raise FileRefused(TOO_MANY_FILES)
    file = await keep_checked(actor, place.child.id, checked, store, now=now)
    await fetch("INSERT INTO attachment (file, draft) VALUES ({}, {})", file.id, draft)


async def detach(actor: Actor, place: Place, file: str, store: FileStore, *, now: datetime) -> None:
    """Take a file (its public id) off the draft at `place`, and remove it."""
    async with DB.transaction():
        found = await draft_at(actor, place)
        taken = await _take_off(actor, place, found.id, file, now) if found else []
    await drop(taken, store)


async def discard(actor: Actor, place: Place, store: FileStore, *, now: datetime) -> None:
    """Throw the draft at `place` away, with its files."""
    async with DB.transaction():
        found = await draft_at(actor, place)
        if found is None:
            return
        taken = [file for line in found.files for file in await _take_off(actor, place, found.id, line.public_id, now)]
        await fetch("DELETE FROM message_draft WHERE id = {}", found.id)
    await drop(taken, store)


async def _take_off(actor: Actor, place: Place, draft: int, file: str, now: datetime) -> list[Dropped]:
    rows = await fetch(
        "DELETE FROM attachment x USING stored_file f WHERE x.draft = {} AND x.message IS NULL AND f.id = x.file"
        " AND f.public_id = {} RETURNING f.id, f.stored_as",
        draft,
        file,
    )
    if rows:
        await audit.record("files:file:removed", now=now, actor=actor, child=place.child.id, subject=file)
    return [Dropped(**row) for row in rows]


async def _files(draft: int) -> tuple[FileLine, ...]:
    rows = await fetch(
        "SELECT f.public_id, f.name, f.size, f.scan_state FROM attachment x JOIN stored_file f ON f.id = x.file"
        " WHERE x.draft = {} ORDER BY f.id",
        draft,
    )
    return tuple(FileLine(**row) for row in rows)
