"""The SEND team writes down what the portal cannot see: something was posted, or an email came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import NotFound, Refused
from portal.evidence.queries import NOTICES
from portal.evidence.rules import may_be_posted

NOTHING_TO_COME_BACK = "No email about this went out, or we know already that it came back."


class Kind(StrEnum):
    """What somebody is the recipient of."""

    DOCUMENT = "document"
    LETTER = "letter"


@dataclass(frozen=True)
class Place:
    """One recipient (the account's public id) of one document or letter (its public id)."""

    kind: Kind
    of: str
    adult: str


_FIND: Mapping[Kind, str] = {
    Kind.DOCUMENT: f"""
SELECT r.id, r.account, least(d.document_date, (r.served_at AT TIME ZONE 'Europe/London')::date) AS earliest,
    {NOTICES} AS notices
FROM document_recipient r JOIN document d ON d.id = r.document JOIN account a ON a.id = r.account
WHERE d.child = {{}} AND d.public_id = {{}} AND a.public_id = {{}} AND d.published_at IS NOT NULL
AND r.recalled_at IS NULL FOR UPDATE OF r
""",
    Kind.LETTER: """
SELECT r.id, r.account, array[r.notice] AS notices,
    least(e.happened_on, x.starts_on, (r.served_at AT TIME ZONE 'Europe/London')::date) AS earliest
FROM letter_recipient r JOIN account a ON a.id = r.account LEFT JOIN case_decision e ON e.public_id = r.letter
LEFT JOIN case_exception x ON x.public_id = r.letter
WHERE r.child = {} AND r.letter = {} AND a.public_id = {} FOR UPDATE OF r
""",
}

_POST = {
    Kind.DOCUMENT: "UPDATE document_recipient SET posted_on = {}, posted_by = {} WHERE id = {}",
    Kind.LETTER: "UPDATE letter_recipient SET posted_on = {}, posted_by = {} WHERE id = {}",
}

_CAME_BACK = (
    "UPDATE notice SET result = 'bounced', came_back_at = {} WHERE id = ANY({}) AND result = 'sent' RETURNING id"
)

_INVITATION_CAME_BACK = """
UPDATE notice SET result = 'bounced', came_back_at = {} WHERE id = (
    SELECT n.id FROM notice n JOIN invitation i ON i.public_id = n.about->>'invitation' AND i.email = n.email
    WHERE i.child = {} AND n.about->>'invitation' = {} AND n.account IS NULL
    ORDER BY n.queued_at DESC, n.id DESC LIMIT 1
) AND result = 'sent' RETURNING id
"""


async def record_posted(
    actor: Actor, child: ChildRecord, place: Place, on: date | None, *, today: date, now: datetime
) -> str:
    """Write down the day on which it was posted to them; None takes back what was written. Gives the account's id.

    Whoever was posted it has been served, and no task asks whether they opened it. Raises RuleBroken on `on`, NotFound.
    """
    async with DB.transaction():
        row = await _find(child, place)
        if on is not None:
            may_be_posted(on, row["earliest"], today)
        await fetch(_POST[place.kind], on, actor.account if on else None, row["id"])
        what = "posted" if on else "not_posted"
        await _record(actor, child, place, what, {"to": row["account"], "on": on}, now)
    return place.adult


async def note_came_back(actor: Actor, child: ChildRecord, place: Place, *, now: datetime) -> str:
    """Write down that the email about it came back to the council. Gives the account's public id.

    A task opens about it. Raises Refused when no email went out, NotFound when they are no recipient.
    """
    async with DB.transaction():
        row = await _find(child, place)
        if await fetch_one(_CAME_BACK, now, row["notices"]) is None:
            raise Refused(NOTHING_TO_COME_BACK)
        await _record(actor, child, place, "came_back", {"to": row["account"]}, now)
    return place.adult


async def note_invitation_came_back(actor: Actor, child: ChildRecord, invitation: str, *, now: datetime) -> str:
    """Write down that the last email of an invitation came back. Gives the invitation's public id. Raises Refused."""
    async with DB.transaction():
        if await fetch_one(_INVITATION_CAME_BACK, now, child.id, invitation) is None:
            raise Refused(NOTHING_TO_COME_BACK)
        await audit.record("staff:invitation:came_back", now=now, actor=actor, child=child.id, subject=invitation)
    return invitation


async def _find(child: ChildRecord, place: Place) -> dict[str, Any]:
    row = await fetch_one(_FIND[place.kind], child.id, place.of, place.adult)
    if row is None:
        raise NotFound
    return row


async def _record(
    actor: Actor, child: ChildRecord, place: Place, what: str, detail: Mapping[str, object], now: datetime
) -> None:
    event = f"staff:{place.kind}:{what}"
    await audit.record(event, now=now, actor=actor, child=child.id, subject=place.of, detail=detail)
