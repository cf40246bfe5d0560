"""What the SEND team does to a case: open it, move it, record decisions, exceptions and key dates.

The family is told of each act by email, in the same transaction. `today` is the day in London.
"""

from collections.abc import Mapping
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Case, CaseDate, CaseDecision, CaseException
from portal import audit, ids
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases import rules
from portal.cases.deadline import refresh
from portal.cases.facts import OF_ONE_ADULT
from portal.cases.notify import tell_family
from portal.cases.rules import STAGES, Decision, LawfulException
from portal.cases.stored import newest_case_to_change
from portal.errors import NotFound, RuleBroken

_STRIKE = """
UPDATE case_decision SET struck_at = {}, struck_by = {}, strike_reason = {} WHERE id = (
    SELECT id FROM case_decision WHERE ehc_case = {} AND struck_at IS NULL ORDER BY id DESC LIMIT 1
) RETURNING kind, happened_on
"""

_KINDS_KEPT = "SELECT kind FROM case_decision WHERE ehc_case = {} AND struck_at IS NULL ORDER BY id"


async def open_case(child_id: int, received_on: date, source: str, *, now: datetime) -> int:
    """Start the statutory clock for a child (CFA 2014 s.36(1)): `received_on` is day 0. Gives the case's id."""
    async with DB.transaction():
        case = Case(
            child=child_id,
            received_on=received_on,
            source=source,
            stage=STAGES[0],
            branch="",
            opened_at=now,
            updated_at=now,
        )
        await case.save()
        await refresh(case.id, now)
    return int(case.id)


async def move_stage(actor: Actor, child: ChildRecord, stage: str, *, today: date, now: datetime) -> str:
    """Move the case to another stage by hand. Gives the stage. Raises RuleBroken on `stage`."""
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        rules.may_move(stage, case.facts, today)
        await _insert_decision(actor, case.id, Decision(f"moved_to_{stage}", today), now)
        await _place(case.id, stage, case.facts.branch)
        await _close(actor, child, case.id, "stage:moved", {"from": case.facts.stage, "to": stage}, now)
        await tell_family("stage_changed", child, now=now)
    return stage


async def record_decision(
    actor: Actor, child: ChildRecord, decision: Decision, *, today: date, now: datetime, by_hand: bool = True
) -> str:
    """Record a decision, which may move the case or end it. Gives its kind. Raises RuleBroken on `kind` or `on`.

    One that is not made `by_hand` comes of an act that tells the people whom it concerns, so that nobody is told here.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        if by_hand:
            rules.may_record_by_hand(decision.kind, case.facts)
        rules.may_record(decision.kind, decision.on, case.facts, today)
        letter = await _insert_decision(actor, case.id, decision, now)
        await _place(case.id, *rules.place_after(decision.kind, case.facts))
        detail = {"kind": decision.kind, "on": decision.on}
        await _close(actor, child, case.id, "decision:recorded", detail, now)
        if by_hand and not rules.DECISIONS[decision.kind].is_quiet:
            await tell_family("decision_recorded", child, now=now, decision=letter)
    return decision.kind


async def strike_out(actor: Actor, child: ChildRecord, reason: str, *, now: datetime) -> str:
    """Take back the newest thing that was recorded, which was a mistake: it stays in the record, struck out.

    The case goes back to where it stood. Nobody is told of a draft that was served in the portal: only some know of it.
    Gives the kind. Raises RuleBroken on `reason` when there is nothing, or when it must stay.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        struck = await fetch_one(_STRIKE, now, actor.account, reason, case.id)
        if struck is None:
            raise RuleBroken("reason", "There is nothing to strike out")
        rules.may_strike(struck["kind"], case.facts)
        kept = [row["kind"] for row in await fetch(_KINDS_KEPT, case.id)]
        await _place(case.id, *rules.place_of(kept, case.facts))
        detail = {"kind": struck["kind"], "on": struck["happened_on"]}
        await _close(actor, child, case.id, "decision:struck_out", detail, now)
        if not (case.facts.served_here and struck["kind"] in OF_ONE_ADULT):
            await tell_family("decision_struck_out", child, now=now)
    return str(struck["kind"])


async def record_exception(
    actor: Actor, child: ChildRecord, exception: LawfulException, *, today: date, now: datetime
) -> str:
    """Record a lawful exception beside a statutory date, which stays where it is. Gives its duty.

    Raises RuleBroken on `kind`, `duty`, `ends` or `revised_target` (regs 5(4), 8(2), 10(4), 13(3)).
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        rules.may_except(exception, case.facts, today)
        letter = ids.public_id()
        await CaseException(
            public_id=letter,
            ehc_case=case.id,
            kind=exception.kind,
            duty=exception.duty,
            starts_on=exception.starts,
            ends_on=exception.ends,
            reason=exception.reason,
            revised_target=exception.revised_target,
            approved_by=exception.approved_by,
            recorded_by=actor.account,
            recorded_at=now,
        ).save()
        detail = {"kind": exception.kind, "duty": exception.duty, "target": exception.revised_target}
        await _close(actor, child, case.id, "exception:recorded", detail, now)
        await tell_family("exception_recorded", child, now=now, decision=letter)
    return exception.duty


async def add_key_date(actor: Actor, child: ChildRecord, on: date, title: str, *, today: date, now: datetime) -> str:
    """Add a date to Key Dates. Gives its public id. Raises RuleBroken on `on` when the day is over."""
    if on < today:
        raise RuleBroken("on", "The date must be today or later")
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        added = CaseDate(
            public_id=ids.public_id(),
            ehc_case=case.id,
            happens_on=on,
            title=title,
            recorded_by=actor.account,
            recorded_at=now,
        )
        await added.save()
        await _close(actor, child, case.id, "key_date:added", {"date": added.public_id, "on": on}, now)
        await tell_family("key_date_added", child, now=now)
    return added.public_id


async def remove_key_date(actor: Actor, child: ChildRecord, public_id: str, *, now: datetime) -> str:
    """Take out a date that the team had added. Gives its public id. Raises NotFound."""
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        gone = await fetch_one(
            "DELETE FROM case_date WHERE ehc_case = {} AND public_id = {} RETURNING happens_on", case.id, public_id
        )
        if gone is None:
            raise NotFound
        detail = {"date": public_id, "on": gone["happens_on"]}
        await _close(actor, child, case.id, "key_date:removed", detail, now)
        await tell_family("key_date_removed", child, now=now)
    return public_id


async def _insert_decision(actor: Actor, case: int, decision: Decision, now: datetime) -> str:
    """Gives the public id, which is the address of the letter."""
    row = CaseDecision(
        ehc_case=case,
        public_id=ids.public_id(),
        kind=decision.kind,
        happened_on=decision.on,
        note=decision.note,
        recorded_by=actor.account,
        recorded_at=now,
    )
    await row.save()
    return row.public_id


async def _place(case: int, stage: str, branch: str) -> None:
    await fetch("UPDATE ehc_case SET stage = {}, branch = {} WHERE id = {}", stage, branch, case)


async def _close(
    actor: Actor, child: ChildRecord, case: int, what: str, detail: Mapping[str, object], now: datetime
) -> None:
    """What every act ends with: the deadline for the caseload, and the audit entry."""
    await refresh(case, now)
    await audit.record(f"staff:{what}", now=now, actor=actor, child=child.id, subject=child.public_id, detail=detail)
