"""Who must be asked, from when to when, and how lateness is said."""

from dataclasses import replace
from datetime import date

import pytest

from portal.advice import rules
from portal.cases.facts import CaseFacts, Decision
from portal.errors import RuleBroken

ASKED = date(2026, 1, 5)
FACTS = CaseFacts(date(2025, 12, 1), "advice", decisions=(Decision("decided_to_assess", ASKED),))


def test_an_adviser_has_six_weeks_from_the_day_asked() -> None:
    assert rules.due_on(ASKED) == date(2026, 2, 16)


@pytest.mark.parametrize(
    ("returned", "today", "words", "late"),
    [
        (None, date(2026, 2, 4), "12 days left", False),
        (None, date(2026, 2, 16), "due today", False),
        (None, date(2026, 2, 17), "late by 1 day", True),
        (date(2026, 2, 16), date(2026, 5, 1), "came in time", False),
        (date(2026, 2, 20), date(2026, 5, 1), "came 4 days late", True),
    ],
)
def test_how_it_stands_is_said_in_words(returned: date | None, today: date, words: str, late: bool) -> None:
    assert rules.in_words(ASKED, returned, today) == words
    assert rules.is_late(ASKED, returned, today) is late


@pytest.mark.parametrize(
    ("born", "on", "year"),
    [
        (date(2011, 9, 1), date(2016, 9, 1), 0),
        (date(2012, 8, 31), date(2016, 9, 1), 0),
        (date(2012, 9, 1), date(2026, 8, 31), 8),
        (date(2012, 9, 1), date(2026, 9, 1), 9),
    ],
)
def test_the_school_year_changes_on_1_september(born: date, on: date, year: int) -> None:
    assert rules.school_year(born, on) == year


def test_growing_up_belongs_to_it_from_year_9() -> None:
    always = ("family", "education", "health", "psychology", "social_care")
    assert rules.must_ask(date(2018, 4, 2), ASKED) == always
    assert rules.must_ask(date(2011, 4, 2), ASKED) == (*always, "adulthood")
    assert rules.must_ask(None, ASKED) == always
    assert rules.not_asked_yet(["health", "other"], None, ASKED) == ("family", "education", "psychology", "social_care")


def test_only_the_exceptions_of_regulation_8_are_offered() -> None:
    assert set(rules.LATE_REASONS) == {"personal", "absent", "missed_appointment"}


def test_nobody_is_asked_before_the_decision_to_assess_or_in_the_future() -> None:
    rules.may_ask(ASKED, FACTS, ASKED)
    for day, facts, message in (
        (ASKED, CaseFacts(date(2025, 12, 1)), "First record this decision"),
        (date(2026, 1, 4), FACTS, "on or after the decision to assess, Monday 5 January 2026"),
        (date(2026, 1, 6), FACTS, "today or in the past"),
        (ASKED, CaseFacts(ASKED, branch="withdrawn"), "has ended"),
        (ASKED, CaseFacts(ASKED, decisions=(Decision("final_issued", ASKED),)), "We will carry out another assessment"),
    ):
        with pytest.raises(RuleBroken, match=message):
            rules.may_ask(day, facts, ASKED)


def test_the_page_says_why_nobody_can_be_asked() -> None:
    assert rules.why_not(FACTS, ASKED) == ""
    assert rules.why_not(CaseFacts(ASKED), ASKED).startswith("First record this decision")


def test_each_day_on_which_somebody_was_asked_is_recorded_once() -> None:
    known = CaseFacts(ASKED, decisions=(Decision("advice_requested", ASKED),))
    assert not rules.needs_decision(ASKED, known)
    assert rules.needs_decision(date(2026, 1, 6), known)


def test_what_comes_back_comes_after_the_asking_and_not_tomorrow() -> None:
    rules.may_come("returned_on", ASKED, ASKED, ASKED)
    for day in (date(2026, 1, 4), date(2026, 1, 6)):
        with pytest.raises(RuleBroken):
            rules.may_come("returned_on", day, ASKED, ASKED)


def test_a_family_can_wish_until_the_plan() -> None:
    assert rules.may_wish(FACTS)
    assert not rules.may_wish(CaseFacts(ASKED, branch="not_assessing"))
    assert not rules.may_wish(CaseFacts(ASKED, decisions=(Decision("final_issued", ASKED),)))


def test_another_assessment_has_advice_of_its_own_until_its_plan() -> None:
    """CFA s.44(2) and regs 24 to 27: the days before it was agreed do not count for it."""
    plan, agreed = Decision("final_issued", date(2025, 3, 3)), Decision("reassessment_agreed", ASKED)
    again = CaseFacts(date(2024, 10, 1), "in_place", decisions=(*FACTS.decisions, plan, agreed))
    rules.may_ask(ASKED, again, ASKED)
    assert rules.may_wish(again)
    with pytest.raises(RuleBroken, match="on or after the decision to assess"):
        rules.may_ask(date(2025, 6, 2), again, ASKED)
    over = replace(again, decisions=(*again.decisions, Decision("reassessed_plan_kept", ASKED)))
    assert rules.why_not(over, ASKED) == "First record this decision: We will carry out another assessment"
    assert not rules.may_wish(over)
