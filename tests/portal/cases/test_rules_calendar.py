"""Bank holidays and working days in England and Wales, against the published lists, and months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.calendar import (
    add_months,
    add_working_days,
    bank_holidays,
    easter_sunday,
    is_working_day,
    next_working_day,
)

DAYS = st.dates(date(1995, 1, 1), date(2035, 11, 30))

PUBLISHED = {
    1995: "2 Jan, 14 Apr, 17 Apr, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    1999: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec, 31 Dec",
    2002: "1 Jan, 29 Mar, 1 Apr, 6 May, 3 Jun, 4 Jun, 26 Aug, 25 Dec, 26 Dec",
    2011: "3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2012: "2 Jan, 6 Apr, 9 Apr, 7 May, 4 Jun, 5 Jun, 27 Aug, 25 Dec, 26 Dec",
    2020: "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2021: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2022: "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec",
    2023: "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2027: "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_year_has_the_bank_holidays_that_were_published(year: int) -> None:
    computed = ", ".join(f"{day.day} {day:%b}" for day in sorted(bank_holidays(year)))
    assert computed == PUBLISHED[year]


@given(st.integers(1995, 2035))
def test_bank_holidays_are_weekdays_and_easter_is_a_spring_sunday(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    assert len(bank_holidays(year)) >= 8
    assert all(day.weekday() < 5 for day in bank_holidays(year))


@given(DAYS)
def test_the_next_working_day_is_one_and_none_is_skipped(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=skipped)) for skipped in range((found - day).days))


@given(DAYS, st.integers(1, 20))
def test_working_days_are_counted_after_the_day(day: date, count: int) -> None:
    last = add_working_days(day, count)
    between = [day + timedelta(days=ahead) for ahead in range(1, (last - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == count


def test_a_month_after_the_last_day_of_a_long_month_is_the_last_of_the_short_one() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)
