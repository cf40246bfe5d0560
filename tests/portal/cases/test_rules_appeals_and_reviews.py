"""Appeals, reviews, and the day on which the rights become the young person's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.appeals import appeal_by, appeals_of, open_dispute, plan_runs_until, plan_still_runs
from portal.cases.calendar import add_months, is_working_day
from portal.cases.reviews import meetings_of, next_transfer, phase_transfer_by, review_dates, transfer_dates, transfers
from portal.cases.rules import DECISIONS, CaseFacts, Decision, statutory_date
from portal.personal.rules import is_young_person, school_age_ends

DAYS = st.dates(date(1996, 1, 1), date(2033, 12, 31))


def test_a_letter_of_20_june_2026_may_be_appealed_until_1_september() -> None:
    assert appeal_by(date(2026, 6, 20)) == date(2026, 9, 1)


def test_a_last_day_at_christmas_moves_to_january() -> None:
    assert appeal_by(date(2026, 10, 28)) == date(2027, 1, 4)
    assert appeal_by(date(2026, 11, 1)) == date(2027, 1, 4)


def test_a_mediation_certificate_gives_a_month_when_that_is_later() -> None:
    assert appeal_by(date(2026, 1, 10), date(2026, 3, 1)) == date(2026, 4, 1)
    assert appeal_by(date(2026, 1, 10), date(2026, 1, 20)) == date(2026, 3, 10)


def test_only_decisions_that_can_be_appealed_give_rights() -> None:
    facts = CaseFacts(
        date(2026, 1, 5),
        decisions=(Decision("decided_to_assess", date(2026, 2, 1)), Decision("decided_not_to_issue", date(2026, 4, 1))),
    )
    assert [one.appeal_by for one in appeals_of(facts)] == [date(2026, 6, 1)]


def plan(*more: tuple[str, date]) -> CaseFacts:
    known = (("final_issued", date(2026, 1, 12)), *more)
    return CaseFacts(date(2025, 9, 1), "in_place", decisions=tuple(Decision(kind, on) for kind, on in known))


def test_everything_in_section_51_can_be_appealed_and_nothing_else() -> None:
    assert {kind for kind, decision in DECISIONS.items() if decision.appealable} == {
        "decided_not_to_assess",
        "decided_not_to_issue",
        "final_issued",
        "plan_kept",
        "changed_plan_issued",
        "transfer_named",
        "reassessment_refused",
        "reassessed_plan_issued",
        "reassessed_plan_kept",
        "ceased",
    }


def test_a_recorded_certificate_gives_its_month_to_the_decision_that_it_is_about() -> None:
    facts = plan(("mediation_certificate", date(2026, 3, 9)), ("plan_kept", date(2026, 5, 11)))
    kept, issued = appeals_of(facts)
    assert (kept.kind, kept.appeal_by) == ("plan_kept", date(2026, 7, 11))
    assert (issued.kind, issued.appeal_by) == ("final_issued", date(2026, 4, 9))


REFUSED_AGAIN = ("reassessment_refused", date(2026, 1, 20))


@pytest.mark.parametrize(
    ("certificate", "asked", "issued", "refused"),
    [
        (date(2026, 3, 9), None, date(2026, 4, 9), date(2026, 4, 9)),
        (date(2026, 3, 16), None, date(2026, 3, 12), date(2026, 4, 16)),
        (date(2026, 3, 16), date(2026, 2, 20), date(2026, 4, 16), date(2026, 4, 16)),
        (date(2026, 1, 15), None, date(2026, 3, 12), date(2026, 3, 20)),
        (date(2026, 5, 20), None, date(2026, 3, 12), date(2026, 3, 20)),
    ],
)
def test_a_certificate_counts_for_every_decision_whose_time_still_ran(
    certificate: date, asked: date | None, issued: date, refused: date
) -> None:
    mediation = (("mediation_asked", asked),) if asked else ()
    facts = plan(REFUSED_AGAIN, *mediation, ("mediation_certificate", certificate))
    assert {one.kind: one.appeal_by for one in appeals_of(facts)} == {
        "final_issued": issued,
        "reassessment_refused": refused,
    }


def test_a_plan_that_is_to_stop_goes_on_until_nobody_can_appeal_any_more() -> None:
    stopped = replace(plan(("ceasing_proposed", date(2026, 6, 1)), ("ceased", date(2026, 6, 20))), branch="ceased")
    assert plan_runs_until(stopped) == date(2026, 9, 1)
    assert plan_still_runs(stopped, date(2026, 9, 1))
    assert not plan_still_runs(stopped, date(2026, 9, 2))
    appealed = replace(stopped, decisions=(*stopped.decisions, Decision("appeal_made", date(2026, 8, 3))))
    assert plan_still_runs(appealed, date(2027, 2, 1))
    assert plan_runs_until(plan()) is None


SATURDAY = date(2026, 3, 14)
"""The last day to appeal against a decision of 14 January."""


def test_a_last_day_that_is_no_working_day_stays_and_the_next_one_is_still_in_time() -> None:
    (right,) = appeals_of(CaseFacts(date(2025, 9, 1), decisions=(Decision("decided_not_to_issue", date(2026, 1, 14)),)))
    assert (right.appeal_by, right.taken_until) == (SATURDAY, date(2026, 3, 16))
    assert right.titled("Last day to appeal") == (
        "Last day to appeal. The Tribunal still takes it on Monday 16 March 2026,"
        " because the last day is not a working day."
    )
    (bank_holiday,) = appeals_of(CaseFacts(date(2026, 1, 1), decisions=(Decision("ceased", date(2026, 2, 3)),)))
    assert (bank_holiday.appeal_by, bank_holiday.taken_until) == (date(2026, 4, 3), date(2026, 4, 7))
    (friday,) = appeals_of(CaseFacts(date(2026, 1, 1), decisions=(Decision("ceased", date(2026, 1, 13)),)))
    assert (friday.taken_until, friday.titled("Last day")) == (friday.appeal_by, "Last day")


@given(DAYS)
def test_an_appeal_is_taken_on_a_working_day_and_never_before_the_last_day(letter: date) -> None:
    (right,) = appeals_of(CaseFacts(letter, decisions=(Decision("ceased", letter),)))
    assert is_working_day(right.taken_until)
    assert right.appeal_by <= right.taken_until <= right.appeal_by + timedelta(days=5)


def test_a_plan_goes_on_and_a_certificate_counts_until_the_working_day_after() -> None:
    stopped = replace(plan(("ceasing_proposed", date(2026, 1, 13)), ("ceased", date(2026, 1, 14))), branch="ceased")
    assert plan_runs_until(stopped) == date(2026, 3, 16)
    assert plan_still_runs(stopped, date(2026, 3, 16))
    assert not plan_still_runs(stopped, date(2026, 3, 17))
    certified = replace(stopped, decisions=(*stopped.decisions, Decision("mediation_certificate", date(2026, 3, 16))))
    assert appeals_of(certified)[0].appeal_by == date(2026, 4, 16)


def test_mediation_and_appeals_are_open_until_they_end() -> None:
    asked, certified = ("mediation_asked", date(2026, 2, 2)), ("mediation_certificate", date(2026, 2, 20))
    appealed, ended = ("appeal_made", date(2026, 3, 2)), ("appeal_ended", date(2026, 6, 1))
    assert open_dispute(plan()) == ""
    assert open_dispute(plan(asked)) == "mediation"
    assert open_dispute(plan(asked, certified)) == ""
    assert open_dispute(plan(asked, appealed)) == "appeal"
    assert open_dispute(plan(asked, certified, appealed, ended)) == ""
    assert open_dispute(plan(asked, certified, ("mediation_asked", date(2026, 4, 1)))) == "mediation"


@given(DAYS)
def test_an_appeal_never_has_less_than_two_months(letter: date) -> None:
    last = appeal_by(letter)
    assert last >= add_months(letter, 2)
    assert last.month != 8
    if last != add_months(letter, 2):
        assert is_working_day(last)


def test_a_review_meeting_of_10_march_2026_has_these_dates() -> None:
    dates = review_dates(date(2026, 3, 10))
    assert dates.report_by == date(2026, 3, 24)
    assert dates.decision_by == date(2026, 4, 7)
    assert dates.final_amended_plan_by == date(2026, 6, 2)


@pytest.mark.parametrize("born", [date(2010, 3, 15), date(2010, 8, 31), date(2009, 9, 1)])
def test_school_age_ends_on_26_june_2026(born: date) -> None:
    assert school_age_ends(born) == date(2026, 6, 26)
    assert not is_young_person(born, date(2026, 6, 26))
    assert is_young_person(born, date(2026, 6, 27))


@given(DAYS)
def test_school_age_ends_on_the_last_friday_of_june(born: date) -> None:
    end = school_age_ends(born)
    assert (end.month, end.weekday()) == (6, 4)
    assert end.day > 23
    assert 15 <= end.year - born.year <= 17


def test_the_fifteen_working_days_to_transfer_begin_with_the_day_of_learning() -> None:
    assert transfer_dates(date(2026, 3, 2)) == (date(2026, 3, 20), date(2026, 5, 1))
    assert transfer_dates(date(2026, 2, 28)) == transfer_dates(date(2026, 3, 2))
    assert transfer_dates(date(2026, 4, 1))[0] == date(2026, 4, 23)


def test_a_plan_is_due_eight_weeks_from_an_early_notice_and_never_later_than_twelve_from_the_meeting() -> None:
    meeting = date(2026, 3, 10)
    assert review_dates(meeting, notice=date(2026, 3, 24)).final_amended_plan_by == date(2026, 5, 19)
    assert review_dates(meeting, notice=date(2026, 4, 20)).final_amended_plan_by == date(2026, 6, 2)


def test_the_plan_names_the_next_place_before_the_day_in_law() -> None:
    assert phase_transfer_by(2027, to_post_16_from_secondary=False) == date(2027, 2, 15)
    assert phase_transfer_by(2027, to_post_16_from_secondary=True) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("born", "years"), [(date(2015, 3, 15), (2019, 2026, 2031)), (date(2015, 9, 1), (2020, 2027, 2032))]
)
def test_a_child_changes_phase_three_times(born: date, years: tuple[int, ...]) -> None:
    assert [one.before for one in transfers(born)] == [
        date(years[0], 2, 15), date(years[1], 2, 15), date(years[2], 3, 31)
    ]  # fmt: skip


def with_plan_of(born: date, *more: tuple[str, date]) -> CaseFacts:
    known = (("final_issued", date(2024, 5, 20)), *more)
    return CaseFacts(date(2024, 1, 5), "in_place", decisions=tuple(Decision(*one) for one in known), born=born)


def test_a_transfer_is_shown_from_two_school_years_before_until_its_place_is_named() -> None:
    facts = with_plan_of(date(2015, 9, 1))
    assert next_transfer(facts, date(2025, 8, 31)) is None
    transfer = next_transfer(facts, date(2025, 9, 1))
    assert transfer is not None
    assert (transfer.before, transfer.to) == (date(2027, 2, 15), "secondary school")
    assert next_transfer(facts, date(2027, 6, 1)) == transfer


@pytest.mark.parametrize("kind", ["transfer_named", "changed_plan_issued", "reassessed_plan_issued"])
@pytest.mark.parametrize(("on", "counts"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_a_place_is_named_by_a_plan_of_that_school_year_or_the_july_before(kind: str, on: date, counts: bool) -> None:
    facts = with_plan_of(date(2015, 9, 1), (kind, on))
    assert (next_transfer(facts, date(2027, 2, 2)) is None) == counts


def test_the_last_day_to_name_a_place_is_the_day_before_the_one_in_law() -> None:
    assert [one.last_day for one in transfers(date(2015, 9, 1))] == [
        date(2020, 2, 14), date(2027, 2, 14), date(2032, 3, 30)
    ]  # fmt: skip


def meeting(number: int, on: date, recorded: date) -> Decision:
    at = datetime(recorded.year, recorded.month, recorded.day, 12, tzinfo=UTC)
    return Decision("review_meeting", on, number=number, recorded_at=at)


def test_a_meeting_recorded_while_another_lies_ahead_stands_in_its_place() -> None:
    planned = meeting(1, date(2027, 3, 10), date(2027, 1, 5))
    forward = meeting(2, date(2027, 3, 3), date(2027, 1, 6))
    later = meeting(3, date(2027, 3, 24), date(2027, 3, 2))
    facts = CaseFacts(date(2025, 9, 1), decisions=(planned,))
    assert meetings_of(facts) == (date(2027, 3, 10),)
    assert meetings_of(replace(facts, decisions=(forward, planned))) == (date(2027, 3, 3),)
    assert meetings_of(replace(facts, decisions=(forward, planned, later))) == (date(2027, 3, 24),)


def test_changes_sent_before_the_meeting_to_which_it_was_moved_are_not_of_that_review() -> None:
    planned, later = meeting(1, date(2027, 3, 10), date(2027, 1, 5)), meeting(2, date(2027, 3, 24), date(2027, 3, 2))
    sent = Decision("changes_proposed", date(2027, 3, 20))
    facts = plan()
    facts = replace(facts, decisions=(*facts.decisions, planned, sent, later))
    assert statutory_date("changing", facts) == date(2027, 5, 15)
    assert statutory_date("reviewing", facts) == date(2027, 4, 21)


def test_a_meeting_that_was_held_is_not_replaced_by_the_next() -> None:
    held, following = meeting(1, date(2027, 3, 10), date(2027, 1, 5)), meeting(2, date(2028, 1, 20), date(2027, 3, 10))
    facts = CaseFacts(date(2025, 9, 1), decisions=(held, following))
    assert meetings_of(facts) == (date(2027, 3, 10), date(2028, 1, 20))


def test_there_is_no_transfer_without_a_plan_or_after_it_was_issued_for_that_school() -> None:
    assert next_transfer(CaseFacts(date(2026, 1, 5), born=date(2015, 9, 1)), date(2026, 10, 1)) is None
    late = with_plan_of(date(2012, 9, 1), ("final_issued", date(2024, 5, 20)))
    assert next_transfer(late, date(2024, 6, 1)) is None
