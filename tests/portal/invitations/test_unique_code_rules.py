"""The unique code that a parent reads out on the phone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.invitations import rules

numbers = st.integers(0, rules.UNIQUE_CODES - 1)


def code_of(number: int) -> str:
    return rules.unique_code_from(number.to_bytes(32))


@given(numbers)
def test_a_code_is_two_groups_of_four_without_look_alikes_or_vowels(number: int) -> None:
    assert re.fullmatch(r"[2-9CDFGHJKMNPQRTVWXY]{4}-[2-9CDFGHJKMNPQRTVWXY]{4}", code_of(number))


@given(numbers, numbers)
def test_different_numbers_are_different_codes(one: int, other: int) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)


def test_there_are_as_many_codes_as_eight_characters_can_make() -> None:
    assert code_of(rules.UNIQUE_CODES - 1) == "YYYY-YYYY"
    assert rules.UNIQUE_CODES == 25**8


def test_a_seed_always_gives_its_own_code() -> None:
    assert rules.unique_code_from(b"a" * 32) == rules.unique_code_from(b"a" * 32) != rules.unique_code_from(b"b" * 32)


@pytest.mark.parametrize(
    "typed",
    ["7KQ4-M2XP", "7kq4m2xp", " 7KQ4 M2XP ", "7kq4–m2xp", "7-K-Q-4-M-2-X-P", "７ＫＱ４Ｍ２ＸＰ", "7KQ4-MZXP"],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert rules.normalise_unique_code(typed) == "7KQ4-M2XP"


@pytest.mark.parametrize(("heard", "meant"), [("S", "5"), ("z", "2"), ("B", "8"), ("u", "V")])
def test_a_look_alike_is_put_right(heard: str, meant: str) -> None:
    assert rules.normalise_unique_code(f"7KQ4-M2X{heard}") == f"7KQ4-M2X{meant}"


@given(numbers)
def test_reading_a_right_code_changes_nothing(number: int) -> None:
    assert rules.normalise_unique_code(code_of(number)) == code_of(number)


@given(st.text(max_size=20))
def test_reading_a_code_twice_changes_nothing_more(typed: str) -> None:
    once = rules.normalise_unique_code(typed)
    assert rules.normalise_unique_code(once) == once


@pytest.mark.parametrize("typed", ["", "7KQ4", "7KQ4-M2XP-7", "7KQ4-M2XC", "é7KQ4-M2XP"])
def test_another_code_does_not_match(typed: str) -> None:
    assert rules.normalise_unique_code(typed) != "7KQ4-M2XP"


def test_the_fifth_wrong_code_locks() -> None:
    assert [rules.is_locked(tries) for tries in (0, 4, 5, 6)] == [False, False, True, True]
