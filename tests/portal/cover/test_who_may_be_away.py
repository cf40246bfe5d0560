"""Who may be away when, and the sentence that families read."""

from datetime import date, timedelta

import pytest

from portal.cover.rules import Days, fits, may_be_away, told
from portal.errors import RuleBroken

TODAY = date(2026, 11, 23)
WEEK = Days(date(2026, 11, 23), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (Days(TODAY - timedelta(1), TODAY), "first"),
        (Days(TODAY + timedelta(1), TODAY), "last"),
        (Days(TODAY, TODAY + timedelta(367)), "last"),
    ],
)
def test_days_lie_ahead_in_order_within_a_year(days: Days, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        may_be_away(days, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("last", [TODAY, TODAY + timedelta(366)])
def test_one_day_and_a_whole_year_are_possible(last: date) -> None:
    may_be_away(Days(TODAY, last), TODAY)


def test_absences_overlap_when_they_share_one_day() -> None:
    assert WEEK.overlaps(Days(WEEK.last, WEEK.last + timedelta(9)))
    assert Days(WEEK.first - timedelta(9), WEEK.first).overlaps(WEEK)
    assert not WEEK.overlaps(Days(WEEK.last + timedelta(1), WEEK.last + timedelta(9)))


def test_nobody_is_away_twice_and_whoever_covers_is_there() -> None:
    fits(WEEK, [], [], [])
    for own, covering, of_cover, field in (
        ([WEEK], [], [], "first"), ([], [WEEK], [], "first"), ([], [], [WEEK], "cover"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            fits(WEEK, own, covering, of_cover)
        assert refused.value.field == field


def test_families_read_one_plain_sentence() -> None:
    assert told("Priya", date(2026, 12, 3), "Omar") == "Priya is away until 3 December. Omar is covering."
