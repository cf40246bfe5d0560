"""The legal grounds of access."""

from datetime import date

import pytest

from portal.access.rules import AT_WORK, BASES, BASES_IN_SHORT, TEAM, Part, Says, sees, to_check

BORN = date(2008, 4, 2)


def test_each_ground_has_a_long_and_a_short_name() -> None:
    assert BASES.keys() == BASES_IN_SHORT.keys()


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("is_professional", [True, False])
def test_only_professionals_are_invited_as_professionals(basis: str, is_professional: bool) -> None:
    fits = (basis == "professional") == is_professional
    assert (to_check(basis, Says(is_professional, BORN), BORN) == ()) == fits


@pytest.mark.parametrize("says", [None, date(1980, 1, 1)])
def test_only_of_the_young_person_the_date_of_birth_is_held_against_the_record(says: date | None) -> None:
    assert len(to_check("young_person", Says(is_professional=False, born=says), BORN)) == 1
    assert not to_check("agreed", Says(is_professional=False, born=says), BORN)
    assert not to_check("young_person", Says(is_professional=False, born=BORN), BORN)


@pytest.mark.parametrize("part", Part)
def test_a_professional_sees_no_part_that_is_for_the_family(part: Part) -> None:
    assert not sees(AT_WORK, part)


@pytest.mark.parametrize("basis", sorted(set(BASES) - {AT_WORK}))
def test_whoever_acts_for_the_child_sees_letters_advice_the_draft_and_who_opened_it(basis: str) -> None:
    assert {part for part in Part if sees(basis, part)} >= set(Part) - {Part.WHO_SEES}


def test_only_the_young_person_and_the_team_see_who_has_access() -> None:
    assert {basis for basis in (*BASES, TEAM) if sees(basis, Part.WHO_SEES)} == {"young_person", TEAM}


def test_on_a_ground_that_nobody_knows_nothing_is_seen() -> None:
    assert not any(sees("", part) for part in Part)
