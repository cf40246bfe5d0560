"""Names, telephone numbers and dates of birth."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.personal import rules

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "name",
    ["Sarah", "O’Neill-Jones", "Mary Ann", "J. R. R.", "Łukasz", "محمد", "अनिता", "李", "van der Berg, Jr."],
)
def test_names_of_any_alphabet_are_taken(name: str) -> None:
    assert rules.check_name(name, what="surname") == name


def test_a_name_is_trimmed_and_its_spaces_are_single() -> None:
    assert rules.check_name("  Mary \t Ann ", what="forename") == "Mary Ann"


@pytest.mark.parametrize(
    "name", ["win at evil.example", "https://evil", "<b>Sarah</b>", "a@b", "Sarah1", "--", "Sarah\u202eenaj"]
)
def test_what_could_be_a_link_or_markup_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match=r"^Your forename must only have letters, spaces"):
        rules.check_name(name, what="forename")


def test_a_missing_or_endless_name_is_said() -> None:
    with pytest.raises(ValueError, match=r"^Enter your surname$"):
        rules.check_name("  ", what="surname")
    with pytest.raises(ValueError, match=r"^Your surname must be 100 characters or fewer$"):
        rules.check_name("a" * 101, what="surname")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01632 960 001", "01632 960 001"),
        (" 07700  900982 ", "07700 900982"),
        ("+44 (0)808 157-0192", "+44 (0)808 157-0192"),
        ("０７７００９００９８２", "07700900982"),
    ],
)
def test_a_phone_number_is_kept_as_it_was_written(typed: str, kept: str) -> None:
    assert rules.check_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "999", "01632 960", "not a number", "0" * 16, "07700 900982 call me"])
def test_what_cannot_be_phoned_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Enter a phone number, like 01632 960 001"):
        rules.check_phone(typed)


@pytest.mark.parametrize(
    ("born", "taken"),
    [
        (date(2010, 3, 9), True),
        (date(2010, 3, 10), False),
        (date(2000, 3, 10), True),
        (date(2000, 3, 9), False),
    ],
)
def test_a_young_person_is_16_to_25(born: date, taken: bool) -> None:
    if taken:
        assert rules.check_date_of_birth(born, is_young_person=True, today=TODAY) == born
        return
    with pytest.raises(ValueError, match=r"^You can say this once compulsory school age is over"):
        rules.check_date_of_birth(born, is_young_person=True, today=TODAY)


def test_somebody_of_15_is_a_young_person_once_compulsory_school_age_is_over() -> None:
    born = date(2010, 8, 31)
    assert rules.check_date_of_birth(born, is_young_person=True, today=date(2026, 6, 27)) == born
    with pytest.raises(ValueError, match=r"^You can say this once compulsory school age is over"):
        rules.check_date_of_birth(born, is_young_person=True, today=date(2026, 6, 26))


@given(st.dates(date(1995, 1, 1), date(2020, 1, 1)), st.dates(date(2020, 1, 2), date(2040, 1, 1)))
def test_nobody_whose_rights_are_their_own_is_turned_away(born: date, today: date) -> None:
    assert rules.may_be_young_person(born, today) or not rules.is_young_person(born, today)


def test_a_parent_may_be_of_any_age_or_not_say() -> None:
    assert rules.check_date_of_birth(date(1950, 1, 1), is_young_person=False, today=TODAY) == date(1950, 1, 1)
    assert rules.check_date_of_birth(None, is_young_person=False, today=TODAY) is None


def test_a_young_person_has_to_say_when_they_were_born() -> None:
    with pytest.raises(ValueError, match=r"^Enter your date of birth$"):
        rules.check_date_of_birth(None, is_young_person=True, today=TODAY)


def test_nobody_is_born_today_or_later() -> None:
    with pytest.raises(ValueError, match=r"^Your date of birth must be in the past$"):
        rules.check_date_of_birth(TODAY, is_young_person=False, today=TODAY)


def test_somebody_born_on_29_february_grows_older_on_1_march() -> None:
    born = date(2008, 2, 29)
    assert rules.age(born, date(2026, 2, 28)) == 17
    assert rules.age(born, date(2026, 3, 1)) == 18


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 20_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    later = born + timedelta(days=days)
    assert 0 <= rules.age(born, later) <= rules.age(born, later + timedelta(days=1))
