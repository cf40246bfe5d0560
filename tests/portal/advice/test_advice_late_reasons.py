"""Why the law lets one adviser be late: its reasons, its days, and the day that is aimed for instead."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.advice import rules
from portal.advice.rules import LateReason
from portal.cases.facts import EXCEPTIONS
from portal.errors import Refused, RuleBroken

ASKED, TODAY = date(2026, 1, 13), date(2026, 3, 9)
"""The six weeks end on 24 February 2026."""
MISSED = LateReason("missed_appointment", "The bus broke down.", "Dee Shaw", date(2026, 2, 10), date(2026, 2, 10))
DAYS = st.dates(date(2025, 12, 1), date(2027, 6, 1))


def refusal(why: LateReason, returned_on: date | None) -> str:
    """The field at which it is refused, or an empty string."""
    try:
        rules.may_be_late(why, ASKED, returned_on, TODAY)
    except RuleBroken as broken:
        return broken.field
    return ""


def refused(why: LateReason, returned_on: date | None = None) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        rules.may_be_late(why, ASKED, returned_on, TODAY)
    return broken.value.field, broken.value.message


def test_it_has_days_or_a_new_target_or_both() -> None:
    rules.may_be_late(MISSED, ASKED, None, TODAY)
    rules.may_be_late(replace(MISSED, ends=None), ASKED, None, TODAY)
    rules.may_be_late(replace(MISSED, starts=None, ends=None, target=date(2026, 4, 1)), ASKED, None, TODAY)
    rules.may_be_late(replace(MISSED, target=date(2026, 4, 1)), ASKED, None, TODAY)
    assert refused(replace(MISSED, starts=None, ends=None))[0] == "late_starts"
    assert refused(replace(MISSED, starts=None, target=date(2026, 4, 1)))[0] == "late_starts"


def test_who_decided_and_what_happened_are_always_given() -> None:
    assert refused(replace(MISSED, approved_by=" ")) == ("late_approved_by", "Enter who approved it")
    assert refused(replace(MISSED, reason="")) == ("late_reason", "Enter the reason")


def test_only_the_reasons_for_an_adviser_count() -> None:
    assert refused(replace(MISSED, kind="waiting_list"))[0] == "late_kind"
    assert "does not allow" in refused(replace(MISSED, kind="school_closed"))[1]
    absent = replace(MISSED, kind="absent")
    assert refused(absent) == ("late_ends", "This exception is only for 4 weeks or more")
    rules.may_be_late(replace(absent, ends=date(2026, 3, 9)), ASKED, None, TODAY)


def test_the_days_touch_the_six_weeks_of_this_adviser() -> None:
    assert refused(replace(MISSED, starts=date(2026, 2, 25), ends=None)) == (
        "late_starts",
        "The first day must not be after the date in law, Tuesday 24 February 2026",
    )
    assert refused(replace(MISSED, starts=date(2026, 1, 5), ends=date(2026, 1, 12)))[0] == "late_ends"


def test_a_new_target_is_after_the_last_day_and_still_to_come() -> None:
    assert refused(replace(MISSED, target=date(2026, 2, 24)))[0] == "late_target"
    assert refused(replace(MISSED, target=date(2026, 3, 8)))[1] == "The new target must be today or later"


def test_advice_that_came_in_time_needs_no_reason_and_late_advice_no_target() -> None:
    assert refused(MISSED, date(2026, 2, 24))[0] == "late_kind"
    rules.may_be_late(MISSED, ASKED, date(2026, 3, 2), TODAY)
    assert refused(replace(MISSED, target=date(2026, 4, 1)), date(2026, 3, 2))[0] == "late_target"


@given(
    st.builds(
        LateReason,
        st.sampled_from(sorted(EXCEPTIONS)),
        st.just("A reason"),
        st.just("Dee Shaw"),
        st.none() | DAYS,
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    st.none() | st.dates(ASKED, TODAY),
)
def test_whatever_is_typed_what_is_taken_is_lawful_and_the_rest_is_refused_at_its_field(
    why: LateReason, returned: date | None
) -> None:
    field = refusal(why, returned)
    if field:
        assert field.startswith("late_")
        return
    assert why.kind in rules.LATE_REASONS
    assert why.starts or why.target
    assert why.starts is None or why.starts <= rules.due_on(ASKED)
    assert why.target is None or (returned is None and why.target > rules.due_on(ASKED))


def test_only_what_is_recorded_as_come_can_be_taken_back() -> None:
    assert rules.check_taken_back(date(2026, 3, 2)) == date(2026, 3, 2)
    with pytest.raises(Refused, match="not recorded that this advice came"):
        rules.check_taken_back(None)
