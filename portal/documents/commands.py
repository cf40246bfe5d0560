"""Preparing, publishing, recalling and opening documents.

Plans sent to the wrong person are the commonest serious breach in this field: publishing names
each recipient, and a document can be taken back at once, with the evidence of who opened it.
"""

from collections.abc import Collection
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Document
from portal import audit, jobs, notices
from portal.access.queries import AdultWithAccess, ChildRecord, adults_of
from portal.actor import Actor
from portal.documents.queries import DocumentFile
from portal.errors import Refused, RuleBroken
from portal.files.commands import keep_upload
from portal.files.store import FileStore
from portal.ids import public_id
from portal.notices import Recipient

ANNOUNCE = "announce_document"


async def prepare(
    actor: Actor,
    child: ChildRecord,
    *,
    filename: str,
    content: bytes,
    description: str,
    document_date: date,
    store: FileStore,
    now: datetime,
) -> str:
    """Keep a file as a document that nobody in the family sees yet. Gives its id. Raises FileRefused."""
    file = await keep_upload(actor, child.id, filename, content, store, now=now)
    async with DB.transaction():
        document = Document(
            public_id=public_id(),
            child=child.id,
            file=file.id,
            description=description,
            document_date=document_date,
            uploaded_by=actor.account,
            uploaded_at=now,
        )
        await document.save()
        await audit.record("staff:document:prepared", now=now, actor=actor, child=child.id, subject=document.public_id)
    return str(document.public_id)


async def publish(
    actor: Actor, child: ChildRecord, document: str, recipients: Collection[str], *, at: datetime, now: datetime
) -> None:
    """Show a document to `recipients` (accounts' public ids) from `at` on, and mail them then.

    Raises RuleBroken on `recipient` when one of them has no access now, Refused when it is published already.
    """
    async with DB.transaction():
        adults = [adult for adult in await adults_of(child.id) if adult.public_id in recipients]
        if not adults or len(adults) != len(set(recipients)):
            raise RuleBroken("recipient", "Choose people who have access to this child's record now")
        row = await fetch_one(
            "UPDATE document SET published_at = {}, published_by = {} WHERE public_id = {} AND child = {}"
            " AND published_at IS NULL AND recalled_at IS NULL RETURNING id",
            max(at, now),
            actor.account,
            document,
            child.id,
        )
        if row is None:
            raise Refused("This document has been published already. Look at who has it.")
        for adult in adults:
            await _serve(row["id"], adult, max(at, now))
        await audit.record(
            "staff:document:published",
            now=now,
            actor=actor,
            child=child.id,
            subject=document,
            detail={"to": [adult.account for adult in adults], "at": max(at, now)},
        )
        await jobs.enqueue(ANNOUNCE, str(row["id"]), after=at - now if at > now else None)


async def announce(document_id: int, *, now: datetime) -> None:
    """Mail each recipient of a document that has just become visible, once; nothing when it was recalled."""
    async with DB.transaction():
        rows = await fetch(
            "SELECT r.id, r.account, a.email, c.case_reference, c.public_id FROM document_recipient r"
            " JOIN document d ON d.id = r.document JOIN account a ON a.id = r.account JOIN child c ON c.id = d.child"
            " WHERE d.id = {} AND d.recalled_at IS NULL AND d.published_at <= {} AND r.notice IS NULL"
            " ORDER BY r.id FOR UPDATE OF r",
            document_id,
            now,
        )
        for row in rows:
            about = {"reference": row["case_reference"], "child": row["public_id"]}
            notice = await notices.queue("new_document", Recipient(row["email"], row["account"]), about, now=now)
            await fetch("UPDATE document_recipient SET notice = {} WHERE id = {}", notice, row["id"])


async def recall(actor: Actor, child: ChildRecord, document: str, reason: str, *, now: datetime) -> None:
    """Take a document back at once. Raises Refused when it was not published or is recalled already."""
    async with DB.transaction():
        taken = await fetch(
            "UPDATE document SET recalled_at = {}, recalled_by = {}, recall_reason = {}"
            " WHERE public_id = {} AND child = {} AND published_at IS NOT NULL AND recalled_at IS NULL RETURNING id",
            now,
            actor.account,
            reason,
            document,
            child.id,
        )
        if not taken:
            raise Refused("This document is not with the family, so it cannot be recalled.")
        await audit.record(
            "staff:document:recalled",
            now=now,
            actor=actor,
            child=child.id,
            subject=document,
            detail={"reason": reason},
        )


async def note_opened(actor: Actor, child: ChildRecord, document: DocumentFile, *, now: datetime) -> None:
    """Write down that a document was opened; for a recipient the first time is kept as evidence."""
    async with DB.transaction():
        if not actor.is_staff:
            await fetch(
                "UPDATE document_recipient SET first_opened_at = {} WHERE document = {} AND account = {}"
                " AND first_opened_at IS NULL",
                now,
                document.id,
                actor.account,
            )
        side = "staff" if actor.is_staff else "family"
        await audit.record(f"{side}:document:opened", now=now, actor=actor, child=child.id, subject=document.public_id)


async def _serve(document: int, adult: AdultWithAccess, at: datetime) -> None:
    await fetch(
        "INSERT INTO document_recipient (document, account, served_at) VALUES ({}, {}, {})", document, adult.account, at
    )
