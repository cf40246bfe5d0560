"""Who may be asked for, which pages there are, and which team gets the child."""

from datetime import date, timedelta

import pytest

from portal.access.rules import BASES
from portal.requests import rules

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("born", "asker", "message"),
    [
        (None, "parent", "Enter the child’s date of birth"),
        (None, "myself", "Enter your date of birth"),
        (date(2026, 1, 6), "parent", "The law gives an assessment to a child who has been born .*sections 36 and 83"),
        (date(2027, 1, 1), "myself", "Your date of birth must be in the past"),
        (date(2001, 1, 5), "parent", "up to the day before the 25th birthday .*sections 36 and 83"),
        (date(2010, 1, 6), "myself", "You can ask for yourself once compulsory school age is over, which is after"),
    ],
)
def test_a_birthday_for_which_nobody_can_ask_is_refused_in_words(born: date | None, asker: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rules.check_birth(born, asker=asker, today=TODAY)


def test_the_last_day_before_25_and_the_first_after_school_age_are_in_time() -> None:
    assert rules.check_birth(date(2001, 1, 6), asker="parent", today=TODAY) == date(2001, 1, 6)
    assert rules.check_birth(date(2009, 8, 31), asker="myself", today=TODAY) == date(2009, 8, 31)
    assert rules.check_birth(TODAY, asker="professional", today=TODAY) == TODAY


def test_a_ground_that_is_not_the_one_on_record_is_for_the_team_to_check() -> None:
    assert rules.ground_to_check("parental_responsibility", "carer") == (
        "They ask as: parental responsibility. On record is: carer."
    )
    assert rules.ground_to_check("carer", "carer") == rules.ground_to_check("carer", "") == ""
    for said in rules.BASIS_OF.values():
        assert [one for one in BASES if not rules.ground_to_check(said, one)] == [said]


def test_the_team_with_the_fewest_children_gets_the_next_one() -> None:
    assert rules.team_for({1: 12, 2: 3, 5: 9}) == 2
    assert rules.team_for({7: 4, 2: 4}) == 2
    assert rules.team_for({3: 100}) == 3
    assert rules.team_for({}) is None


@pytest.mark.parametrize(
    ("asker", "workplace", "source"),
    [
        ("parent", "", "parent"),
        ("carer", "", "parent"),
        ("myself", "", "young_person"),
        ("professional", "nursery", "school"),
        ("professional", "college", "school"),
        ("professional", "other", "other"),
    ],
)
def test_the_record_says_who_asked(asker: str, workplace: str, source: str) -> None:
    assert rules.source_of(asker, workplace) == source


def test_only_a_professional_is_asked_about_the_parents_and_only_a_family_for_consent() -> None:
    for asker in ("parent", "myself"):
        assert rules.steps_for(asker, None, TODAY) == ("who", "child", "needs", "consent")
    assert rules.steps_for("professional", None, TODAY) == ("who", "child", "needs", "family")


FRIDAY = date(2026, 6, 26)
"""The last day of compulsory school age of whoever was born from 1 September 2009 to 31 August 2010."""


@pytest.mark.parametrize("born", [date(2009, 9, 1), date(2010, 8, 31)])
def test_from_the_day_after_compulsory_school_age_the_right_is_the_young_persons(born: date) -> None:
    day_after = FRIDAY + timedelta(days=1)
    assert not rules.is_theirs(born, FRIDAY)
    assert rules.is_theirs(born, day_after)
    assert not rules.is_theirs(None, day_after)
    for asker in rules.FOR_A_CHILD:
        assert "agreement" not in rules.steps_for(asker, born, FRIDAY)
        assert rules.steps_for(asker, born, day_after) == ("who", "child", "agreement", "needs", "consent")
    for asker in ("myself", "professional"):
        assert "agreement" not in rules.steps_for(asker, born, day_after)
    assert rules.check_birth(born, asker="myself", today=day_after) == born
    with pytest.raises(ValueError, match="over, which is after Friday 26 June 2026"):
        rules.check_birth(born, asker="myself", today=FRIDAY)


@pytest.mark.parametrize(
    ("agrees", "basis", "is_settled"),
    [
        ("", "parental_responsibility", True),
        ("asked", "agreed", True),
        ("cannot", "representative", False),
        ("not_asked", "parental_responsibility", False),
        ("no", "parental_responsibility", False),
    ],
)
def test_the_ground_comes_from_the_young_person_and_what_is_not_settled_is_for_the_team(
    agrees: str, basis: str, is_settled: bool
) -> None:
    answers = rules.Answers("parent", "", "Yusuf", "Ali", None, "", "", "", "", "", agrees=agrees)
    assert answers.basis == basis
    assert (rules.agreement_to_check(agrees) == "") == is_settled
