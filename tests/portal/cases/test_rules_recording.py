"""What may be recorded, and when: each refusal says what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision, LawfulException
from portal.errors import RuleBroken
from tests.portal.cases.test_rules_statutory_dates import DAYS, facts_of

RECEIVED, TODAY = date(2026, 1, 5), date(2026, 6, 1)
ASSESS = Decision("decided_to_assess", date(2026, 2, 10))
SERVED = Decision("draft_served", date(2026, 4, 13))


def refusal(kind: str, on: date, facts: CaseFacts) -> str:
    with pytest.raises(RuleBroken) as broken:
        rules.may_record(kind, on, facts, TODAY)
    return broken.value.message


def test_a_decision_is_neither_before_the_request_nor_ahead() -> None:
    facts = CaseFacts(RECEIVED)
    assert "on or after" in refusal("decided_to_assess", date(2026, 1, 4), facts)
    assert "in the past" in refusal("decided_to_assess", date(2026, 6, 2), facts)
    rules.may_record("decided_to_assess", TODAY, facts, TODAY)


def test_a_draft_comes_after_the_decision_to_assess() -> None:
    assert "First record this" in refusal("draft_served", TODAY, CaseFacts(RECEIVED))
    rules.may_record("draft_served", TODAY, CaseFacts(RECEIVED, "deciding", decisions=(ASSESS,)), TODAY)


def test_the_final_plan_waits_for_the_fifteen_days() -> None:
    facts = CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED))
    assert "27 April 2026" in refusal("final_issued", date(2026, 4, 27), facts)
    rules.may_record("final_issued", date(2026, 4, 28), facts, TODAY)


def test_more_time_to_comment_is_more_than_the_law_gives() -> None:
    facts = CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED))
    assert "must be after" in refusal("comments_extended", date(2026, 4, 27), facts)
    rules.may_record("comments_extended", date(2026, 7, 1), facts, TODAY)


def test_nothing_more_is_decided_when_it_has_ended() -> None:
    assert "has ended" in refusal("decided_to_assess", TODAY, CaseFacts(RECEIVED, "considering", "withdrawn"))


def test_a_stage_that_stands_for_a_decision_needs_that_decision() -> None:
    with pytest.raises(RuleBroken, match="draft plan was sent"):
        rules.may_move("draft", CaseFacts(RECEIVED, "deciding"))
    rules.may_move("finalising", CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED)))


def exception(kind: str = "absent", duty: str = "final", ends: date | None = date(2026, 5, 1)) -> LawfulException:
    return LawfulException(kind, duty, date(2026, 4, 1), "Away", "Mo Bell", ends, None)


def test_an_absence_is_four_weeks_or_more() -> None:
    rules.may_except(exception(ends=date(2026, 4, 28)), CaseFacts(RECEIVED))
    for ends in (date(2026, 4, 27), None):
        with pytest.raises(RuleBroken, match="4 weeks"):
            rules.may_except(exception(ends=ends), CaseFacts(RECEIVED))


def test_a_closed_school_does_not_excuse_an_adviser() -> None:
    with pytest.raises(RuleBroken, match="does not allow"):
        rules.may_except(exception("school_closed", "advice"), CaseFacts(RECEIVED))


def test_waiting_lists_are_no_exception() -> None:
    with pytest.raises(RuleBroken, match="the law knows"):
        rules.may_except(exception("waiting_list"), CaseFacts(RECEIVED))


@given(facts_of, st.sampled_from(sorted(rules.DECISIONS)) | st.text(max_size=20), DAYS, DAYS)
def test_recording_is_allowed_or_refused_in_words_and_never_fails(
    facts: CaseFacts, kind: str, on: date, today: date
) -> None:
    refused: RuleBroken | None = None
    try:
        rules.may_record(kind, on, facts, today)
    except RuleBroken as broken:
        refused = broken
    assert refused is None or (refused.message and refused.field in {"kind", "on"})
