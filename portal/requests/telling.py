"""Who hears that an assessment was asked for: whoever asked, the SEND team, and the family of a known child."""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import fetch
from portal import notices
from portal.access.queries import child_of
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.cover.telling import AtWork, tell_at_work
from portal.dates import day_in_words
from portal.notices import Recipient
from portal.requests.queries import answer_by

_SAME = """
SELECT o.public_id, o.case_reference, o.team, o.caseworker FROM child c
JOIN child o ON o.date_of_birth = c.date_of_birth AND lower(o.surname) = lower(c.surname)
    AND lower(o.forename) = lower(c.forename) AND o.id <> c.id
WHERE c.id = {} AND EXISTS (SELECT FROM ehc_case k WHERE k.child = o.id AND k.branch = '')
ORDER BY o.id LIMIT 10
"""
"""Other records with the same name and day of birth in which something runs: perhaps the same child."""


@dataclass(frozen=True)
class Asked:
    """A request that was just sent: its child, and whether it was added to a case that runs already (`is_added`)."""

    child: int
    public_id: str
    reference: str
    at_work: AtWork
    is_known: bool
    is_added: bool


async def tell(actor: Actor, asked: Asked, today: date, *, now: datetime) -> None:
    """Owe everybody their email. Nobody of the family reads who asked, and nobody at all the child's name."""
    about = {
        "reference": asked.reference,
        "received": day_in_words(today),
        "answer_by": "" if asked.is_added else day_in_words(answer_by(today)),
    }
    await notices.queue("assessment_requested", Recipient.of(actor), about, now=now)
    for_team = {**about, "child": asked.public_id}
    await tell_at_work("assessment_requested_for_staff", for_team, asked.at_work, now=now)
    if asked.is_known:
        child = await child_of(actor, asked.public_id, now=now)
        await tell_family("request_received", child, now=now, besides=actor.account, **about)
    else:
        await _tell_of_another_record(asked, now)


async def _tell_of_another_record(asked: Asked, now: datetime) -> None:
    """A name and a birthday prove nothing, so it is for the team to look; no family is told."""
    for row in await fetch(_SAME, asked.child):
        about = {"reference": row["case_reference"], "child": row["public_id"], "other": asked.reference}
        at_work = AtWork(row["team"], row["caseworker"])
        await tell_at_work("assessment_requested_twice", about, at_work, now=now)
