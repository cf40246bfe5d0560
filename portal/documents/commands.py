"""Preparing, publishing, recalling and opening documents.

Plans sent to the wrong person are the commonest serious breach in this field: publishing names
each recipient, and a document can be taken back at once, with the evidence of who opened it.
"""

from collections.abc import Collection
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Document
from portal import audit, jobs
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.actor import Actor
from portal.documents import rules
from portal.documents.announcing import ANNOUNCE, tell_recalled
from portal.documents.giving import chosen_adults
from portal.documents.queries import DocumentFile
from portal.errors import Refused
from portal.files.check import CheckedFile
from portal.files.commands import keep_checked
from portal.files.store import FileStore
from portal.ids import public_id

_PUBLISH = """
UPDATE document d SET published_at = {}, published_by = {} FROM stored_file f
WHERE d.public_id = {} AND d.child = {} AND d.published_at IS NULL AND d.recalled_at IS NULL AND f.id = d.file
RETURNING d.id, f.scan_state
"""

_RECALL = """
UPDATE document SET recalled_at = {}, recalled_by = {}, recall_reason = {}
WHERE public_id = {} AND child = {} AND published_at IS NOT NULL AND recalled_at IS NULL RETURNING id
"""

_OPEN = """
WITH shown AS (
    SELECT id FROM document WHERE id = {} AND published_at <= {} AND recalled_at IS NULL FOR SHARE
)
UPDATE document_recipient r SET first_opened_at = coalesce(r.first_opened_at, {}) FROM shown
WHERE r.document = shown.id AND r.account = {} AND r.recalled_at IS NULL RETURNING r.id
"""

_RECALL_FROM = """
UPDATE document_recipient r SET recalled_at = {}, recalled_by = {}, recall_reason = {} FROM document d, account a
WHERE d.id = r.document AND d.public_id = {} AND d.child = {} AND d.recalled_at IS NULL AND d.published_at IS NOT NULL
AND a.id = r.account AND a.public_id = {} AND r.recalled_at IS NULL RETURNING r.document, r.account
"""


async def prepare(
    actor: Actor,
    child: ChildRecord,
    file: CheckedFile,
    *,
    description: str,
    document_date: date,
    store: FileStore,
    now: datetime,
) -> str:
    """Keep a checked file as a document that nobody in the family sees yet. Gives its public id.

    Raises FileRefused when the child's record has no room for it.
    """
    async with DB.transaction():
        kept = await keep_checked(actor, child.id, file, store, now=now)
        document = Document(
            public_id=public_id(),
            child=child.id,
            file=kept.id,
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
) -> str:
    """Show a document to `recipients` (accounts' public ids) from `at` on, and mail them then. Gives its public id.

    Raises RuleBroken on `recipient` when one of them has no access now; Refused when it is published
    already, or when its file did not pass the check for viruses.
    """
    at = max(at, now)
    async with DB.transaction():
        adults = await chosen_adults(child, recipients)
        row = await fetch_one(_PUBLISH, at, actor.account, document, child.id)
        if row is None:
            raise Refused("This document has been published already. Look at who has it.")
        if row["scan_state"] in rules.CANNOT_BE_OPENED:
            raise Refused("This file did not pass the check for viruses, so it cannot be published. Add it again.")
        for adult in adults:
            await _serve(row["id"], adult, at)
        told = {"to": [adult.account for adult in adults], "at": at}
        await audit.record(
            "staff:document:published", now=now, actor=actor, child=child.id, subject=document, detail=told
        )
        await jobs.enqueue(ANNOUNCE, str(row["id"]), after=at - now if at > now else None)
    return document


async def recall(actor: Actor, child: ChildRecord, document: str, reason: str, *, now: datetime) -> str:
    """Take a document back at once, and tell those who knew of it. Gives its public id.

    Raises Refused when it was not published or is recalled already.
    """
    async with DB.transaction():
        row = await fetch_one(_RECALL, now, actor.account, reason, document, child.id)
        if row is None:
            raise Refused("This document is not with the family, so it cannot be recalled.")
        await tell_recalled(row["id"], child, now=now)
        await audit.record(
            "staff:document:recalled",
            now=now,
            actor=actor,
            child=child.id,
            subject=document,
            detail={"reason": reason},
        )
    return document


async def recall_from(
    actor: Actor, child: ChildRecord, document: str, adult: str, reason: str, *, now: datetime
) -> str:
    """Take a document back from one recipient (the account's public id) at once, and tell them. Gives its public id.

    The others keep it. Raises Refused when this adult does not have it.
    """
    async with DB.transaction():
        row = await fetch_one(_RECALL_FROM, now, actor.account, reason, document, child.id, adult)
        if row is None:
            raise Refused("This person does not have the document, so it cannot be taken back from them.")
        await tell_recalled(row["document"], child, account=row["account"], now=now)
        detail = {"from": row["account"], "reason": reason}
        await audit.record(
            "staff:document:recalled_from", now=now, actor=actor, child=child.id, subject=document, detail=detail
        )
    return document


async def note_opened(actor: Actor, child: ChildRecord, document: DocumentFile, *, now: datetime) -> bool:
    """Write down that a document is handed over now; a recipient's first time is kept as evidence.

    False, and nothing is written, when it was recalled in the meantime: then it must not be handed over.
    """
    async with DB.transaction():
        if not actor.is_staff and await fetch_one(_OPEN, document.id, now, now, actor.account) is None:
            return False
        side = "staff" if actor.is_staff else "family"
        await audit.record(f"{side}:document:opened", now=now, actor=actor, child=child.id, subject=document.public_id)
    return True


async def _serve(document: int, adult: AdultWithAccess, at: datetime) -> None:
    await fetch(
        "INSERT INTO document_recipient (document, account, served_at) VALUES ({}, {}, {})", document, adult.account, at
    )
