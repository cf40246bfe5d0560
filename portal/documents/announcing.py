"""Telling recipients by email that there is a document, or that one was taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import jobs, notices
from portal.access.queries import ChildRecord
from portal.documents.rules import wait_before_announcing
from portal.files.scanning import OPENABLE
from portal.notices import Recipient

ANNOUNCE = "announce_document"
LOOK_BACK = timedelta(days=2)
"""How long after publishing a lost job is still looked for."""

_DUE = """
SELECT d.public_id, d.published_at, f.scan_state, c.case_reference, c.public_id AS child
FROM document d JOIN stored_file f ON f.id = d.file JOIN child c ON c.id = d.child
WHERE d.id = {} AND d.published_at IS NOT NULL AND d.recalled_at IS NULL FOR UPDATE OF d
"""

_TO_BE_TOLD = """
SELECT r.id, r.account, a.email FROM document_recipient r JOIN document d ON d.id = r.document
JOIN account a ON a.id = r.account AND a.disabled_at IS NULL
WHERE r.document = {} AND r.notice IS NULL AND r.recalled_at IS NULL AND EXISTS (
    SELECT FROM relationship l WHERE l.child = d.child AND l.account = r.account AND l.state = 'active')
ORDER BY r.id
"""

_KNEW = """
SELECT DISTINCT ON (r.account) r.account, a.email, EXISTS (
    SELECT FROM relationship l WHERE l.child = d.child AND l.account = r.account AND l.state = 'active') AS has_access
FROM document_recipient r JOIN document d ON d.id = r.document
JOIN account a ON a.id = r.account LEFT JOIN notice n ON n.id = r.notice
LEFT JOIN draft_plan p ON p.document = d.id
WHERE r.document = {} AND (n.result = 'sent' OR r.first_opened_at IS NOT NULL OR r.posted_on IS NOT NULL OR EXISTS (
    SELECT FROM draft_plan_recipient s JOIN notice m ON m.id = s.notice AND m.result = 'sent'
    WHERE s.draft_plan = p.id AND s.account = r.account))
AND (r.account = {} OR {}::bigint IS NULL AND r.recalled_at IS NULL)
ORDER BY r.account
"""

_FORGOTTEN = """
SELECT DISTINCT d.id FROM document_recipient r JOIN document d ON d.id = r.document AND d.recalled_at IS NULL
JOIN stored_file f ON f.id = d.file AND f.scan_state IN ('clean', 'not_scanned')
WHERE r.served_at BETWEEN {} AND {} AND r.notice IS NULL AND r.first_opened_at IS NULL AND r.recalled_at IS NULL
AND NOT EXISTS (SELECT FROM pgqueuer q WHERE q.entrypoint = {} AND q.payload = convert_to(d.id::text, 'UTF8'))
"""

_STILL_THERE = """
SELECT r.id FROM document_recipient r JOIN document d ON d.id = r.document AND d.recalled_at IS NULL
WHERE d.public_id = {} AND r.notice = {} AND r.recalled_at IS NULL
"""


async def announce(document_id: int, *, now: datetime) -> None:
    """Mail each recipient of a document who may open it now, once. Nothing when it was recalled.

    Before its time, or while its file is being checked for viruses, it tries again later. The day of
    service is the day on which a recipient could open it and was told (SI 2014/1530 reg 13 counts from it).
    """
    async with DB.transaction():
        due = await fetch_one(_DUE, document_id)
        if due is None:
            return
        wait = wait_before_announcing(due["published_at"], due["scan_state"], now)
        if wait:
            await jobs.enqueue(ANNOUNCE, str(document_id), after=wait)
        elif due["scan_state"] in OPENABLE:
            about = {"reference": due["case_reference"], "child": due["child"], "document": due["public_id"]}
            for one in await fetch(_TO_BE_TOLD, document_id):
                await _tell(one, about, now)


async def announce_forgotten(*, now: datetime) -> None:
    """Queue again the documents of the last two days whose emails were never made because their job was lost."""
    for row in await fetch(_FORGOTTEN, now - LOOK_BACK, now, ANNOUNCE):
        await jobs.enqueue(ANNOUNCE, str(row["id"]))


async def tell_recalled(document_id: int, child: ChildRecord, *, account: int | None = None, now: datetime) -> None:
    """Owe an email to each recipient who was told of the document, was posted it or has opened it.

    Or to one `account` alone, when it was taken back from nobody else. Also to those whose access has ended since,
    which in a breach comes first: they may have a copy. Their email has no link to the record.
    """
    for row in await fetch(_KNEW, document_id, account, account):
        about = {"reference": child.case_reference, "child": child.public_id if row["has_access"] else ""}
        await notices.queue("document_recalled", Recipient(row["email"], row["account"]), about, now=now)


async def new_document_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the email about a new document says; None when it was taken back, also from them alone, before it went."""
    return about if await fetch_one(_STILL_THERE, about["document"], about["notice"]) else None


async def _tell(recipient: Mapping[str, Any], about: Mapping[str, Any], now: datetime) -> None:
    notice = await notices.queue("new_document", Recipient(recipient["email"], recipient["account"]), about, now=now)
    await fetch(
        "UPDATE document_recipient SET notice = {}, served_at = CASE WHEN first_opened_at IS NULL THEN {}"
        " ELSE served_at END WHERE id = {}",
        notice,
        now,
        recipient["id"],
    )
