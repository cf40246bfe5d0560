"""Days as the clocks in England have them, and as people write them."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import day_of, london_day


def test_the_day_is_the_one_in_england() -> None:
    assert london_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert london_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-05",
        "2026-01-05 00:00:00",
        "5 January 2026",
        "05/01/2026",
        "5.1.2026",
        "Monday 5 January 2026",
        "5-Jan-2026",
    ],
)
def test_a_date_is_understood_with_the_day_first(typed: str) -> None:
    assert day_of(typed) == date(2026, 1, 5)


@pytest.mark.parametrize("typed", ["", "31/02/2026", "01/13/2026", "5/1/26", "soon", "٥/١/٢٠٢٦", "5 Octember 2026"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="real date"):
        day_of(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_problem(typed: str) -> None:
    with suppress(ValueError):
        assert 1900 <= day_of(typed).year <= 2200


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(day: date) -> None:
    for typed in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}"):
        assert day_of(typed) == day
