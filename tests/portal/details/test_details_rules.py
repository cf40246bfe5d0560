"""A correction names what was and what is; a form's stamp fits one set of details only."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.details.rules import NOT_PAST, NOT_THEIRS, Details, check_birth_of_adult, corrected
from portal.errors import RuleBroken

NAMES = st.text(max_size=20)
DETAILS = st.builds(Details, NAMES, NAMES, st.none() | st.dates())


@given(DETAILS, DETAILS)
def test_two_details_have_one_stamp_when_they_are_the_same(one: Details, other: Details) -> None:
    assert (one.stamp == other.stamp) == (one == other)


@given(DETAILS, DETAILS)
def test_a_correction_names_each_detail_that_is_new_and_no_other(was: Details, becomes: Details) -> None:
    if was == becomes:
        with pytest.raises(RuleBroken):
            corrected(was, becomes)
        return
    said = corrected(was, becomes)
    for name in ("forename", "surname", "date_of_birth"):
        is_new = getattr(was, name) != getattr(becomes, name)
        assert (f"{name}_was" in said, f"{name}_is" in said) == (is_new, is_new)


def test_names_that_only_join_differently_are_other_names() -> None:
    ann = Details("Ann Mary", "Lee", None)
    assert ann.stamp != replace(ann, forename="Ann", surname="Mary Lee").stamp


def test_a_birthday_of_an_adult_is_past_and_of_a_young_person_fits_their_age() -> None:
    today = date(2026, 3, 9)
    check_birth_of_adult(None, is_young_person=False, today=today)
    check_birth_of_adult(date(2009, 3, 9), is_young_person=True, today=today)
    for born, is_young_person, message in (
        (today, False, NOT_PAST),
        (None, True, NOT_THEIRS),
        (date(2018, 4, 2), True, NOT_THEIRS),
    ):
        with pytest.raises(RuleBroken) as broken:
            check_birth_of_adult(born, is_young_person=is_young_person, today=today)
        assert (broken.value.field, broken.value.message) == ("date_of_birth", message)
