"""What a family is told about where the assessment stands: truthfully, on every day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.rules import AskedAdviser, CaseFacts, Decision, LawfulException
from portal.cases.stages import read_stages
from portal.cases.timescale import StageOnDay, Timescale, due_words, status_words, timescale
from tests.portal.cases.test_rules_statutory_dates import facts_of

RECEIVED = date(2026, 1, 5)
ASSESS, SERVED = Decision("decided_to_assess", date(2026, 2, 10)), Decision("draft_served", date(2026, 4, 13))


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
    assert words(facts, "final", date(2026, 6, 3)) == "late by 9 days, new target Wednesday 3 June 2026"
    missed = "late by 12 days, new target Wednesday 3 June 2026, which we have missed too"
    assert words(facts, "final", date(2026, 6, 6)) == missed
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
    assert words(facts, "in_place", date(2027, 6, 1)) == "309 days left"


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


MOVED_BACK = CaseFacts(date(2026, 1, 5), "considering", "", (Decision("plan_taken_over", date(2026, 1, 5)),))


@given(facts_of, st.integers(0, 900))
@example(MOVED_BACK, 43)
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


def advised(*advisers: tuple[date, date | None]) -> CaseFacts:
    asked = tuple(Decision("advice_requested", on) for on, _ in advisers)
    return CaseFacts(
        RECEIVED, "advice", decisions=(ASSESS, *asked), advisers=tuple(AskedAdviser(*one) for one in advisers)
    )


ASKED = date(2026, 2, 11)


def test_advice_is_late_while_somebody_who_was_asked_has_not_answered() -> None:
    facts = advised((ASKED, date(2026, 3, 20)), (ASKED, None), (date(2026, 3, 2), None))
    assert words(facts, "advice", date(2026, 3, 25)) == "due today"
    assert words(facts, "advice", date(2026, 3, 28)) == "late by 3 days"
    one_left = advised((ASKED, date(2026, 3, 30)), (date(2026, 3, 2), None))
    assert words(one_left, "advice", date(2026, 4, 1)) == "12 days left"


def test_advice_that_came_is_done_and_late_only_when_it_came_late() -> None:
    in_time = advised((ASKED, date(2026, 3, 20)), (date(2026, 3, 2), date(2026, 4, 13)))
    assert words(in_time, "advice", date(2026, 9, 1)) == "done on Monday 13 April 2026"
    late = advised((ASKED, date(2026, 3, 30)), (date(2026, 3, 2), date(2026, 4, 13)))
    assert words(late, "advice", date(2026, 9, 1)) == "done on Monday 13 April 2026, 5 days late"


def test_advice_is_not_called_late_where_it_is_not_recorded_who_was_asked() -> None:
    facts = CaseFacts(RECEIVED, "advice", decisions=(ASSESS, Decision("advice_requested", ASKED)))
    assert words(facts, "advice", date(2026, 4, 1)) == "the 6 weeks to answer have ended"
    assert stage(facts, "advice", date(2026, 4, 1)).state == "current"


def test_what_was_refused_in_time_is_not_late_after_an_order() -> None:
    refused, ordered = (
        Decision("decided_not_to_assess", date(2026, 2, 10)),
        Decision("ordered_to_assess", date(2026, 6, 1)),
    )
    facts = CaseFacts(RECEIVED, "advice", decisions=(refused, ordered))
    assert words(facts, "considering", date(2026, 6, 2)) == "done on Tuesday 10 February 2026"
    assert due_words(stage(facts, "final", date(2026, 6, 2))) == "due by Monday 7 September 2026"
    assert on(facts, date(2026, 6, 2)).week_text == "Week 1 of 14 after mediation or an appeal"
    assert on(facts, date(2026, 9, 9)).week_text == "Week 15 after mediation or an appeal. The law gives 14 weeks."


def test_a_no_after_sixteen_weeks_is_late_and_a_yes_is_not() -> None:
    yes = CaseFacts(RECEIVED, "deciding", decisions=(ASSESS, Decision("decided_to_issue", date(2026, 4, 28))))
    assert words(yes, "deciding", date(2026, 5, 1)) == "done on Tuesday 28 April 2026"
    no = CaseFacts(
        RECEIVED, "deciding", "not_issuing", decisions=(ASSESS, Decision("decided_not_to_issue", date(2026, 4, 28)))
    )
    assert words(no, "deciding", date(2026, 5, 1)) == "done on Tuesday 28 April 2026, 1 day late"


def test_the_weeks_stop_at_the_plan_whatever_comes_after() -> None:
    issued = Decision("final_issued", date(2026, 5, 20))
    for branch, kind in (("moved", "moved_out"), ("ceased", "ceased")):
        facts = CaseFacts(RECEIVED, "in_place", branch, (issued, Decision(kind, date(2028, 3, 1))))
        assert on(facts, date(2028, 3, 2)).week_text == "Week 20 of 20"
    withdrawn = CaseFacts(RECEIVED, "advice", "withdrawn", (Decision("withdrawn", date(2026, 3, 2)),))
    assert on(withdrawn, date(2028, 3, 2)).week_text == "Week 9 of 20"


def test_there_is_no_week_and_no_lateness_when_nobody_knows_when_the_plan_was_made() -> None:
    for decisions in ((), (Decision("plan_taken_over", date(2025, 6, 2)),)):
        line = on(CaseFacts(date(2019, 1, 5), "in_place", decisions=decisions), date(2026, 6, 1))
        assert line.week_text == ""
        assert [one.state for one in line.stages] == ["done"] * 7 + ["current"]
        assert not any(one.days_late for one in line.stages)


def test_another_assessment_changes_nothing_in_the_stages_of_the_first() -> None:
    first = (ASSESS, Decision("advice_requested", ASKED), SERVED, Decision("final_issued", date(2026, 5, 20)))
    again = (Decision("advice_requested", date(2028, 1, 10)), Decision("draft_served", date(2028, 3, 6)))
    facts = CaseFacts(RECEIVED, "in_place", decisions=(*first, *again), advisers=(AskedAdviser(date(2028, 1, 10)),))
    before = replace(facts, decisions=first, advisers=())
    assert on(facts, date(2028, 4, 1)).stages[:7] == on(before, date(2028, 4, 1)).stages[:7]


def test_a_stage_whose_days_do_not_count_yet_says_from_when_they_will() -> None:
    line = on(CaseFacts(RECEIVED), RECEIVED)
    told = {one.key: due_words(one) for one in line.stages if one.due_on is None}
    assert told == {
        "request": "no date in law",
        "advice": "6 weeks from the day we ask each person",
        "draft": "at least 15 days from the day we send the draft",
        "finalising": "no date in law",
        "in_place": "a review within 12 months of the plan",
    }


def test_days_to_comment_are_never_lateness() -> None:
    facts = CaseFacts(RECEIVED, "draft", decisions=(ASSESS, SERVED))
    draft = stage(facts, "draft", date(2026, 5, 1))
    assert (draft.state, draft.days_late) == ("current", 0)
    assert status_words(draft, date(2026, 5, 1)) == "the time to comment has ended"


def test_a_plan_that_is_to_stop_says_until_when_it_goes_on() -> None:
    acts = (("final_issued", date(2025, 5, 20)), ("ceasing_proposed", date(2026, 6, 1)), ("ceased", date(2026, 6, 20)))
    facts = CaseFacts(RECEIVED, "in_place", "ceased", tuple(Decision(*one) for one in acts))
    assert "go on until Tuesday 1 September 2026." in on(facts, date(2026, 7, 1)).summary
    appealed = replace(facts, decisions=(*facts.decisions, Decision("appeal_made", date(2026, 8, 3))))
    assert "go on until that is settled." in on(appealed, date(2026, 10, 1)).summary
    assert "go on" not in on(facts, date(2026, 9, 2)).summary


def test_the_advice_was_there_at_the_first_sign_of_it() -> None:
    known = (
        ("decided_to_assess", date(2026, 2, 2)),
        ("advice_requested", date(2026, 2, 3)),
        ("moved_to_deciding", date(2026, 3, 20)),
        ("draft_served", date(2026, 4, 20)),
    )
    facts = CaseFacts(date(2026, 1, 5), "draft", decisions=tuple(Decision(*one) for one in known))
    advice = timescale(facts, date(2026, 4, 21), read_stages()).stages[2]
    assert (advice.done_on, advice.days_late) == (date(2026, 3, 20), 0)
