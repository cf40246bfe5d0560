"""What a family is told about where the assessment stands: truthfully, on every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision, LawfulException
from portal.cases.stages import read_stages
from portal.cases.timescale import StageOnDay, Timescale, due_words, status_words, timescale
from tests.portal.cases.test_rules_statutory_dates import facts_of

RECEIVED = date(2026, 1, 5)
ASSESS = Decision("decided_to_assess", date(2026, 2, 10))


def on(facts: CaseFacts, today: date) -> Timescale:
    return timescale(facts, today, read_stages())


def stage(facts: CaseFacts, key: str, today: date) -> StageOnDay:
    return next(one for one in on(facts, today).stages if one.key == key)


def words(facts: CaseFacts, key: str, today: date) -> str:
    return status_words(stage(facts, key, today), today)


def test_week_nine_of_twenty() -> None:
    assert on(CaseFacts(RECEIVED), date(2026, 3, 2)).week_text == "Week 9 of 20"
    assert on(CaseFacts(RECEIVED), RECEIVED).week_text == "Week 1 of 20"
    assert on(CaseFacts(RECEIVED), date(2026, 6, 1)).week_text == "Week 22. The law gives 20 weeks."


def test_the_current_stage_says_how_many_days_are_left() -> None:
    facts = CaseFacts(RECEIVED, "considering")
    assert words(facts, "considering", date(2026, 2, 13)) == "3 days left"
    assert words(facts, "considering", date(2026, 2, 16)) == "due today"
    assert words(facts, "considering", date(2026, 2, 17)) == "late by 1 day"


def test_what_was_done_in_time_and_what_was_done_late_both_say_so() -> None:
    in_time = CaseFacts(RECEIVED, "advice", decisions=(ASSESS,))
    assert words(in_time, "considering", date(2026, 3, 2)) == "done on Tuesday 10 February 2026"
    late = CaseFacts(RECEIVED, "advice", decisions=(Decision("decided_to_assess", date(2026, 2, 28)),))
    assert words(late, "considering", date(2026, 3, 2)) == "done on Saturday 28 February 2026, 12 days late"


def test_an_exception_stands_beside_the_date_with_its_new_target() -> None:
    exception = LawfulException(
        "personal", "final", date(2026, 5, 1), "The child was in hospital", "Mo Bell", None, date(2026, 6, 3)
    )
    facts = CaseFacts(RECEIVED, "finalising", decisions=(ASSESS,), exceptions=(exception,))
    assert words(facts, "final", date(2026, 6, 6)) == "late by 12 days, new target Wednesday 3 June 2026"
    assert due_words(stage(facts, "final", date(2026, 6, 6))) == "due by Monday 25 May 2026"


def test_an_assessment_that_ended_is_never_late() -> None:
    no = Decision("decided_not_to_assess", date(2026, 2, 12))
    ended = on(CaseFacts(RECEIVED, "considering", "not_assessing", (no,)), date(2027, 1, 1))
    assert [one.state for one in ended.stages][2:] == ["not_needed"] * 6
    assert ended.branch is not None
    assert not any(one.days_late for one in ended.stages)


def test_a_plan_that_is_reviewed_every_year_is_not_late() -> None:
    issued, kept = Decision("final_issued", date(2026, 5, 20)), Decision("plan_kept", date(2027, 4, 6))
    assert words(CaseFacts(RECEIVED, "in_place", decisions=(issued,)), "in_place", date(2027, 6, 1)).startswith("late")
    facts = CaseFacts(RECEIVED, "in_place", decisions=(issued, kept))
    assert words(facts, "in_place", date(2027, 6, 1)) == "310 days left"


def test_an_open_appeal_is_told_beside_the_line_and_not_after_its_end() -> None:
    issued, appealed = Decision("final_issued", date(2026, 5, 20)), Decision("appeal_made", date(2026, 6, 8))
    facts = CaseFacts(RECEIVED, "in_place", decisions=(issued, appealed))
    assert "An appeal is open." in on(facts, date(2026, 7, 1)).summary
    over = CaseFacts(RECEIVED, "in_place", decisions=(issued, appealed, Decision("appeal_ended", date(2026, 9, 7))))
    assert "appeal" not in on(over, date(2026, 10, 1)).summary
    moved = CaseFacts(RECEIVED, "in_place", "moved", (issued, appealed))
    assert "An appeal is open." not in on(moved, date(2026, 7, 1)).summary


@given(facts_of, st.integers(0, 900))
def test_one_stage_is_current_unless_the_assessment_has_ended(facts: CaseFacts, days: int) -> None:
    today = facts.received + timedelta(days=days)
    current = [one.key for one in on(facts, today).stages if one.is_current]
    assert current == ([] if facts.branch else [facts.stage])


@given(facts_of, st.integers(0, 900))
def test_every_stage_has_a_state_and_words_on_every_day(facts: CaseFacts, days: int) -> None:
    today = facts.received + timedelta(days=days)
    for one in on(facts, today).stages:
        assert one.state in {"done", "current", "late", "to_come", "not_needed"}
        assert status_words(one, today)
        assert due_words(one)
        if one.state == "late":
            assert one.due_on is not None
            assert one.due_on < today


def test_every_stage_and_branch_has_texts() -> None:
    texts = read_stages()
    assert set(texts.stages) == set(rules.STAGES)
    assert set(texts.branches) == set(rules.BRANCHES)
    assert texts.stages["draft"].about("Priya").now.startswith("We have sent you a draft of Priya's EHC plan")


def test_the_advice_was_there_at_the_first_sign_of_it() -> None:
    known = (
        ("decided_to_assess", date(2026, 2, 2)),
        ("advice_requested", date(2026, 2, 3)),
        ("moved_to_deciding", date(2026, 3, 20)),
        ("draft_served", date(2026, 4, 20)),
    )
    facts = CaseFacts(date(2026, 1, 5), "draft", decisions=tuple(Decision(*one) for one in known))
    advice = timescale(facts, date(2026, 4, 21), read_stages()).stages[2]
    assert (advice.done_on, advice.days_late) == (date(2026, 3, 20), 3)
