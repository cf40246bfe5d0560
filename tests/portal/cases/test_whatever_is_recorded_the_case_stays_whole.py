"""Decisions, moves, exceptions and mistakes in any order, by the real commands: the case never contradicts itself."""

from collections.abc import Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any

import anyio
import asyncpg
import pytest
from anyio import from_thread
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from db.engine import fetch_one
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases import commands, rules
from portal.cases.corrections import strike_out
from portal.cases.rules import Decision, LawfulException
from portal.cases.stored import StoredCase, newest_case
from portal.errors import RuleBroken
from tests.database import empty
from tests.people import gather

pytestmark = pytest.mark.anyio

RECEIVED = date(2026, 1, 5)
START = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)
FIFTEEN_DAYS = timedelta(days=15)
DRAFTED, CHANGED = ("final_issued", "reassessed_plan_issued"), ("changed_plan_issued", "plan_kept", "transfer_named")
OWNER: list[asyncpg.Connection] = []


class OneCase(RuleBasedStateMachine):
    """Dee works on Priya's case, a few days passing between each act and the next."""

    known: tuple[tuple[str, date], ...] = ()
    """What was recorded before the first act."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.seen: StoredCase | None = None
        self.dee: Actor
        self.child: ChildRecord
        from_thread.run(self.begin)

    async def begin(self) -> None:
        cast = await gather(self.now)
        self.dee = cast.dee
        self.child = await child_of(cast.dee, cast.priya.public_id, now=self.now)
        for kind, on in self.known:
            self.now = datetime(on.year, on.month, on.day, 10, 0, tzinfo=UTC)
            await commands.record_decision(self.dee, self.child, Decision(kind, on), today=on, now=self.now)

    def teardown(self) -> None:
        from_thread.run(empty, OWNER[0])

    @property
    def today(self) -> date:
        return self.now.date()

    def do(self, act: Coroutine[Any, Any, str]) -> bool:
        async def run() -> bool:
            try:
                await act
            except RuleBroken:
                return False
            return True

        self.seen = None
        return from_thread.run(run)

    def case(self) -> StoredCase:
        """As it is stored; read again after each act."""
        self.seen = self.seen or from_thread.run(newest_case, self.child.id)
        return self.seen

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(data=st.data(), ago=st.integers(0, 20))
    def decides(self, data: st.DataObject, ago: int) -> None:
        offered = rules.recordable(self.case().facts, self.today)
        if offered:
            kind = data.draw(st.sampled_from(offered))
            decision = Decision(kind, self.today - timedelta(days=ago), "Because")
            self.do(commands.record_decision(self.dee, self.child, decision, today=self.today, now=self.now))

    @rule(data=st.data(), days=st.integers(0, 20))
    def ends_the_days_to_comment_as_soon_as_it_can(self, data: st.DataObject, days: int) -> None:
        offered = rules.recordable(self.case().facts, self.today)
        ending = [kind for kind in (*DRAFTED, *CHANGED) if kind in offered]
        if ending:
            self.now += timedelta(days=days)
            decision = Decision(data.draw(st.sampled_from(ending)), self.today)
            self.do(commands.record_decision(self.dee, self.child, decision, today=self.today, now=self.now))

    @rule(stage=st.sampled_from(rules.STAGES))
    def moves(self, stage: str) -> None:
        self.do(commands.move_stage(self.dee, self.child, stage, today=self.today, now=self.now))

    @rule(kind=st.sampled_from(sorted(rules.EXCEPTIONS)), duty=st.sampled_from(sorted(rules.DUTIES)))
    def excuses(self, kind: str, duty: str) -> None:
        before = self.case().facts
        ends = self.today + timedelta(weeks=5)
        exception = LawfulException(kind, duty, self.today, "Illness", "Mo Bell", ends, ends + timedelta(weeks=30))
        self.do(commands.record_exception(self.dee, self.child, exception, today=self.today, now=self.now))
        for law in rules.LAW:
            assert rules.statutory_date(law, self.case().facts) == rules.statutory_date(law, before)

    @rule()
    def strikes_out_what_was_recorded_by_mistake(self) -> None:
        before = self.case()
        kind = next(iter(rules.recordable(before.facts, self.today)), None)
        if kind is None:
            return
        decision = Decision(kind, self.today, "Because")
        if self.do(commands.record_decision(self.dee, self.child, decision, today=self.today, now=self.now)):
            newest = max(self.case().facts.decisions, key=lambda one: one.number)
            assert self.do(strike_out(self.dee, self.child, newest.public_id, "A mistake", now=self.now))
            assert self.case() == before

    @invariant()
    def the_caseload_sorts_by_the_next_date_in_law(self) -> None:
        row = from_thread.run(fetch_one, "SELECT next_deadline FROM ehc_case WHERE child = {}", self.child.id)
        assert row is not None
        if self.case().facts.decisions:
            assert row["next_deadline"] == rules.next_deadline(self.case().facts)

    @invariant()
    def the_dates_of_the_request_stand(self) -> None:
        facts = self.case().facts
        assert rules.statutory_date("considering", facts) == RECEIVED + timedelta(days=42)
        if not facts.day_of("ordered_to_assess", "ordered_to_issue"):
            assert rules.statutory_date("final", facts) == RECEIVED + timedelta(days=140)

    @invariant()
    def a_family_always_has_its_fifteen_days(self) -> None:
        facts = self.case().facts
        for begins, ends in (("draft_served", DRAFTED), ("changes_proposed", CHANGED)):
            for sent in (one.on for one in facts.decisions if one.kind == begins):
                assert not [one for one in facts.decisions if one.kind in ends and sent <= one.on < sent + FIFTEEN_DAYS]
        last = rules.comments_last_day(facts)
        if last and facts.stage == "finalising":
            assert self.today > last

    @invariant()
    def lateness_is_never_hidden_by_the_stage(self) -> None:
        facts = self.case().facts
        if rules.STAGES.index(facts.stage) > rules.STAGES.index("considering") and not facts.branch:
            assert facts.day_of("decided_to_assess", "ordered_to_assess", "plan_taken_over")


class FromDraft(OneCase):
    """The draft is with the family."""

    known = (("decided_to_assess", date(2026, 2, 10)), ("draft_served", date(2026, 4, 13)))


class FromPlan(OneCase):
    """There is a plan, its review is held, and the family reads the changes."""

    known = (
        *FromDraft.known,
        ("final_issued", date(2026, 5, 20)),
        ("review_meeting", date(2027, 3, 10)),
        ("changes_proposed", date(2027, 4, 6)),
    )


class FromAnotherAssessment(OneCase):
    """There is a plan, and the child is assessed again."""

    known = (
        *FromDraft.known,
        ("final_issued", date(2026, 5, 20)),
        ("reassessment_agreed", date(2026, 9, 10)),
        ("draft_served", date(2026, 11, 2)),
    )


@pytest.mark.parametrize("machine", [OneCase, FromDraft, FromPlan, FromAnotherAssessment])
async def test_whatever_is_recorded_the_case_stays_whole(db: asyncpg.Connection, machine: type[OneCase]) -> None:
    OWNER[:] = [db]
    few = settings(max_examples=8, stateful_step_count=12, deadline=None)
    await anyio.to_thread.run_sync(lambda: run_state_machine_as_test(machine, settings=few))
