"""The dates of the law, with its own examples, and that nothing ever moves them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision, LawfulException
from portal.errors import RuleBroken

RECEIVED = date(2026, 1, 5)
DAYS = st.dates(date(2015, 1, 1), date(2034, 12, 31))


def served(on: date, *more: Decision) -> CaseFacts:
    return CaseFacts(RECEIVED, "draft", decisions=(Decision("draft_served", on), *more))


def test_a_request_of_5_january_2026_has_these_dates() -> None:
    facts = CaseFacts(RECEIVED)
    assert rules.statutory_date("considering", facts) == date(2026, 2, 16)
    assert rules.statutory_date("deciding", facts) == date(2026, 4, 27)
    assert rules.statutory_date("final", facts) == date(2026, 5, 25)


def test_staff_are_warned_of_a_bank_holiday_and_the_date_stands() -> None:
    facts = CaseFacts(RECEIVED)
    assert [warning for warning in rules.warnings(facts) if "25 May 2026" in warning]
    assert rules.statutory_date("final", facts) == date(2026, 5, 25)


def test_a_draft_served_on_13_april_may_be_commented_on_until_27_april() -> None:
    assert rules.comments_last_day(served(date(2026, 4, 13))) == date(2026, 4, 27)


def test_the_time_to_comment_can_be_made_longer_and_never_shorter() -> None:
    day = date(2026, 4, 13)
    longer, shorter = Decision("comments_extended", date(2026, 5, 11)), Decision("comments_extended", date(2026, 4, 14))
    assert rules.comments_last_day(served(day, longer)) == date(2026, 5, 11)
    assert rules.comments_last_day(served(day, shorter)) == date(2026, 4, 27)


def test_each_adviser_has_six_weeks_from_the_day_asked() -> None:
    facts = CaseFacts(RECEIVED, "advice", decisions=(Decision("advice_requested", date(2026, 2, 17)),))
    assert rules.statutory_date("advice", facts) == date(2026, 3, 31)


def test_stages_without_a_date_in_law_have_none() -> None:
    facts = CaseFacts(RECEIVED)
    assert {stage for stage in rules.STAGES if rules.statutory_date(stage, facts) is None} == {
        "request",
        "advice",
        "draft",
        "finalising",
        "in_place",
    }


def test_an_order_does_not_do_a_stage() -> None:
    no, yes = Decision("decided_not_to_assess", date(2026, 2, 10)), Decision("ordered_to_assess", date(2026, 6, 1))
    assert rules.done_on("considering", CaseFacts(RECEIVED, "advice", decisions=(no, yes))) == date(2026, 2, 10)
    no_plan, order = Decision("decided_not_to_issue", date(2026, 4, 20)), Decision("ordered_to_issue", date(2026, 9, 1))
    assert rules.done_on("deciding", CaseFacts(RECEIVED, "deciding", decisions=(no_plan, order))) == date(2026, 4, 20)
    assert rules.done_on("deciding", CaseFacts(RECEIVED, "deciding", decisions=(yes,))) is None


def test_advice_asked_for_on_two_days_has_two_dates() -> None:
    first, second = date(2026, 2, 17), date(2026, 3, 10)
    decisions = tuple(Decision("advice_requested", on) for on in (second, first, first))
    assert rules.advice_dates(CaseFacts(RECEIVED, "advice", decisions=decisions)) == (
        (first, date(2026, 3, 31)),
        (second, date(2026, 4, 21)),
    )


def test_an_order_to_assess_starts_a_time_of_its_own() -> None:
    refused, ordered = (
        Decision("decided_not_to_assess", date(2026, 2, 10)),
        Decision("ordered_to_assess", date(2026, 6, 1)),
    )
    facts = CaseFacts(RECEIVED, "advice", decisions=(refused, ordered))
    assert rules.open_duties(facts) == [(date(2026, 8, 10), "deciding"), (date(2026, 9, 7), "final")]
    no_plan = Decision("decided_not_to_issue", date(2026, 7, 1))
    again = CaseFacts(
        RECEIVED, "deciding", decisions=(refused, ordered, no_plan, Decision("ordered_to_issue", date(2026, 9, 1)))
    )
    assert rules.open_duties(again) == [(date(2026, 11, 17), "final")]


@pytest.mark.parametrize("branch", rules.BRANCHES)
def test_nothing_is_due_when_an_assessment_has_ended(branch: str) -> None:
    assert rules.next_deadline(CaseFacts(RECEIVED, "considering", branch)) is None


decisions = st.lists(st.builds(Decision, st.sampled_from(sorted(rules.DECISIONS)), DAYS), max_size=6).map(tuple)
exceptions = st.lists(
    st.builds(
        LawfulException,
        kind=st.sampled_from(sorted(rules.EXCEPTIONS)),
        duty=st.sampled_from(sorted(rules.DUTIES)),
        starts=DAYS,
        reason=st.just("a reason"),
        approved_by=st.just("Mo Bell"),
        ends=st.none() | DAYS,
        revised_target=st.none() | DAYS,
    ),
    max_size=4,
).map(tuple)
facts_of = st.builds(
    CaseFacts, DAYS, st.sampled_from(rules.STAGES), st.sampled_from(("", *rules.BRANCHES)), decisions, exceptions
)


@given(facts_of)
def test_no_statutory_date_ever_moves(facts: CaseFacts) -> None:
    """Whatever happens, exceptions included; only an order of the Tribunal, or mediation, starts a new time."""
    assert rules.statutory_date("considering", facts) == facts.received + timedelta(days=42)
    if not facts.day_of("ordered_to_assess"):
        assert rules.statutory_date("deciding", facts) == facts.received + timedelta(days=112)
        if not facts.day_of("ordered_to_issue"):
            assert rules.statutory_date("final", facts) == facts.received + timedelta(days=140)


@given(facts_of)
def test_no_exception_moves_any_date(facts: CaseFacts) -> None:
    without = replace(facts, exceptions=())
    for duty in rules.LAW:
        assert rules.statutory_date(duty, facts) == rules.statutory_date(duty, without)
    assert rules.open_duties(facts) == rules.open_duties(without)


@given(facts_of)
def test_no_comment_window_is_under_fifteen_days(facts: CaseFacts) -> None:
    windows = [
        (facts.day_of("draft_served"), rules.comments_last_day(facts), "final_issued"),
        (rules.waiting_since("changing", facts), rules.changes_last_day(facts), "changed_plan_issued"),
    ]
    for start, last, ends in windows:
        if start is not None:
            assert last is not None
            assert (last - start).days + 1 >= 15
            with pytest.raises(RuleBroken):
                rules.may_record(ends, last, facts, last)
