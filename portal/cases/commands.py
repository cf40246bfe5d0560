"""What the SEND team does to a case: open it, move it, record decisions, exceptions and key dates.

The family is told of each act by email, in the same transaction. `today` is the day in London.
"""

from datetime import date, datetime

from db.engine import DB, fetch_one
from db.tables import Case, CaseDate, CaseDecision, CaseException
from portal import ids
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases import rules
from portal.cases.acts import close, place
from portal.cases.deadline import refresh
from portal.cases.decision_letters import check_reasons
from portal.cases.notify import tell_family
from portal.cases.rights import may_go_on_in
from portal.cases.rules import DECISIONS, STAGES, Decision, LawfulException
from portal.cases.stored import StoredCase, case_to_change, newest_case_to_change
from portal.errors import NotFound, RuleBroken

_REMOVE_DATE = """
DELETE FROM case_date n USING ehc_case k WHERE k.id = n.ehc_case AND k.child = {} AND n.public_id = {}
RETURNING n.ehc_case, n.happens_on
"""


async def open_case(child_id: int, received_on: date, source: str, *, now: datetime) -> int:
    """Start the statutory clock for a child (CFA 2014 s.36(1)): `received_on` is day 0. Gives the case's id."""
    async with DB.transaction():
        case = Case(
            public_id=ids.public_id(),
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
        await place(case.id, stage, case.facts.branch)
        await close(actor, child, case.id, "stage:moved", {"from": case.facts.stage, "to": stage}, now)
        await tell_family("stage_changed", child, now=now)
    return stage


async def record_decision(
    actor: Actor,
    child: ChildRecord,
    decision: Decision,
    *,
    today: date,
    now: datetime,
    by_hand: bool = True,
    case: str = "",
) -> str:
    """Record a decision, which may move the case or end it. Gives its kind.

    One that is not made `by_hand` comes of an act that tells the people whom it concerns, so that nobody is told here.
    `case` is the public id of an earlier case, which a dispute may still be about. What an order about it starts
    again goes on in the newest case. Raises NotFound, or RuleBroken on `kind`, `on` or `note`.
    """
    async with DB.transaction():
        about = await case_to_change(child.id, case)
        if by_hand:
            rules.may_record_by_hand(decision.kind, about.facts)
        rules.may_record(decision.kind, decision.on, about.facts, today)
        check_reasons(decision)
        goes_on = await _where_it_goes_on(child, about, decision)
        letter = await _insert_decision(actor, goes_on.id, decision, now)
        await place(goes_on.id, *rules.place_after(decision.kind, goes_on.facts))
        detail = {"kind": decision.kind, "on": decision.on}
        await close(actor, child, goes_on.id, "decision:recorded", detail, now)
        if by_hand and not DECISIONS[decision.kind].is_quiet:
            await tell_family("decision_recorded", child, now=now, decision=letter)
    return decision.kind


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
            told=exception.told,
            revised_target=exception.revised_target,
            approved_by=exception.approved_by,
            recorded_by=actor.account,
            recorded_at=now,
        ).save()
        detail = {"kind": exception.kind, "duty": exception.duty, "target": exception.revised_target}
        await close(actor, child, case.id, "exception:recorded", detail, now)
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
        await close(actor, child, case.id, "key_date:added", {"date": added.public_id, "on": on}, now)
        await tell_family("key_date_added", child, now=now)
    return added.public_id


async def remove_key_date(actor: Actor, child: ChildRecord, public_id: str, *, now: datetime) -> str:
    """Take out a date that the team had added. Gives its public id. Raises NotFound."""
    async with DB.transaction():
        gone = await fetch_one(_REMOVE_DATE, child.id, public_id)
        if gone is None:
            raise NotFound
        detail = {"date": public_id, "on": gone["happens_on"]}
        await close(actor, child, gone["ehc_case"], "key_date:removed", detail, now)
        await tell_family("key_date_removed", child, now=now)
    return public_id


async def _where_it_goes_on(child: ChildRecord, about: StoredCase, decision: Decision) -> StoredCase:
    """The case in which a decision is carried out: for an order that reopens an earlier one, the newest."""
    if not DECISIONS[decision.kind].reopens:
        return about
    newest = await newest_case_to_change(child.id)
    if newest.id != about.id:
        may_go_on_in(newest.facts, decision)
    return newest


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
