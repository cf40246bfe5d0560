"""A message that was begun is kept, with its files, until it is sent or thrown away."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import RuleBroken
from portal.files.commands import keep_upload
from portal.files.queries import FileLine
from portal.files.store import FileStore
from portal.ids import public_id
from portal.messages.rules import MAX_ATTACHMENTS


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
        await fetch("SELECT pg_advisory_xact_lock(1, {})", actor.account % 2**31)
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


async def attach(
    actor: Actor, place: Place, draft: int, filename: str, content: bytes, store: FileStore, *, now: datetime
) -> None:
    """Add a file to a draft. Raises RuleBroken on `attachments` or FileRefused."""
    if len(await _files(draft)) >= MAX_ATTACHMENTS:
        raise RuleBroken("attachments", f"You can add up to {MAX_ATTACHMENTS} files to one message")
    file = await keep_upload(actor, place.child.id, filename, content, store, now=now)
    await fetch("INSERT INTO attachment (file, draft) VALUES ({}, {})", file.id, draft)


async def detach(actor: Actor, place: Place, file: str) -> None:
    """Take a file off the draft at `place`."""
    await fetch(
        "DELETE FROM attachment WHERE draft IN (SELECT id FROM message_draft WHERE account = {} AND child = {}"
        " AND conversation IS NOT DISTINCT FROM {}::bigint)"
        " AND file = (SELECT id FROM stored_file WHERE public_id = {})",
        actor.account,
        place.child.id,
        place.conversation,
        file,
    )


async def discard(actor: Actor, place: Place) -> None:
    """Throw the draft at `place` away."""
    found = await draft_at(actor, place)
    if found:
        await fetch("DELETE FROM attachment WHERE draft = {} AND message IS NULL", found.id)
        await fetch("DELETE FROM message_draft WHERE id = {}", found.id)


async def _files(draft: int) -> tuple[FileLine, ...]:
    rows = await fetch(
        "SELECT f.public_id, f.name, f.size, f.scan_state FROM attachment x JOIN stored_file f ON f.id = x.file"
        " WHERE x.draft = {} ORDER BY f.id",
        draft,
    )
    return tuple(FileLine(**row) for row in rows)
