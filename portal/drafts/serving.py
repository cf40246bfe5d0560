"""The SEND team serves a draft plan on each adult by themself, gives more time, and answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import DraftPlan, DraftPlanAnswer, DraftPlanExtension
from portal import audit, notices
from portal.access.queries import AdultWithAccess, ChildRecord, adults_of
from portal.actor import Actor
from portal.cases.clock import waiting_since
from portal.cases.commands import record_decision
from portal.cases.rules import CaseFacts, Decision
from portal.cases.served import stands
from portal.cases.stored import StoredCase, newest_case_to_change
from portal.dates import london_day
from portal.drafts import rules
from portal.drafts.carrying import carry
from portal.drafts.queries import Response
from portal.drafts.running import RUNS
from portal.drafts.telling import tell_adult
from portal.errors import NotFound, RuleBroken
from portal.files.scanning import OPENABLE
from portal.ids import public_id
from portal.notices import Recipient

OVER = (
    "There is a final plan, or the assessment has ended. So there is no draft to comment on now. "
    "Record changes after a review, or another assessment, first"
)
TOLD_BEFORE = "We told you this last day before."


@dataclass(frozen=True)
class Serving:
    """Which document is the draft, and on whom it is served (accounts' public ids).

    `on_paper` is the day on which they had it on paper; None serves it in the portal, today.
    """

    document: str
    adults: Collection[str]
    on_paper: date | None = None


_DOCUMENT = """
SELECT d.id, d.document_date, f.scan_state FROM document d JOIN stored_file f ON f.id = d.file
WHERE d.public_id = {} AND d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL FOR UPDATE OF d
"""

_RECIPIENT = """
INSERT INTO draft_plan_recipient (draft_plan, account, served_on, on_paper, notice, recorded_by, recorded_at)
VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id
"""

_SHOW = """
INSERT INTO document_recipient AS r (document, account, served_at, notice, posted_on, posted_by)
VALUES ({}, {}, {}, {}, {}, {})
ON CONFLICT (document, account) WHERE recalled_at IS NULL DO UPDATE SET notice = coalesce(r.notice, excluded.notice),
    posted_on = coalesce(r.posted_on, excluded.posted_on), posted_by = coalesce(r.posted_by, excluded.posted_by)
"""
"""Whoever gets the email about the draft gets no other about its document, and what they have on paper is posted."""

_SERVED_BEFORE = """
SELECT r.served_on, array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id) AS untils
FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan
WHERE p.ehc_case = {} AND r.account = {} AND r.id <> {}
"""

_TO_EXTEND = f"""
SELECT r.id, r.account, r.served_on,
    array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id) AS untils
FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan JOIN account a ON a.id = r.account
JOIN document d ON d.id = p.document JOIN ehc_case k ON k.id = p.ehc_case AND {RUNS}
WHERE p.child = {{}} AND a.public_id = {{}} AND {stands()} ORDER BY r.id DESC LIMIT 1 FOR UPDATE OF r
"""


async def serve(actor: Actor, child: ChildRecord, serving: Serving, *, today: date, now: datetime) -> str:
    """Serve a published document as the draft plan (CFA s.38(1), reg 13(1)) and mail each adult. Gives its public id.

    The same document can be served on another adult later, with that adult's own day and own 15 days. What
    somebody had saved about an earlier draft and not sent is with the new one from now on, and no adult gets an
    earlier last day than they were told. The case gets the decision `draft_served` when this assessment has none (of
    changes after a review it knows before). Nobody but these adults is told. Raises RuleBroken on `document`,
    `served` or `recipient`.
    """
    async with DB.transaction():
        case = await running_case(child, "document")
        document = await _document(child, serving.document, now)
        if serving.on_paper:
            since, dated = _since(case.facts), document["document_date"]
            rules.may_serve_on_paper(serving.on_paper, today, since=since, dated=dated)
        adults = _chosen(await adults_of(child.id), serving.adults)
        draft = await _draft_of(actor, child, case, document["id"], now)
        service = _Service(actor, child, draft, serving.on_paper or today, bool(serving.on_paper), now)
        for adult in adults:
            await _serve_on(adult, service)
        told = {"to": [one.account for one in adults], "on": service.on, "on_paper": service.on_paper}
        await audit.record(
            "staff:draft:served", now=now, actor=actor, child=child.id, subject=draft.public_id, detail=told
        )
        await _note_served(actor, child, case.facts, service.on, today=today, now=now)
    return str(draft.public_id)


async def extend(
    actor: Actor, child: ChildRecord, adult: str, until: date, reason: str, *, today: date, now: datetime
) -> str:
    """Give one adult (by the account's public id) more time, and mail nobody but them.

    Gives what `tell_adult` gives. Raises RuleBroken on `until`, and NotFound when they have no draft.
    """
    async with DB.transaction():
        await running_case(child, "until")
        row = await fetch_one(_TO_EXTEND, child.id, adult)
        if row is None:
            raise NotFound
        rules.may_extend(until, rules.last_day(row["served_on"], row["untils"]), today)
        await _add_time(row["id"], until, reason, actor, now)
        detail = {"to": row["account"], "until": until}
        await audit.record(
            "staff:draft:extended", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail
        )
        return await tell_adult("draft_time_extended", child, row["account"], now=now)


async def answer(
    actor: Actor, child: ChildRecord, response: Response, outcome: str, body: str, *, now: datetime
) -> str:
    """Answer what an adult sent, and mail them if they still have access. Gives what `tell_adult` gives.

    An answer is never changed: another one stands after it. Raises RuleBroken on `outcome`.
    """
    if outcome not in rules.outcomes(response.part):
        raise RuleBroken("outcome", "Choose what you did")
    async with DB.transaction():
        await DraftPlanAnswer(
            response=response.id, outcome=outcome, body=body, answered_by=actor.account, answered_at=now
        ).save()
        detail = {"part": response.part, "outcome": outcome}
        await audit.record(
            "staff:draft:answered", now=now, actor=actor, child=child.id, subject=response.public_id, detail=detail
        )
        return await tell_adult("draft_answered", child, response.account, now=now)


async def running_case(child: ChildRecord, field: str) -> StoredCase:
    """The newest case, held until the transaction ends. Raises RuleBroken on `field` once no draft counts in it."""
    case = await newest_case_to_change(child.id)
    if rules.commented_since(case.facts) is None:
        raise RuleBroken(field, OVER)
    return case


def _since(facts: CaseFacts) -> date:
    since = rules.commented_since(facts)
    assert since is not None, "running_case has looked"
    return since


@dataclass(frozen=True)
class _Service:
    """What is the same for everybody on whom a draft is served in one act."""

    actor: Actor
    child: ChildRecord
    draft: DraftPlan
    on: date
    on_paper: bool
    now: datetime


async def _document(child: ChildRecord, public_id: str, now: datetime) -> Mapping[str, Any]:
    row = await fetch_one(_DOCUMENT, public_id, child.id, now)
    if row is None:
        raise RuleBroken("document", "Choose a document that is published now")
    if row["scan_state"] not in OPENABLE:
        raise RuleBroken("document", "This file is being checked for viruses. Try again in a few minutes")
    return row


def _chosen(adults: Collection[AdultWithAccess], wanted: Collection[str]) -> list[AdultWithAccess]:
    chosen = [one for one in adults if one.public_id in wanted]
    if not chosen or len(chosen) != len(set(wanted)):
        raise RuleBroken("recipient", "Choose people who have access to this child's record now")
    for one in chosen:
        if not rules.may_be_served(one.basis):
            raise RuleBroken("recipient", f"{one.name} is here as a professional, so no days run for them")
    return chosen


async def _draft_of(actor: Actor, child: ChildRecord, case: StoredCase, document: int, now: datetime) -> DraftPlan:
    found: DraftPlan | None = await DraftPlan.objects().get(DraftPlan.document == document)
    if found is not None:
        if found.ehc_case != case.id or london_day(found.created_at) < _since(case.facts):
            raise RuleBroken("document", "This was the draft of an earlier plan. Add it once more as a new document")
        return found
    made = DraftPlan(
        public_id=public_id(),
        child=child.id,
        ehc_case=case.id,
        document=document,
        created_by=actor.account,
        created_at=now,
    )
    await made.save()
    return made


async def _serve_on(adult: AdultWithAccess, service: _Service) -> None:
    draft, now = service.draft, service.now
    about = {"reference": service.child.case_reference, "child": service.child.public_id}
    notice = await notices.queue("draft_served", Recipient(adult.email, adult.account), about, now=now)
    how = (service.on, service.on_paper, notice, service.actor.account, now)
    row = await fetch_one(_RECIPIENT, draft.id, adult.account, *how)
    if row is None:
        raise RuleBroken("recipient", f"This draft was served on {adult.name} already")
    posted = (service.on, service.actor.account) if service.on_paper else (None, None)
    await fetch(_SHOW, draft.document, adult.account, now, notice, *posted)
    await carry(draft.id, adult.account)
    await _keep_promise(row["id"], adult.account, service)


async def _keep_promise(recipient: int, account: int, service: _Service) -> None:
    """Whatever was served before, an earlier draft or a mistake: the adult has until the day they were told."""
    before = await fetch(_SERVED_BEFORE, service.draft.ehc_case, account, recipient)
    told = max((rules.last_day(row["served_on"], row["untils"]) for row in before), default=service.on)
    if told > rules.last_day(service.on):
        await _add_time(recipient, told, TOLD_BEFORE, service.actor, service.now)


async def _add_time(recipient: int, until: date, reason: str, actor: Actor, now: datetime) -> None:
    await DraftPlanExtension(
        recipient=recipient, until=until, reason=reason, recorded_by=actor.account, recorded_at=now
    ).save()


async def _note_served(
    actor: Actor, child: ChildRecord, facts: CaseFacts, on: date, *, today: date, now: datetime
) -> None:
    known, again = facts.day_of("draft_served"), waiting_since("reassessing", facts)
    if known and (again is None or known >= again):
        return
    if facts.has_plan and again is None:
        return  # That the changes were sent is recorded already: from that day on there is something to serve.
    try:
        await record_decision(actor, child, Decision("draft_served", on), today=today, now=now, by_hand=False)
    except RuleBroken as error:
        raise RuleBroken("served" if error.field == "on" else "document", error.message) from error
