"""A case is opened, moved and decided on; its next deadline is kept for the caseload."""

import asyncio
from datetime import date, timedelta

import pytest

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord, child_of
from portal.advice import commands as advice
from portal.advice.commands import Advice, NewAdviser
from portal.cases import commands, deadline
from portal.cases.rules import AskedAdviser, Decision, LawfulException
from portal.cases.stored import newest_case
from portal.errors import NotFound, RuleBroken
from tests.conftest import Clock
from tests.people import Cast

pytestmark = pytest.mark.anyio

TODAY = date(2026, 3, 9)


async def priya(cast: Cast, clock: Clock) -> ChildRecord:
    return await child_of(cast.dee, cast.priya.public_id, now=clock.now)


async def decide(cast: Cast, clock: Clock, kind: str, on: date) -> None:
    child = await priya(cast, clock)
    await commands.record_decision(cast.dee, child, Decision(kind, on), today=TODAY, now=clock.now)


async def next_deadline(cast: Cast) -> date | None:
    row = await fetch_one(
        "SELECT next_deadline FROM ehc_case WHERE child = {} ORDER BY received_on DESC LIMIT 1", cast.priya.id
    )
    return row["next_deadline"] if row else None


async def test_a_new_case_starts_the_clock_on_the_day_of_the_request(cast: Cast, clock: Clock) -> None:
    case = await commands.open_case(cast.priya.id, date(2026, 3, 2), "parent", now=clock.now)
    stored = await newest_case(cast.priya.id)
    assert (stored.id, stored.facts.received, stored.facts.stage) == (case, date(2026, 3, 2), "request")
    assert await next_deadline(cast) == date(2026, 4, 13)


async def test_the_next_deadline_follows_the_decisions(cast: Cast, clock: Clock) -> None:
    case = await newest_case(cast.priya.id)
    await deadline.refresh(case.id, clock.now)
    assert await next_deadline(cast) == date(2026, 2, 16)
    await decide(cast, clock, "decided_to_assess", date(2026, 2, 10))
    assert await next_deadline(cast) == date(2026, 4, 27)
    await decide(cast, clock, "decided_to_issue", date(2026, 3, 1))
    assert await next_deadline(cast) == date(2026, 5, 25)
    await decide(cast, clock, "withdrawn", TODAY)
    assert await next_deadline(cast) is None


async def test_a_decision_recorded_late_does_not_move_the_case_back(cast: Cast, clock: Clock) -> None:
    await decide(cast, clock, "decided_to_assess", date(2026, 2, 10))
    await decide(cast, clock, "decided_to_issue", date(2026, 3, 1))
    await decide(cast, clock, "advice_requested", date(2026, 2, 11))
    assert (await newest_case(cast.priya.id)).facts.stage == "deciding"


async def test_an_exception_is_kept_whole_and_moves_no_date(cast: Cast, clock: Clock) -> None:
    exception = LawfulException(
        kind="absent",
        duty="final",
        starts=TODAY,
        ends=TODAY + timedelta(days=30),
        reason="Abroad for a funeral",
        approved_by="Mo Bell",
        revised_target=date(2026, 6, 22),
    )
    await commands.record_exception(cast.dee, await priya(cast, clock), exception, today=TODAY, now=clock.now)
    assert (await newest_case(cast.priya.id)).facts.exceptions == (exception,)
    assert await next_deadline(cast) == date(2026, 2, 16)


async def test_a_plan_that_was_taken_over_mails_nobody_and_has_a_review_date(cast: Cast, clock: Clock) -> None:
    await decide(cast, clock, "plan_taken_over", date(2025, 6, 2))
    case = (await newest_case(cast.priya.id)).facts
    assert (case.stage, case.has_plan) == ("in_place", True)
    assert await next_deadline(cast) == date(2026, 6, 1)
    assert not await fetch("SELECT 1 FROM notice")


async def test_the_answers_of_advisers_are_among_the_facts(cast: Cast, clock: Clock) -> None:
    await decide(cast, clock, "decided_to_assess", date(2026, 2, 10))
    child, asked = await priya(cast, clock), date(2026, 2, 11)
    for name in ("Dr Low", "Dr Hay"):
        one = await advice.ask(cast.dee, child, NewAdviser("health", name, "Clinic", asked), today=TODAY, now=clock.now)
    came = Advice(date(2026, 3, 2), "", "")
    await advice.record_return(cast.dee, child, one, came, today=TODAY, now=clock.now)
    facts = (await newest_case(cast.priya.id)).facts
    assert facts.advisers == (AskedAdviser(asked), AskedAdviser(asked, date(2026, 3, 2)))


async def test_two_people_who_end_a_case_at_once_end_it_once(cast: Cast, clock: Clock) -> None:
    both = (decide(cast, clock, "withdrawn", TODAY), decide(cast, clock, "withdrawn", TODAY))
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [RuleBroken]
    assert len(await fetch("SELECT 1 FROM case_decision")) == 1


async def test_the_audit_entry_holds_no_words_of_the_note(cast: Cast, clock: Clock) -> None:
    decision = Decision("decided_to_assess", TODAY, "Secret reasons")
    await commands.record_decision(cast.dee, await priya(cast, clock), decision, today=TODAY, now=clock.now)
    row = await fetch_one(
        "SELECT e.event, e.actor, d.detail::text FROM audit_entry e JOIN audit_detail d ON d.entry = e.id"
        " ORDER BY e.id DESC LIMIT 1"
    )
    assert row is not None
    assert (row["event"], row["actor"]) == ("staff:decision:recorded", cast.dee.account)
    assert "decided_to_assess" in row["detail"]
    assert "Secret" not in row["detail"]


async def test_a_key_date_is_removed_once(cast: Cast, clock: Clock) -> None:
    child = await priya(cast, clock)
    added = await commands.add_key_date(cast.dee, child, TODAY, "Meeting", today=TODAY, now=clock.now)
    await commands.remove_key_date(cast.dee, child, added, now=clock.now)
    with pytest.raises(NotFound):
        await commands.remove_key_date(cast.dee, child, added, now=clock.now)


async def test_a_child_without_a_case_has_nothing_to_show(cast: Cast, clock: Clock) -> None:
    await fetch("DELETE FROM ehc_case WHERE child = {}", cast.priya.id)
    with pytest.raises(NotFound):
        await newest_case(cast.priya.id)
    with pytest.raises(NotFound):
        await decide(cast, clock, "withdrawn", TODAY)
