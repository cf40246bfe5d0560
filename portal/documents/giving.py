"""Giving a published document to somebody else: who came later, who was forgotten, a school's new colleague."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, jobs
from portal.access.queries import AdultWithAccess, ChildRecord, adults_of
from portal.actor import Actor
from portal.documents.announcing import ANNOUNCE
from portal.errors import Refused, RuleBroken

OFFERED = 50
"""How many documents one page offers to somebody, the newest of them."""

_TO_GIVE = """
SELECT id, published_at FROM document
WHERE public_id = {} AND child = {} AND published_at IS NOT NULL AND recalled_at IS NULL FOR UPDATE
"""

_GIVE = """
INSERT INTO document_recipient (document, account, served_at) VALUES ({}, {}, {})
ON CONFLICT (document, account) WHERE recalled_at IS NULL DO NOTHING RETURNING id
"""

_OFFERED = """
SELECT d.public_id, d.description, d.document_date, d.published_at FROM document d
JOIN stored_file f ON f.id = d.file AND f.scan_state NOT IN ('infected', 'failed')
WHERE d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL AND NOT EXISTS (
    SELECT FROM document_recipient r WHERE r.document = d.id AND r.account = {} AND r.recalled_at IS NULL)
ORDER BY d.published_at DESC, d.id DESC LIMIT {}
"""

_EARLIER = """
SELECT l.account, count(*) AS documents FROM relationship l
JOIN document d ON d.child = l.child AND d.published_at < l.activated_at AND d.recalled_at IS NULL
WHERE %s AND l.state = 'active'
AND NOT EXISTS (SELECT FROM document_recipient r WHERE r.document = d.id AND r.account = l.account)
GROUP BY l.account
"""


@dataclass(frozen=True)
class OfferedDocument:
    """A published document that one adult was not given."""

    public_id: str
    description: str
    document_date: date
    published_at: datetime


async def give(actor: Actor, child: ChildRecord, document: str, recipients: Collection[str], *, now: datetime) -> str:
    """Show a published document to more people (accounts' public ids) and mail them. Gives its public id.

    Each is served on the day on which they could open it and were told, whatever day the others have. Raises
    RuleBroken on `recipient` when one of them has no access now or has it already, Refused when it is not published.
    """
    async with DB.transaction():
        adults = await chosen_adults(child, recipients)
        row = await fetch_one(_TO_GIVE, document, child.id)
        if row is None:
            raise Refused("This document is not with the family, so it cannot be given to anybody else.")
        at = max(now, row["published_at"])
        for adult in adults:
            if not await fetch(_GIVE, row["id"], adult.account, at):
                raise RuleBroken("recipient", f"{adult.name} has this document already")
        told = {"to": [adult.account for adult in adults], "at": at}
        await audit.record("staff:document:given", now=now, actor=actor, child=child.id, subject=document, detail=told)
        await jobs.enqueue(ANNOUNCE, str(row["id"]), after=at - now if at > now else None)
    return document


async def give_several(actor: Actor, child: ChildRecord, documents: Sequence[str], adult: str, *, now: datetime) -> str:
    """Give one adult several published documents, all or none. Gives the account's public id. Raises as `give`."""
    async with DB.transaction():
        for document in documents:
            await give(actor, child, document, [adult], now=now)
    return adult


async def chosen_adults(child: ChildRecord, recipients: Collection[str]) -> list[AdultWithAccess]:
    """The adults with these public ids. Raises RuleBroken on `recipient` unless each has access now."""
    adults = [adult for adult in await adults_of(child.id) if adult.public_id in recipients]
    if not adults or len(adults) != len(set(recipients)):
        raise RuleBroken("recipient", "Choose people who have access to this child's record now")
    return adults


async def offered_to(child: ChildRecord, account: int, *, now: datetime) -> tuple[OfferedDocument, ...]:
    """What was published about a child and not given to this account, newest first; at most fifty."""
    return tuple(OfferedDocument(**row) for row in await fetch(_OFFERED, child.id, now, account, OFFERED))


async def earlier_documents(child: int) -> dict[int, int]:
    """For each account with access: how many documents were published before that and never given to it. One query."""
    return {row["account"]: row["documents"] for row in await fetch(_EARLIER % "l.child = {}", child)}


async def has_earlier_documents(relationship: str) -> bool:
    """The same for one active relationship (its public id): whether there is any."""
    return bool(await fetch(_EARLIER % "l.public_id = {}", relationship))
