"""What the SEND team does about a draft plan: serve it, give more time, answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import DraftPlan, DraftPlanAnswer, DraftPlanExtension
from portal import audit, notices
from portal.access.queries import AdultWithAccess, ChildRecord, adults_of
from portal.actor import Actor
from portal.cases.commands import record_decision
from portal.cases.rules import CaseFacts, Decision, comments_last_day
from portal.cases.stored import newest_case_to_change
from portal.drafts import rules
from portal.drafts.queries import Response
from portal.errors import NotFound, RuleBroken
from portal.files.scanning import OPENABLE
from portal.ids import public_id
from portal.notices import Recipient

OVER = "There is a final plan, or the assessment has ended. So there is no draft to comment on now"


@dataclass(frozen=True)
class Serving:
    """Which document is the draft, on which day it was served, and on whom (accounts' public ids)."""

    document: str
    on: date
    adults: Collection[str]


_DOCUMENT = """
SELECT d.id, f.scan_state FROM document d JOIN stored_file f ON f.id = d.file
WHERE d.public_id = {} AND d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL FOR UPDATE OF d
"""

_RECIPIENT = """
INSERT INTO draft_plan_recipient (draft_plan, account, served_on, recorded_by, recorded_at)
VALUES ({}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id
"""

_SHOW = "INSERT INTO document_recipient (document, account, served_at) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING"

_CARRY = """
UPDATE draft_plan_response s SET draft_plan = {} FROM draft_plan p
WHERE p.id = s.draft_plan AND p.child = {} AND s.account = {} AND s.sent_at IS NULL
"""

_TO_EXTEND = """
SELECT r.id, r.account, r.served_on, a.email,
    array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id) AS untils
FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan JOIN account a ON a.id = r.account
WHERE p.child = {} AND a.public_id = {} ORDER BY r.id DESC LIMIT 1 FOR UPDATE OF r
"""

_AUTHOR = """
SELECT a.id, a.email FROM account a JOIN relationship r ON r.account = a.id AND r.child = {} AND r.state = 'active'
WHERE a.id = {} AND a.disabled_at IS NULL
"""


async def serve(actor: Actor, child: ChildRecord, serving: Serving, *, today: date, now: datetime) -> str:
    """Serve a published document as the draft plan (CFA s.38(1), reg 13(1)) and mail each adult. Gives its public id.

    The same document can be served on another adult later, with that adult's own day and own 15 days. What
    somebody had saved about an earlier draft and not sent is with the new one from now on. The case gets the
    decision `draft_served` when it has none of that day or later. Raises RuleBroken on `document`, `served` or
    `recipient`.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        if case.facts.branch or case.facts.stage in rules.OVER_AT:
            raise RuleBroken("document", OVER)
        rules.may_serve(serving.on, today, case.facts.received)
        document = await _document(child, serving.document, now)
        adults = [one for one in await adults_of(child.id) if one.public_id in serving.adults]
        if not adults or len(adults) != len(set(serving.adults)):
            raise RuleBroken("recipient", "Choose people who have access to this child's record now")
        draft = await _draft_of(actor, child, case.id, document, now)
        for adult in adults:
            await _serve_on(adult, draft, serving.on, actor, child, now)
        told = {"to": [one.account for one in adults], "on": serving.on}
        await audit.record(
            "staff:draft:served", now=now, actor=actor, child=child.id, subject=draft.public_id, detail=told
        )
        await _note_served(actor, child, case.facts, serving.on, today=today, now=now)
    return str(draft.public_id)


async def extend(
    actor: Actor, child: ChildRecord, adult: str, until: date, reason: str, *, today: date, now: datetime
) -> str:
    """Give one adult (by the account's public id) more time, and mail them. Gives that id.

    The case gets the decision `comments_extended` when this is its latest day, without the reason: the other
    adults read what is recorded there. Raises RuleBroken on `until`, and NotFound when no draft was served on them.
    """
    async with DB.transaction():
        facts = (await newest_case_to_change(child.id)).facts
        if facts.branch or facts.stage in rules.OVER_AT:
            raise RuleBroken("until", OVER)
        row = await fetch_one(_TO_EXTEND, child.id, adult)
        if row is None:
            raise NotFound
        rules.may_extend(until, rules.last_day(row["served_on"], row["untils"]), today)
        await DraftPlanExtension(
            recipient=row["id"], until=until, reason=reason, recorded_by=actor.account, recorded_at=now
        ).save()
        detail = {"to": row["account"], "until": until}
        await audit.record(
            "staff:draft:extended", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail
        )
        await _tell_author("draft_time_extended", child, row["account"], now)
        known = comments_last_day(facts)
        if known is not None and until > known:
            await record_decision(actor, child, Decision("comments_extended", until), today=today, now=now)
    return adult


async def answer(
    actor: Actor, child: ChildRecord, response: Response, outcome: str, body: str, *, now: datetime
) -> str:
    """Answer what an adult sent, and mail them if they still have access. Gives the response's public id.

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
        await _tell_author("draft_answered", child, response.account, now)
    return response.public_id


async def _document(child: ChildRecord, public_id: str, now: datetime) -> int:
    row = await fetch_one(_DOCUMENT, public_id, child.id, now)
    if row is None:
        raise RuleBroken("document", "Choose a document that is published now")
    if row["scan_state"] not in OPENABLE:
        raise RuleBroken("document", "This file is being checked for viruses. Try again in a few minutes")
    return int(row["id"])


async def _draft_of(actor: Actor, child: ChildRecord, case: int, document: int, now: datetime) -> DraftPlan:
    found: DraftPlan | None = await DraftPlan.objects().get(DraftPlan.document == document)
    if found is not None:
        return found
    made = DraftPlan(
        public_id=public_id(),
        child=child.id,
        ehc_case=case,
        document=document,
        created_by=actor.account,
        created_at=now,
    )
    await made.save()
    return made


async def _serve_on(
    adult: AdultWithAccess, draft: DraftPlan, on: date, actor: Actor, child: ChildRecord, now: datetime
) -> None:
    if not await fetch(_RECIPIENT, draft.id, adult.account, on, actor.account, now):
        raise RuleBroken("recipient", f"This draft was served on {adult.name} already")
    await fetch(_SHOW, draft.document, adult.account, now)
    await fetch(_CARRY, draft.id, child.id, adult.account)
    await notices.queue("draft_served", Recipient(adult.email, adult.account), _about(child), now=now)


async def _note_served(
    actor: Actor, child: ChildRecord, facts: CaseFacts, on: date, *, today: date, now: datetime
) -> None:
    """The final plan must wait for the adult who got the draft last, so the latest day is the case's."""
    known = facts.day_of("draft_served")
    if known is not None and known >= on:
        return
    try:
        await record_decision(actor, child, Decision("draft_served", on), today=today, now=now)
    except RuleBroken as error:
        raise RuleBroken("served" if error.field == "on" else "document", error.message) from error


async def _tell_author(kind: str, child: ChildRecord, account: int, now: datetime) -> None:
    author: dict[str, Any] | None = await fetch_one(_AUTHOR, child.id, account)
    if author:
        await notices.queue(kind, Recipient(author["email"], author["id"]), _about(child), now=now)


def _about(child: ChildRecord) -> dict[str, str]:
    return {"reference": child.case_reference, "child": child.public_id}
