"""Which reasons the law knows for being late, for which duty and when; each refusal says what to do."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision, LawfulException
from portal.errors import RuleBroken
from tests.portal.cases.test_rules_statutory_dates import DAYS

RECEIVED, TODAY = date(2026, 1, 5), date(2026, 4, 2)
ASKED = Decision("advice_requested", date(2026, 2, 16))


def exception(kind: str = "absent", duty: str = "final", ends: date | None = date(2026, 5, 1)) -> LawfulException:
    return LawfulException(kind, duty, date(2026, 4, 1), "Away", "Mo Bell", ends, None)


def test_an_absence_is_four_weeks_or_more() -> None:
    rules.may_except(exception(ends=date(2026, 4, 28)), CaseFacts(RECEIVED), TODAY)
    for ends in (date(2026, 4, 27), None):
        with pytest.raises(RuleBroken, match="4 weeks"):
            rules.may_except(exception(ends=ends), CaseFacts(RECEIVED), TODAY)


def test_a_closed_school_does_not_excuse_an_adviser() -> None:
    with pytest.raises(RuleBroken, match="does not allow"):
        rules.may_except(exception("school_closed", "advice"), CaseFacts(RECEIVED), TODAY)


def test_waiting_lists_are_no_exception() -> None:
    with pytest.raises(RuleBroken, match="the law knows"):
        rules.may_except(exception("waiting_list"), CaseFacts(RECEIVED), TODAY)


def test_a_reason_and_who_approved_it_are_always_given() -> None:
    with pytest.raises(RuleBroken, match="Enter the reason"):
        rules.may_except(replace(exception(), reason="  "), CaseFacts(RECEIVED), TODAY)
    with pytest.raises(RuleBroken, match="Enter who approved it"):
        rules.may_except(replace(exception(), approved_by=""), CaseFacts(RECEIVED), TODAY)


def test_the_reason_lies_in_the_time_that_the_law_gives() -> None:
    personal = exception("personal", ends=None)
    rules.may_except(replace(personal, starts=date(2026, 5, 25)), CaseFacts(RECEIVED), TODAY)
    rules.may_except(replace(personal, starts=date(2025, 12, 1)), CaseFacts(RECEIVED), TODAY)
    with pytest.raises(RuleBroken, match="not be after the date in law, Monday 25 May 2026"):
        rules.may_except(replace(personal, starts=date(2026, 5, 26)), CaseFacts(RECEIVED), TODAY)
    before = replace(personal, starts=date(2025, 12, 1), ends=date(2026, 1, 4))
    with pytest.raises(RuleBroken, match="not be before the clock started"):
        rules.may_except(before, CaseFacts(RECEIVED), TODAY)


def test_an_adviser_is_excused_only_within_the_six_weeks_from_being_asked() -> None:
    missed = LawfulException("missed_appointment", "advice", date(2026, 3, 2), "Flu", "Mo Bell", date(2026, 3, 2))
    facts = CaseFacts(RECEIVED, "advice", decisions=(ASKED,))
    rules.may_except(missed, facts, TODAY)
    with pytest.raises(RuleBroken, match="First record this: Advice was asked for"):
        rules.may_except(missed, CaseFacts(RECEIVED, "advice"), TODAY)
    with pytest.raises(RuleBroken, match="before the clock started on Monday 16 February 2026"):
        rules.may_except(replace(missed, starts=date(2026, 2, 13), ends=date(2026, 2, 13)), facts, TODAY)


def test_a_new_target_is_after_the_date_in_law() -> None:
    rules.may_except(replace(exception(), revised_target=date(2026, 5, 26)), CaseFacts(RECEIVED), TODAY)
    with pytest.raises(RuleBroken, match="must be after the date in law, Monday 25 May 2026"):
        rules.may_except(replace(exception(), revised_target=date(2026, 5, 25)), CaseFacts(RECEIVED), TODAY)


def test_a_new_target_is_neither_past_nor_years_away() -> None:
    for target, said in ((date(2026, 6, 1), "today or later"), (date(2227, 6, 1), "within a year")):
        with pytest.raises(RuleBroken, match=said):
            rules.may_except(replace(exception(), revised_target=target), CaseFacts(RECEIVED), date(2026, 6, 2))


def decided(on: date, branch: str = "") -> CaseFacts:
    return CaseFacts(RECEIVED, "advice", branch, (Decision("decided_to_assess", on),))


def test_what_was_done_in_time_needs_no_exception_and_what_was_late_can_still_be_excused() -> None:
    personal = replace(exception("personal", "considering", ends=None), starts=date(2026, 2, 2))
    with pytest.raises(RuleBroken, match="done in time, on Monday 16 February 2026"):
        rules.may_except(personal, decided(date(2026, 2, 16)), TODAY)
    late = decided(date(2026, 2, 17))
    rules.may_except(personal, late, TODAY)
    with pytest.raises(RuleBroken, match="so there is no new target"):
        rules.may_except(replace(personal, revised_target=date(2026, 5, 1)), late, TODAY)


def test_what_the_case_needs_no_more_is_not_excused() -> None:
    for facts in (decided(date(2026, 2, 10), "withdrawn"), CaseFacts(RECEIVED, "in_place")):
        with pytest.raises(RuleBroken, match="does not need this date"):
            rules.may_except(exception(), facts, TODAY)


CLOSED = LawfulException(
    "school_closed", "deciding", date(2026, 3, 2), "Flood", "Mo Bell", date(2026, 4, 5), date(2026, 5, 11)
)


def test_a_closed_school_was_asked_from_a_week_before_it_closed_to_a_week_before_it_opens() -> None:
    assert rules.advice_window(CLOSED) == (date(2026, 2, 23), date(2026, 3, 30))
    assert rules.advice_window(replace(CLOSED, ends=None)) is None


@pytest.mark.parametrize(
    ("asked", "warned"),
    [
        (date(2026, 2, 22), True),
        (date(2026, 2, 23), False),
        (date(2026, 3, 30), False),
        (date(2026, 3, 31), True),
    ],
)
def test_the_team_is_warned_when_a_closed_school_was_not_asked_in_time(asked: date, warned: bool) -> None:
    decisions = (Decision("advice_requested", asked),)
    facts = CaseFacts(RECEIVED, "advice", decisions=decisions, exceptions=(CLOSED, replace(CLOSED, duty="final")))
    told = [warning for warning in rules.warnings(facts) if warning.startswith("A closed school")]
    assert len(told) == warned


@given(st.builds(replace, st.just(exception()), starts=DAYS, ends=st.none() | DAYS, revised_target=st.none() | DAYS))
def test_an_absence_is_lawful_exactly_when_it_is_four_weeks_and_touches_the_twenty(absence: LawfulException) -> None:
    facts = CaseFacts(date(2024, 1, 1))
    due, today = rules.statutory_date("final", facts), facts.received
    assert due is not None
    lawful = (
        absence.ends is not None
        and (absence.ends - absence.starts).days + 1 >= 28
        and absence.starts <= due
        and absence.ends >= facts.received
        and (absence.revised_target is None or due < absence.revised_target <= today + timedelta(days=366))
    )
    with nullcontext() if lawful else pytest.raises(RuleBroken):
        rules.may_except(absence, facts, today)
