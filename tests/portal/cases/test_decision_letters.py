"""Every decision has a letter that says what, why, what next, the rights with their last days, and the law."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.cases.decision_letters import exception_letter, how_to_appeal, letter_of
from portal.cases.rules import DECISIONS, AskedAdviser, CaseFacts, Decision, LawfulException

ON = date(2026, 6, 20)
RECEIVED = date(2026, 1, 5)
WRITTEN = datetime(2026, 6, 20, 23, 30, tzinfo=UTC)


def facts(*decisions: Decision) -> CaseFacts:
    return CaseFacts(RECEIVED, decisions=decisions)


@pytest.mark.parametrize("kind", DECISIONS)
def test_every_decision_has_a_letter_with_the_childs_name_filled_in(kind: str) -> None:
    decision = Decision(kind, ON, "Because of the reports")
    letter = letter_of(decision, facts(decision), "Priya")
    assert letter.why == "Because of the reports"
    assert "{" not in letter.meaning + letter.next
    assert "Regulations 2014" in letter.law or "Act 2014" in letter.law


@pytest.mark.parametrize("kind", DECISIONS)
def test_the_rights_stand_in_the_letter_when_it_can_be_appealed_and_only_then(kind: str) -> None:
    decision = Decision(kind, ON)
    letter = letter_of(decision, facts(decision), "Priya")
    assert bool(letter.last_days) == DECISIONS[kind].appealable
    assert letter.appeal == (how_to_appeal(kind) if DECISIONS[kind].appealable else "")


@pytest.mark.parametrize("kind", DECISIONS)
def test_no_letter_speaks_of_days_below_that_are_not_there(kind: str) -> None:
    decision = Decision(kind, ON)
    letter = letter_of(decision, facts(decision), "Priya")
    assert "below" not in letter.meaning + letter.next
    assert "this day" not in letter.meaning + letter.next


def test_the_last_day_to_appeal_is_moved_out_of_august() -> None:
    decision = Decision("decided_not_to_assess", ON)
    letter = letter_of(decision, CaseFacts(date(2026, 5, 11), decisions=(decision,)), "Priya")
    assert [on for on, _ in letter.last_days] == [date(2026, 8, 20), date(2026, 9, 1)]


PLAN = Decision("final_issued", date(2026, 5, 18))
MEETING = Decision("review_meeting", date(2027, 3, 10))
CHANGES = Decision("changes_proposed", date(2027, 4, 6))
REFUSED = Decision("decided_not_to_assess", date(2026, 2, 10))


@pytest.mark.parametrize(
    ("before", "kind", "on", "days"),
    [
        ((), "decided_to_assess", date(2026, 2, 10), [date(2026, 4, 27), date(2026, 5, 25)]),
        ((), "advice_requested", date(2026, 2, 11), [date(2026, 3, 25)]),
        ((), "decided_to_issue", date(2026, 4, 10), [date(2026, 5, 25)]),
        ((), "draft_served", date(2026, 4, 13), [date(2026, 4, 27)]),
        ((), "comments_extended", date(2026, 5, 4), [date(2026, 5, 4)]),
        ((), "final_issued", date(2026, 5, 18), [date(2027, 5, 17)]),
        (
            (PLAN,),
            "review_meeting",
            date(2027, 3, 10),
            [date(2027, 2, 24), date(2027, 3, 10), date(2027, 3, 24), date(2027, 4, 7)],
        ),
        ((PLAN, MEETING), "review_report", date(2027, 3, 20), [date(2027, 4, 7)]),
        ((PLAN, MEETING), "changes_proposed", date(2027, 4, 6), [date(2027, 4, 20), date(2027, 6, 1)]),
        ((PLAN, MEETING), "changes_proposed", date(2027, 5, 20), [date(2027, 6, 3), date(2027, 6, 2)]),
        ((PLAN,), "reassessment_asked", date(2026, 9, 1), [date(2026, 9, 16)]),
        ((PLAN,), "reassessment_agreed", date(2026, 9, 10), [date(2026, 12, 17)]),
        ((REFUSED,), "ordered_to_assess", date(2026, 6, 1), [date(2026, 8, 10), date(2026, 9, 7)]),
        ((REFUSED,), "ordered_to_issue", date(2026, 9, 1), [date(2026, 10, 6), date(2026, 11, 17)]),
        ((PLAN,), "moved_out", date(2028, 3, 1), [date(2028, 3, 21), date(2028, 5, 2)]),
        ((), "moved_out", date(2026, 3, 2), []),
        ((REFUSED,), "mediation_certificate", date(2026, 4, 1), [date(2026, 5, 1)]),
    ],
)
def test_what_is_due_after_a_decision_stands_in_its_letter_with_its_day(
    before: tuple[Decision, ...], kind: str, on: date, days: list[date]
) -> None:
    decision = Decision(kind, on)
    assert [day for day, _ in letter_of(decision, facts(*before, decision), "Priya").days] == days


def test_what_comes_after_a_decision_does_not_change_the_days_in_its_letter() -> None:
    again = Decision("review_meeting", date(2028, 3, 1))
    letter = letter_of(CHANGES, facts(PLAN, MEETING, CHANGES, again), "Priya")
    assert letter.days == letter_of(CHANGES, facts(PLAN, MEETING, CHANGES), "Priya").days


def test_a_move_without_a_plan_promises_nothing_that_only_follows_a_plan() -> None:
    moved = Decision("moved_out", ON)
    assert "6 weeks" not in (alone := letter_of(moved, facts(moved), "Priya").next)
    assert "ask that council for an assessment" in alone
    assert "The EHC plan passes" in letter_of(moved, facts(PLAN, moved), "Priya").next


def test_a_letter_about_a_day_that_lies_ahead_bears_the_day_on_which_it_was_written() -> None:
    meeting = Decision("review_meeting", date(2026, 9, 1), recorded_at=WRITTEN)
    letter = letter_of(meeting, facts(PLAN, meeting), "Priya")
    assert letter.on == date(2026, 6, 21)
    assert "Tuesday 1 September 2026" in letter.meaning


def test_the_letter_about_an_exception_tells_its_kind_and_keeps_the_reason_to_the_team() -> None:
    away = LawfulException(
        "personal", "final", date(2026, 3, 1), "A refuge", "Mo Bell", told="You asked us to wait", recorded_at=WRITTEN
    )
    letter = exception_letter(away, facts())
    assert (letter.on, letter.why) == (date(2026, 6, 21), "You asked us to wait")
    assert "exceptional personal circumstances" in letter.meaning
    assert "refuge" not in letter.meaning + letter.why + letter.next


def test_the_letter_of_an_exception_stays_as_it_was_sent() -> None:
    known = facts(Decision("decided_to_assess", date(2026, 1, 12), recorded_at=WRITTEN - timedelta(days=3)))
    waiting = replace(known, advisers=(AskedAdviser(date(2026, 5, 4)), AskedAdviser(date(2026, 6, 1))))
    for duty, due in (("final", "Monday 25 May 2026"), ("advice", "Monday 15 June 2026")):
        away = LawfulException("personal", duty, date(2026, 3, 1), "Ill", "Mo Bell", recorded_at=WRITTEN)
        sent = exception_letter(away, waiting)
        assert f"The date in law stays as it is: {due}." in sent.next
        ordered = Decision("ordered_to_issue", date(2026, 9, 1), recorded_at=WRITTEN + timedelta(days=80))
        later = replace(
            waiting,
            decisions=(*known.decisions, ordered),
            advisers=(
                AskedAdviser(date(2026, 5, 4), date(2026, 7, 1)),
                *waiting.advisers[1:],
                AskedAdviser(ordered.on),
            ),
        )
        assert exception_letter(away, later) == sent


def test_a_last_day_to_appeal_that_is_no_working_day_says_until_when_it_is_taken() -> None:
    refused = Decision("decided_not_to_assess", date(2026, 1, 14), "Because of the reports")
    ((_, mediation), (day, appeal)) = letter_of(refused, facts(refused), "Priya").last_days
    assert day == date(2026, 3, 14)
    assert appeal.startswith(
        "Last day to appeal to the SEND Tribunal. The Tribunal still takes it on Monday 16 March 2026"
    )
    assert "Tribunal" not in mediation
