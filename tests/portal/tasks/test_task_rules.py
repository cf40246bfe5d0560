"""When the rights pass to a young person, and from when something is unopened for too long."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.calendar import add_months, add_working_days
from portal.dates import london_day
from portal.personal.rules import is_young_person, school_age_ends
from portal.tasks import rules

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
BIRTHS = st.dates(date(1985, 1, 1), date(2035, 12, 31))


def has_passed(born: date, today: date) -> bool:
    among = any(year.first <= born <= year.last for year in rules.passed_to_young_people(today))
    return among and born > rules.youngest_adult_born(today)


@pytest.mark.parametrize("born", [date(2010, 3, 15), date(2010, 8, 31), date(2009, 9, 1)])
def test_the_rights_pass_the_day_after_the_last_friday_of_june(born: date) -> None:
    assert not has_passed(born, date(2026, 6, 26))
    assert has_passed(born, date(2026, 6, 27))
    assert [year.ends for year in rules.passing_soon(date(2026, 6, 26))] == [date(2026, 6, 26)]
    assert rules.passing_soon(date(2026, 6, 27)) == ()


def test_who_is_born_a_day_later_waits_another_year() -> None:
    assert not has_passed(date(2010, 9, 1), date(2026, 6, 27))
    assert has_passed(date(2010, 9, 1), date(2027, 6, 26))


def test_the_family_is_told_three_months_before() -> None:
    assert rules.passing_soon(date(2026, 3, 25)) == ()
    (year,) = rules.passing_soon(date(2026, 3, 26))
    assert (year.first, year.last) == (date(2009, 9, 1), date(2010, 8, 31))


@given(BIRTHS, DAYS)
def test_the_school_years_say_what_the_rule_for_one_person_says(born: date, today: date) -> None:
    if (born.month, born.day) != (2, 29):
        assert has_passed(born, today) == is_young_person(born, today)


@given(BIRTHS, DAYS)
def test_soon_is_the_three_months_before_the_person_s_own_day(born: date, today: date) -> None:
    ends = school_age_ends(born)
    among = any(year.first <= born <= year.last for year in rules.passing_soon(today))
    assert among == (add_months(ends, -3) <= today <= ends)


@given(DAYS)
def test_five_working_days_have_gone_for_what_was_served_before_and_not_for_the_rest(today: date) -> None:
    cutoff = london_day(rules.unopened_before(today))
    last = date.fromordinal(cutoff.toordinal() - 1)
    assert add_working_days(last, 5) <= today < add_working_days(cutoff, 5)


def test_a_bank_holiday_gives_the_family_a_day_more() -> None:
    assert rules.unopened_before(date(2026, 5, 25)) == datetime(2026, 5, 17, 23, tzinfo=UTC)
    assert rules.unopened_before(date(2026, 5, 26)) == datetime(2026, 5, 18, 23, tzinfo=UTC)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_each_kind_says_what_happened_and_what_to_do(kind: str) -> None:
    about = rules.KINDS[kind]
    assert all((about.name, about.why, about.steps))
    assert all(step.endswith(".") for step in about.steps)
