"""Telling a family that something happened in a case. Professionals are told about what is their own only."""

from datetime import datetime

from db.engine import fetch
from portal import notices
from portal.access.queries import ChildRecord
from portal.access.rules import AT_WORK
from portal.evidence.letters import note_served
from portal.notices import Recipient

_ADULTS = """
SELECT a.id, a.email FROM relationship r JOIN account a ON a.id = r.account
WHERE r.child = {} AND r.state = 'active' AND r.basis <> {} AND a.id <> {} AND a.disabled_at IS NULL ORDER BY a.id
"""


async def tell_family(kind: str, child: ChildRecord, *, now: datetime, besides: int = 0, **ids: str) -> int:
    """Owe an email of `kind` to every adult with active access but professionals. Gives how many.

    Whoever did it themself, the account `besides`, is left out.

    The email names the case reference and leads to the dashboard, or to what `ids` name; it holds nothing else.
    Of a letter, which `decision` names, it is kept who was told and with which email.
    """
    adults = await fetch(_ADULTS, child.id, AT_WORK, besides)
    about = {"reference": child.case_reference, "child": child.public_id, **ids}
    for adult in adults:
        notice = await notices.queue(kind, Recipient(adult["email"], adult["id"]), about, now=now)
        if letter := ids.get("decision"):
            await note_served(child, letter, adult["id"], notice, now=now)
    return len(adults)
