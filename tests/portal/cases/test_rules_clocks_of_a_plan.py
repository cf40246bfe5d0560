"""The clocks that run once there is a plan: what starts each, what ends it, and that none runs for ever."""

from dataclasses import replace
from datetime import date

import pytest

from portal.cases import rules
from portal.cases.after_plan import plan_clocks
from portal.cases.facts import Service
from portal.cases.key_dates import key_dates
from portal.cases.rules import CaseFacts, Decision

RECEIVED = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2025, 5, 1), date(2026, 4, 30)),
        (date(2026, 5, 20), date(2027, 5, 19)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_plan_is_reviewed_in_the_twelve_months_that_start_with_its_day(issued: date, due: date) -> None:
    facts = CaseFacts(RECEIVED, "in_place", decisions=(Decision("final_issued", issued),))
    assert rules.next_deadline(facts) == due


def with_plan(*more: tuple[str, date]) -> CaseFacts:
    known = (("final_issued", date(2026, 5, 20)), *more)
    return CaseFacts(RECEIVED, "in_place", decisions=tuple(Decision(kind, on) for kind, on in known))


def test_the_next_review_is_within_twelve_months_of_the_last_one() -> None:
    assert rules.next_deadline(with_plan(("plan_kept", date(2027, 4, 6)))) == date(2028, 4, 5)


def test_a_changed_plan_is_due_eight_weeks_after_the_changes_were_sent() -> None:
    proposed = ("changes_proposed", date(2027, 4, 7))
    assert rules.open_duties(with_plan(proposed)) == [(date(2027, 6, 2), "changing"), (date(2028, 4, 6), "in_place")]
    for answer in ("changed_plan_issued", "plan_kept"):
        assert [duty for _, duty in rules.open_duties(with_plan(proposed, (answer, date(2027, 5, 4))))] == ["in_place"]
    again = with_plan(proposed, ("changed_plan_issued", date(2027, 5, 4)), ("changes_proposed", date(2028, 4, 3)))
    assert rules.next_deadline(again) == date(2028, 5, 29)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2026, 3, 24), date(2026, 5, 19)),
        (date(2026, 4, 7), date(2026, 6, 2)),
        (date(2026, 5, 20), date(2026, 6, 2)),
    ],
)
def test_a_changed_plan_is_never_due_later_than_twelve_weeks_from_the_meeting(sent: date, due: date) -> None:
    acts = (("final_issued", date(2025, 4, 1)), ("review_meeting", date(2026, 3, 10)), ("changes_proposed", sent))
    facts = CaseFacts(date(2024, 11, 1), "in_place", decisions=tuple(Decision(*one) for one in acts))
    assert rules.statutory_date("changing", facts) == due


def test_a_second_notice_gives_the_family_new_days_and_the_council_none() -> None:
    facts = with_plan(("changes_proposed", date(2027, 4, 7)), ("changes_proposed", date(2027, 5, 20)))
    assert rules.statutory_date("changing", facts) == date(2027, 6, 2)
    assert rules.changes_last_day(facts) == date(2027, 6, 3)


SERVED = date(2027, 4, 12)


@pytest.mark.parametrize(
    ("longer", "last"), [(None, date(2027, 4, 26)), (date(2027, 5, 12), date(2027, 5, 12))]
)  # fmt: skip
def test_changes_that_were_served_later_are_commented_on_until_the_day_that_follows_from_that(
    longer: date | None, last: date
) -> None:
    facts = with_plan(("changes_proposed", date(2027, 4, 7)))
    before = Service(1, date(2026, 4, 20), date(2028, 1, 1))
    facts = replace(facts, services=(before, Service(1, SERVED, longer)))
    assert rules.changes_last_day(facts) == last
    days = {one.uid: one.on for one in key_dates(facts, SERVED)}
    assert days["comments-changes"] == last
    clock = next(one for one in plan_clocks(facts, SERVED) if one.title == "Changes to the plan")
    assert [on for on, _ in clock.all_days] == [last, date(2027, 6, 2)]
    assert rules.changes_last_day(replace(facts, services=(before,))) == date(2027, 4, 21)


def test_the_draft_of_another_assessment_has_a_last_day_to_comment_once_it_was_served() -> None:
    facts = replace(with_plan(("reassessment_agreed", date(2027, 4, 7))), services=(Service(1, date(2026, 4, 20)),))
    assert rules.comments_again_last_day(facts) is None
    assert not [one for one in key_dates(facts, SERVED) if one.is_of_family and "comment" in one.title]
    served = replace(facts, services=(*facts.services, Service(1, SERVED, date(2027, 5, 3))))
    assert rules.comments_again_last_day(served) == date(2027, 5, 3)
    (day,) = [one for one in key_dates(served, SERVED) if one.is_of_family and "comment" in one.title]
    assert (day.on, day.title) == (date(2027, 5, 3), "Last day to comment on the draft plan")
    (clock,) = plan_clocks(served, SERVED)
    assert clock.own == ((date(2027, 5, 3), "Last day to comment on the draft plan"),)
    by_hand = with_plan(("reassessment_agreed", date(2027, 4, 7)), ("draft_served", SERVED))
    assert rules.comments_again_last_day(by_hand) == date(2027, 4, 26)


def test_changes_outside_a_review_are_due_eight_weeks_after_they_were_sent() -> None:
    held = (("review_meeting", date(2027, 3, 10)), ("plan_kept", date(2027, 4, 6)))
    facts = with_plan(*held, ("changes_proposed", date(2027, 11, 1)))
    assert rules.statutory_date("changing", facts) == date(2027, 12, 27)


@pytest.mark.parametrize(
    ("starts", "end", "duty"),
    [
        ("changes_proposed", "transfer_named", "changing"),
        ("changes_proposed", "reassessed_plan_issued", "changing"),
        ("review_meeting", "ceasing_proposed", "reviewing"),
        ("reassessment_agreed", "reassessed_plan_kept", "reassessing"),
        ("reassessment_asked", "reassessment_refused", "answering"),
    ],
)
def test_no_clock_runs_for_ever(starts: str, end: str, duty: str) -> None:
    begun = (starts, date(2027, 1, 11))
    assert rules.waiting_since(duty, with_plan(begun)) == date(2027, 1, 11)
    assert duty not in {duty for _, duty in rules.open_duties(with_plan(begun, (end, date(2027, 2, 1))))}


def test_a_proposal_to_stop_after_a_review_begins_a_new_year_and_one_without_a_review_does_not() -> None:
    met, proposed = ("review_meeting", date(2027, 3, 10)), ("ceasing_proposed", date(2027, 4, 1))
    assert rules.statutory_date("in_place", with_plan(met, proposed)) == date(2028, 3, 31)
    assert rules.statutory_date("in_place", with_plan(proposed)) == date(2027, 5, 19)


def test_keeping_a_plan_after_all_does_not_move_the_year_of_its_review() -> None:
    met, proposed = ("review_meeting", date(2027, 3, 10)), ("changes_proposed", date(2027, 4, 1))
    facts = with_plan(met, proposed, ("plan_kept", date(2027, 5, 20)))
    assert rules.open_duties(facts) == [(date(2028, 3, 31), "in_place")]


def test_the_earliest_meeting_that_is_not_decided_is_the_one_that_is_late() -> None:
    facts = with_plan(("review_meeting", date(2027, 3, 10)), ("review_meeting", date(2028, 1, 20)))
    assert rules.statutory_date("reviewing", facts) == date(2027, 4, 7)
    decided = with_plan(
        ("review_meeting", date(2027, 3, 10)), ("plan_kept", date(2027, 4, 6)), ("review_meeting", date(2028, 1, 20))
    )
    assert rules.statutory_date("reviewing", decided) == date(2028, 2, 17)


def test_a_plan_that_was_taken_over_is_reviewed_within_twelve_months_of_its_day() -> None:
    facts = CaseFacts(RECEIVED, "in_place", decisions=(Decision("plan_taken_over", date(2025, 6, 2)),))
    assert rules.open_duties(facts) == [(date(2026, 6, 1), "in_place")]


@pytest.mark.parametrize("stage", ["final", "in_place"])
def test_nothing_is_late_when_there_is_a_plan_of_an_unknown_day(stage: str) -> None:
    assert rules.open_duties(CaseFacts(date(2019, 1, 5), stage)) == []


def test_a_review_is_decided_four_weeks_after_its_meeting() -> None:
    met = ("review_meeting", date(2026, 3, 10))
    facts = CaseFacts(
        date(2024, 1, 1), "in_place", decisions=(Decision("final_issued", date(2025, 4, 1)), Decision(*met))
    )
    assert rules.open_duties(facts)[0] == (date(2026, 3, 31), "in_place")
    assert (date(2026, 4, 7), "reviewing") in rules.open_duties(facts)
    decided = replace(facts, decisions=(*facts.decisions, Decision("plan_kept", date(2026, 4, 1))))
    assert rules.open_duties(decided) == [(date(2027, 3, 31), "in_place")]


def test_another_assessment_is_answered_in_15_days_and_its_plan_is_due_in_14_weeks() -> None:
    asked, agreed = ("reassessment_asked", date(2026, 9, 1)), ("reassessment_agreed", date(2026, 9, 10))
    assert rules.open_duties(with_plan(asked))[0] == (date(2026, 9, 16), "answering")
    assert rules.open_duties(with_plan(asked, agreed))[0] == (date(2026, 12, 17), "reassessing")
    done = with_plan(asked, agreed, ("reassessed_plan_issued", date(2026, 12, 1)))
    assert rules.open_duties(done) == [(date(2027, 11, 30), "in_place")]
