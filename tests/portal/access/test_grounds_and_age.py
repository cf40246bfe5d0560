"""On which grounds access may newly be given, by the day of birth (CFA 2014 s.80 and s.83; Education Act 1996 s.8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.access.rules import BASES, PARENTS, YOUNG_PERSONS, may_be_given, why_not
from portal.personal.rules import school_age_ends

BORN = date(2010, 3, 15)
LAST_DAY = date(2026, 6, 26)
"""The last Friday of June of the school year in which somebody born on BORN turns 16."""

births = st.dates(date(1995, 1, 1), date(2026, 1, 1))
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_a_child_has_parents_and_carers_and_nobody_whom_it_has_asked() -> None:
    assert may_be_given(date(2019, 5, 1), LAST_DAY) == (
        "parental_responsibility", "carer", "representative", "professional",
    )  # fmt: skip


def test_a_young_person_decides_and_no_parent_begins_in_their_own_right() -> None:
    assert may_be_given(date(2007, 5, 1), LAST_DAY) == ("young_person", "agreed", "representative", "professional")


def test_the_last_friday_of_june_still_belongs_to_the_parents() -> None:
    assert not why_not("parental_responsibility", BORN, LAST_DAY)
    assert why_not("young_person", BORN, LAST_DAY)
    assert why_not("parental_responsibility", BORN, LAST_DAY + timedelta(days=1))
    assert not why_not("young_person", BORN, LAST_DAY + timedelta(days=1))


def test_whoever_turns_sixteen_in_august_is_a_young_person_before_the_birthday() -> None:
    assert not why_not("young_person", date(2010, 8, 31), date(2026, 6, 27))
    assert why_not("young_person", date(2010, 9, 1), date(2026, 12, 1))


def test_the_words_name_the_day_and_what_to_take_instead() -> None:
    too_early = why_not("agreed", BORN, LAST_DAY)
    assert "ends on Friday 26 June 2026" in too_early
    assert "parent" in too_early
    too_late = why_not("carer", BORN, LAST_DAY + timedelta(days=1))
    assert "ended on Friday 26 June 2026" in too_late
    assert BASES["agreed"] in too_late
    assert "deputy" in too_late
    assert BASES["representative"] in too_late


@given(births, days)
def test_either_the_parents_grounds_or_the_young_persons_never_both(born: date, today: date) -> None:
    may = set(may_be_given(born, today))
    assert may.isdisjoint(PARENTS) != may.isdisjoint(YOUNG_PERSONS)
    assert may.issuperset(PARENTS) != may.issuperset(YOUNG_PERSONS)


@given(births, days)
def test_representatives_and_professionals_have_no_age(born: date, today: date) -> None:
    assert {"representative", "professional"} <= set(may_be_given(born, today))


@given(births, days, st.sampled_from(list(BASES)))
def test_there_are_words_exactly_for_what_may_not_be_given(born: date, today: date, basis: str) -> None:
    assert bool(why_not(basis, born, today)) == (basis not in may_be_given(born, today))


@given(births, days, st.integers(0, 4000))
def test_what_ended_with_school_age_does_not_come_back(born: date, today: date, later: int) -> None:
    if why_not("parental_responsibility", born, today):
        assert why_not("parental_responsibility", born, today + timedelta(days=later))


@given(births)
def test_the_rights_pass_between_fifteen_and_seventeen(born: date) -> None:
    ends = school_age_ends(born)
    assert why_not("young_person", born, ends)
    assert not why_not("young_person", born, ends + timedelta(days=1))
    assert 15 * 365 < (ends - born).days < 17 * 366


@pytest.mark.parametrize("basis", list(BASES))
def test_somebody_of_twenty_five_is_asked_like_any_young_person(basis: str) -> None:
    assert bool(why_not(basis, date(2000, 9, 1), date(2026, 3, 9))) == (basis in PARENTS)
