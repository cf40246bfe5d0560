"""A family or a professional asks for an assessment: keep what is typed, and send it once."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import AssessmentRequest, Relationship
from portal import audit, ids, throttle
from portal.actor import Actor
from portal.cases.commands import open_case
from portal.children.commands import NewChild, open_record
from portal.cover.telling import AtWork
from portal.errors import Refused, RuleBroken
from portal.organisations.queries import workplaces_of
from portal.requests.queries import Draft, may_ask_again
from portal.requests.rules import MOST_TYPED, PER_DAY, Answers, team_for
from portal.requests.telling import Asked, tell

CHANGED = "Your answers changed in another window. Check them again"
OWN_ALREADY = "You have asked for this child already, or you have access to their record. Look at “Your children”"
NO_ACCESS = "You do not have access to this child’s record any more. Choose again"
NOT_THERE = "You do not work at the organisation that you chose any more. Choose again"
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
SELECT c.id AS child, c.public_id, c.case_reference, c.team, c.caseworker, k.id AS ehc_case
FROM child c JOIN ehc_case k ON k.child = c.id
WHERE c.public_id = {} ORDER BY k.branch = '' DESC, k.id DESC LIMIT 1
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

    Opens the record and the case, or another case of a child whom the actor sees already; while a case of
    theirs runs, the request is added to it, and its dates stay. Access to a new record waits for the SEND
    team. The actor, the team and the other adults of a known child are emailed. Gives the case reference. A
    child of the same name elsewhere in the council makes no difference here; staff are warned of it.
    Raises RuleBroken on `forename` or `which`, Refused when the draft has changed, or TooManyTries.
    """
    await throttle.spend(PER_DAY, str(actor.account), now=now, message=TOO_MANY)
    async with DB.transaction():
        await _take(draft)
        is_added = bool(answers.again) and await _goes_on(actor, answers, today, now)
        child = answers.again or await _new_record(actor, answers, today, now)
        opened = await fetch_one(_OPENED, child)
        assert opened is not None, "it was opened in this transaction, or runs"
        if not answers.again:
            await _wait_for_access(actor, opened["child"], answers.basis, now)
        await _remember(actor, opened, answers, await _through(actor, answers), now)
        at_work = AtWork(opened["team"], opened["caseworker"])
        asked = Asked(opened["child"], child, opened["case_reference"], at_work, bool(answers.again), is_added)
        await tell(actor, asked, today, now=now)
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


async def _goes_on(actor: Actor, answers: Answers, today: date, now: datetime) -> bool:
    """Whether a case of the known child runs; otherwise one is opened. The child is held: two windows open one case."""
    child = await fetch_one("SELECT id FROM child WHERE public_id = {} FOR UPDATE", answers.again)
    known = next((one for one in await may_ask_again(actor) if one.public_id == answers.again), None)
    if child is None or known is None:
        raise RuleBroken("which", NO_ACCESS)
    if not known.is_running:
        await open_case(child["id"], today, answers.source, now=now)
    return known.is_running


async def _wait_for_access(actor: Actor, child: int, basis: str, now: datetime) -> None:
    """Who the asker is has not been checked yet: staff do at Access requests."""
    await Relationship(
        public_id=ids.public_id(), account=actor.account, child=child, basis=basis, state="waiting", accepted_at=now
    ).save()


async def _through(actor: Actor, answers: Answers) -> int | None:
    """The organisation through which the actor asks, where they work at this moment."""
    if not answers.through:
        return None
    found = [one.id for one in await workplaces_of(actor) if one.public_id == answers.through]
    if not found:
        raise Refused(NOT_THERE)
    return found[0]


async def _remember(
    actor: Actor, opened: Mapping[str, Any], answers: Answers, through: int | None, now: datetime
) -> None:
    request = AssessmentRequest(
        public_id=ids.public_id(),
        ehc_case=opened["ehc_case"],
        account=actor.account,
        answers=json.dumps(asdict(answers), default=str),
        sent_at=now,
        organisation=through,
    )
    await request.save()
    detail = {"asker": answers.asker, "source": answers.source, "again": bool(answers.again)}
    if through:
        detail["organisation"] = through
    await audit.record(
        "family:assessment:requested",
        now=now,
        actor=actor,
        child=opened["child"],
        subject=request.public_id,
        detail=detail,
    )
