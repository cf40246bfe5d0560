"""A family or a professional asks for an assessment: keep what is typed, and send it once."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import AssessmentRequest, Relationship
from portal import audit, ids, notices, throttle
from portal.actor import Actor
from portal.cases.commands import open_case
from portal.children.commands import NewChild, open_record
from portal.dates import day_in_words
from portal.errors import Refused, RuleBroken
from portal.notices import Recipient
from portal.requests.queries import Draft, answer_by, may_ask_again
from portal.requests.rules import MOST_TYPED, PER_DAY, Answers, team_for

CHANGED = "Your answers changed in another window. Check them again"
OWN_ALREADY = "You have asked for this child already, or you have access to their record. Look at “Your children”"
OPEN_ALREADY = "An assessment of this child is running already. Look at “Your children”"
TOO_MANY = "That is many requests for one day. Please phone the SEND team."
NO_TEAM = "The council has no SEND team in the portal yet. Please phone."

_KEEP = """
INSERT INTO assessment_draft (account, typed, updated_at) VALUES ({}, {}, {})
ON CONFLICT (account) DO UPDATE SET typed = assessment_draft.typed || excluded.typed, updated_at = excluded.updated_at
"""

_OWN_SAME = """
SELECT r.id FROM relationship r JOIN child c ON c.id = r.child
WHERE r.account = {} AND r.state <> 'ended' AND c.date_of_birth = {}
    AND lower(c.surname) = lower({}) AND lower(c.forename) = lower({}) LIMIT 1
"""

_TEAMS = (
    "SELECT t.id, (SELECT count(*) FROM child c WHERE c.team = t.id) AS children FROM team t WHERE t.takes_new_requests"
)

_OPENED = """
SELECT c.id AS child, c.public_id, c.case_reference, k.id AS ehc_case, t.email AS team_email
FROM child c JOIN team t ON t.id = c.team JOIN ehc_case k ON k.child = c.id
WHERE c.public_id = {} ORDER BY k.id DESC LIMIT 1
"""


async def keep(actor: Actor, typed: Mapping[str, str], *, now: datetime) -> None:
    """Keep what was typed on one page, right or wrong, beside what was kept before."""
    kept = {name: value[:MOST_TYPED] for name, value in typed.items()}
    await fetch(_KEEP, actor.account, json.dumps(kept), now)


async def discard(actor: Actor) -> None:
    """Forget what was typed and not sent."""
    await fetch("DELETE FROM assessment_draft WHERE account = {}", actor.account)


async def send(actor: Actor, draft: Draft, answers: Answers, *, today: date, now: datetime) -> str:
    """Send the request, from which the 20 weeks count (CFA s.36(1)): `today`, the day in London, is day 0.

    Opens the record and the case, or another case of a child whom the actor sees already. Access to a new
    record waits for the SEND team. The actor and the team are emailed. Gives the case reference. A child
    of the same name elsewhere in the council makes no difference here; staff are warned of it.
    Raises RuleBroken on `forename` or `which`, Refused when the draft has changed, or TooManyTries.
    """
    await throttle.spend(PER_DAY, str(actor.account), now=now, message=TOO_MANY)
    async with DB.transaction():
        await _take(draft)
        child = await (_another_case if answers.again else _new_record)(actor, answers, today, now)
        opened = await fetch_one(_OPENED, child)
        assert opened is not None, "it was opened in this transaction"
        if not answers.again:
            await _wait_for_access(actor, opened["child"], answers.basis, now)
        await _remember(actor, opened, answers, now)
        await _tell(actor, opened, today, now)
    return str(opened["case_reference"])


async def _take(draft: Draft) -> None:
    """Of two windows one sends; what changed since it was read is looked at once more."""
    taken = await fetch(
        "DELETE FROM assessment_draft WHERE id = {} AND updated_at = {} RETURNING id", draft.id, draft.updated_at
    )
    if not taken:
        raise Refused(CHANGED)


async def _new_record(actor: Actor, answers: Answers, today: date, now: datetime) -> str:
    born = answers.date_of_birth
    assert born is not None, "it is asked for a new child"
    if await fetch_one(_OWN_SAME, actor.account, born, answers.surname, answers.forename):
        raise RuleBroken("forename", OWN_ALREADY)
    team = team_for({row["id"]: row["children"] for row in await fetch(_TEAMS)})
    if team is None:
        raise Refused(NO_TEAM)
    child = NewChild(answers.forename, answers.surname, born, today, answers.source)
    return await open_record(child, team=team, caseworker=None, by=actor, now=now)


async def _another_case(actor: Actor, answers: Answers, today: date, now: datetime) -> str:
    """The child is held until the end, so that two windows open one case."""
    child = await fetch_one("SELECT id FROM child WHERE public_id = {} FOR UPDATE", answers.again)
    if child is None or answers.again not in dict(await may_ask_again(actor)):
        raise RuleBroken("which", OPEN_ALREADY)
    await open_case(child["id"], today, answers.source, now=now)
    return answers.again


async def _wait_for_access(actor: Actor, child: int, basis: str, now: datetime) -> None:
    """Who the asker is has not been checked yet: staff do at Access requests."""
    await Relationship(
        public_id=ids.public_id(), account=actor.account, child=child, basis=basis, state="waiting", accepted_at=now
    ).save()


async def _remember(actor: Actor, opened: Mapping[str, Any], answers: Answers, now: datetime) -> None:
    request = AssessmentRequest(
        public_id=ids.public_id(),
        ehc_case=opened["ehc_case"],
        account=actor.account,
        answers=json.dumps(asdict(answers), default=str),
        sent_at=now,
    )
    await request.save()
    detail = {"asker": answers.asker, "source": answers.source, "again": bool(answers.again)}
    await audit.record(
        "family:assessment:requested",
        now=now,
        actor=actor,
        child=opened["child"],
        subject=request.public_id,
        detail=detail,
    )


async def _tell(actor: Actor, opened: Mapping[str, Any], today: date, now: datetime) -> None:
    reference = opened["case_reference"]
    dates = {"received": day_in_words(today), "answer_by": day_in_words(answer_by(today))}
    await notices.queue("assessment_requested", Recipient.of(actor), {"reference": reference, **dates}, now=now)
    about = {"reference": reference, "child": opened["public_id"], **dates}
    await notices.queue("assessment_requested_for_staff", Recipient(opened["team_email"]), about, now=now)
