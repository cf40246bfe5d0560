"""Serving, more time, mistakes, recalls and the final plan in any order, by the real commands: each has 15 days."""

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

from db.engine import fetch
from db.tables import Document, StoredFile
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.commands import record_decision
from portal.cases.corrections import strike_out
from portal.cases.queries import case_of
from portal.cases.rules import Decision, comments_last_day
from portal.cases.stored import newest_case
from portal.documents.commands import recall, recall_from
from portal.drafts import mistakes, serving
from portal.drafts.queries import own_draft
from portal.drafts.serving import Serving
from portal.errors import NotFound, Refused, RuleBroken
from tests.database import empty
from tests.people import Cast, gather

pytestmark = pytest.mark.anyio

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OWNER: list[asyncpg.Connection] = []
ISSUED: list[date] = []
"""The days of the final plans that were issued in any run: that there are some shows that the runs get that far."""

ADULTS = st.sampled_from((0, 1))
PAPERS = st.sampled_from((0, 1, 2))


class OneDraft(RuleBasedStateMachine):
    """Dee has three papers that could be the draft. Amal and Ben are the adults."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.cast: Cast
        self.child: ChildRecord
        self.papers: list[str] = []
        from_thread.run(self.begin)

    async def begin(self) -> None:
        self.cast = await gather(self.now)
        self.child = await child_of(self.cast.dee, self.cast.priya.public_id, now=self.now)
        decided = Decision("decided_to_assess", date(2026, 2, 2))
        await record_decision(self.cast.dee, self.child, decided, today=self.today, now=self.now)
        self.papers = [await self.paper(number) for number in range(3)]
        both = Serving(self.papers[0], [one.public_id for one in self.adults])
        await serving.serve(self.cast.dee, self.child, both, today=self.today, now=self.now)

    async def paper(self, number: int) -> str:
        """A published document, dated some days before."""
        owner = self.cast.dee.account
        file = StoredFile(
            public_id=f"file{number}", child=self.child.id, name="draft.pdf", size=1, media_type="application/pdf",
            sha256="", stored_as="", scan_state="clean", uploaded_by=owner, created_at=self.now,
        )  # fmt: skip
        await file.save()
        paper = Document(
            public_id=f"paper{number}", child=self.child.id, file=file.id, description=f"Draft {number}",
            document_date=self.today - timedelta(days=5 * number), uploaded_by=owner, uploaded_at=self.now,
            published_at=self.now, published_by=owner,
        )  # fmt: skip
        await paper.save()
        return str(paper.public_id)

    def teardown(self) -> None:
        from_thread.run(empty, OWNER[0])

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def adults(self) -> tuple[Actor, Actor]:
        return self.cast.amal, self.cast.ben

    def do(self, act: Coroutine[Any, Any, str]) -> bool:
        async def run() -> bool:
            try:
                await act
            except (RuleBroken, NotFound, Refused):
                return False
            return True

        return from_thread.run(run)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(paper=PAPERS, adult=ADULTS, ago=st.none() | st.integers(0, 30))
    def serves(self, paper: int, adult: int, ago: int | None) -> None:
        on_paper = None if ago is None else self.today - timedelta(days=ago)
        self.serve(adult, Serving(self.papers[paper], [self.adults[adult].public_id], on_paper))

    def serve(self, adult: int, chosen: Serving) -> None:
        before = self.last_day(adult)
        if self.do(serving.serve(self.cast.dee, self.child, chosen, today=self.today, now=self.now)):
            day = chosen.on_paper or self.today
            assert self.last_day(adult) >= max(before, day + timedelta(days=14))

    @rule(adult=ADULTS, days=st.integers(-5, 40))
    def gives_time(self, adult: int, days: int) -> None:
        before, until = self.last_day(adult), self.today + timedelta(days=days)
        adult_id = self.adults[adult].public_id
        given = serving.extend(self.cast.dee, self.child, adult_id, until, "Illness", today=self.today, now=self.now)
        if self.do(given):
            assert self.last_day(adult) == until
            assert until > before

    @rule(paper=PAPERS, adult=ADULTS)
    def strikes_out_and_serves_again(self, paper: int, adult: int) -> None:
        before, who = self.last_day(adult), self.adults[adult].public_id
        draft = from_thread.run(self.draft_of, paper)
        if draft and self.do(mistakes.strike_out(self.cast.dee, self.child, draft, who, "A slip", now=self.now)):
            self.serve(adult, Serving(self.papers[paper], [who]))
            assert self.last_day(adult) >= before or self.last_day(adult) == date.min

    @rule(paper=PAPERS)
    def recalls(self, paper: int) -> None:
        self.do(recall(self.cast.dee, self.child, self.papers[paper], "A mistake", now=self.now))

    @rule(paper=PAPERS, adult=ADULTS)
    def takes_it_back_from_one(self, paper: int, adult: int) -> None:
        other, who = self.last_day(1 - adult), self.adults[adult].public_id
        self.do(recall_from(self.cast.dee, self.child, self.papers[paper], who, "A mistake", now=self.now))
        assert self.last_day(1 - adult) == other

    @rule()
    def strikes_out_of_the_timeline(self) -> None:
        recorded = from_thread.run(newest_case, self.child.id).facts.decisions
        if recorded:
            newest = max(recorded, key=lambda one: one.number).public_id
            self.do(strike_out(self.cast.dee, self.child, newest, "A mistake", now=self.now))

    @rule(after=st.integers(0, 40))
    def issues_the_final_plan(self, after: int) -> None:
        self.now += timedelta(days=after)
        windows = [self.last_day(adult) for adult in (0, 1)]
        final = Decision("final_issued", self.today)
        if self.do(record_decision(self.cast.dee, self.child, final, today=self.today, now=self.now)):
            ISSUED.append(self.today)
            assert self.today > max(windows)

    @invariant()
    def each_adult_reads_their_own_days_wherever_they_look(self) -> None:
        for adult in self.adults:
            of_the_draft, of_the_case = from_thread.run(self.looks, adult)
            assert of_the_draft == of_the_case

    @invariant()
    def nobody_has_fewer_than_fifteen_days(self) -> None:
        for row in from_thread.run(self.services):
            last = row["until"] or row["served_on"] + timedelta(days=14)
            assert (last - row["served_on"]).days >= 14
            assert row["on_paper"] or row["served_on"] >= row["recorded_at"].date()
            assert row["served_on"] >= row["document_date"]

    def last_day(self, adult: int) -> date:
        """The last day of one adult on the draft that they have now; long ago when there is none."""
        own, _ = from_thread.run(self.looks, self.adults[adult])
        return own or date.min

    async def looks(self, adult: Actor) -> tuple[date | None, date | None]:
        """The last day on the page of the draft, and on the pages of the case."""
        own = await own_draft(adult, self.child, now=self.now)
        case = await case_of(adult, self.child, today=self.today)
        stands = own is not None and not own.draft.is_taken_back
        return own.last_day if own and stands else None, comments_last_day(case.facts)

    async def draft_of(self, paper: int) -> str:
        rows = await fetch(
            "SELECT p.public_id FROM draft_plan p JOIN document d ON d.id = p.document WHERE d.public_id = {}",
            self.papers[paper],
        )
        return str(rows[0]["public_id"]) if rows else ""

    async def services(self) -> list[dict[str, Any]]:
        return await fetch(
            "SELECT r.*, d.document_date, (SELECT max(until) FROM draft_plan_extension e WHERE e.recipient = r.id)"
            " AS until FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan"
            " JOIN document d ON d.id = p.document"
        )


async def test_whatever_is_done_everybody_has_fifteen_days(db: asyncpg.Connection) -> None:
    OWNER[:], ISSUED[:] = [db], []
    few = settings(max_examples=15, stateful_step_count=15, deadline=None)
    await anyio.to_thread.run_sync(lambda: run_state_machine_as_test(OneDraft, settings=few))
    assert ISSUED
