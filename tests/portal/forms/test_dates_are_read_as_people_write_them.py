"""A date has three parts; months may be names, and a date that cannot be is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portal.forms.made_up import answer_to, messages


def typed(day: str, month: str, year: str) -> dict[str, list[str]]:
    return {"it-day": [day], "it-month": [month], "it-year": [year]}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("5", "9", "2026"),
        (" 05 ", "09", "2026 "),
        ("5th", "September", "2026"),
        ("5", "sep", "2026"),
        ("5", "SEPT", "2026"),
        ("5.", "Sept.", "2026"),
        ("５", "９", "２０２６"),
    ],
)
def test_a_day_is_kept_as_its_iso_text(day: str, month: str, year: str) -> None:
    assert answer_to("date", typed(day, month, year)).answers == {"it": "2026-09-05"}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("29", "2", "2025"),
        ("0", "1", "2026"),
        ("5", "9", "26"),
        ("5", "", "2026"),
        ("", "", "2026"),
        ("five", "9", "2026"),
        ("5", "ma", "2026"),
        ("٥", "٩", "٢٠٢٦"),
    ],
)
def test_what_is_no_real_day_is_refused_with_an_example(day: str, month: str, year: str) -> None:
    assert messages(answer_to("date", typed(day, month, year))) == ["The thing must be a real date, like 27 3 2026"]


def test_an_empty_date_may_be_left_out_unless_it_is_required() -> None:
    assert answer_to("date", typed("", " ", "")).answers == {"it": None}
    assert messages(answer_to("date", {}, required=True)) == ["Enter the thing"]


def test_a_date_stays_within_its_limits() -> None:
    limits = {"earliest": date(2026, 9, 1), "latest": date(2026, 9, 30)}
    assert answer_to("date", typed("1", "9", "2026"), **limits).ok
    assert answer_to("date", typed("30", "9", "2026"), **limits).ok
    assert messages(answer_to("date", typed("31", "8", "2026"), **limits)) == [
        "The thing must be Tuesday 1 September 2026 or later"
    ]
    assert messages(answer_to("date", typed("1", "10", "2026"), **limits)) == [
        "The thing must be Wednesday 30 September 2026 or earlier"
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_of_three_centuries_can_be_typed(day: date) -> None:
    checked = answer_to("date", typed(str(day.day), f"{day:%B}", str(day.year)))
    assert checked.answers == {"it": day.isoformat()}
