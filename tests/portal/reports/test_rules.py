"""Months, shares and working days of the board."""

from datetime import date

import pytest

from portal.reports.rules import Period, months_before, next_month, percent, period_of, working_day_numbers

TODAY = date(2026, 3, 9)


def test_a_year_is_shown_when_nothing_is_asked_for() -> None:
    period = period_of("", "", TODAY)
    assert (period.first, period.last, period.end) == (date(2025, 4, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert len(period.months) == 12
    assert period.in_words == "April 2025 to March 2026"


def test_months_may_be_asked_for_in_either_order() -> None:
    assert period_of("2026-02", "2025-11", TODAY) == period_of("2025-11", "2026-02", TODAY)
    assert period_of("2026-02", "2026-02", TODAY).in_words == "February 2026"


def test_no_more_than_three_years_and_nothing_to_come() -> None:
    assert len(period_of("2021-01", "", TODAY).months) == 36
    assert period_of("", "2030-01", TODAY).last == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-3", "2026-00", "x" * 10_000, "2026-01-01"])
def test_what_is_no_month_is_left_aside(text: str) -> None:
    assert period_of(text, text, TODAY) == Period(date(2025, 4, 1), date(2026, 3, 1))


def test_months_go_round_the_year() -> None:
    assert next_month(date(2025, 12, 1)) == date(2026, 1, 1)
    assert months_before(date(2026, 1, 1), 1) == date(2025, 12, 1)
    assert months_before(date(2026, 1, 1), 13) == date(2024, 12, 1)


def test_a_share_is_never_said_to_be_better_than_it_is() -> None:
    assert percent(199, 200) == "99%"
    assert percent(0, 7) == "0%"
    assert percent(0, 0) == ""


def test_working_days_leave_out_weekends_and_bank_holidays() -> None:
    thursday = date(2026, 4, 2)  # before Easter
    numbers = working_day_numbers(thursday, date(2026, 4, 8))
    assert numbers[5] - numbers[0] == 1, "Tuesday"
    assert numbers[6] - numbers[0] == 2, "Wednesday"
    assert len(numbers) == 7
