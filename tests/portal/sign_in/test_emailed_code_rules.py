"""Codes of six digits: how they are made and how a typed one is read."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sign_in import one_time_codes, rules


def test_codes_are_those_of_rfc_4226() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [one_time_codes.code_at(secret, counter) for counter in range(3)] == ["755224", "287082", "359152"]


def test_a_code_has_six_digits_and_the_next_one_is_another() -> None:
    secret = one_time_codes.new_secret()
    codes = [one_time_codes.code_at(secret, counter) for counter in range(20)]
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(set(codes)) > 15


def test_each_secret_is_new_and_of_160_bits() -> None:
    one, other = one_time_codes.new_secret(), one_time_codes.new_secret()
    assert one != other
    assert len(base64.b32decode(one)) * 8 == 160


@pytest.mark.parametrize(
    "typed",
    [
        "123456",
        " 123 456 ",
        "123-456",
        "123–456",
        "123—456",
        "123−456",
        "12\u00a034\u200956",
        "123\u200b456",
        "１２３４５６",
        "١٢٣٤٥٦",
        "1\t2\n3 4 5 6",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert rules.normalise_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345a", "123.456", "1234567"])
def test_something_else_does_not_become_a_code(typed: str) -> None:
    assert rules.normalise_code(typed) == typed


@given(st.text(max_size=30))
def test_reading_a_code_twice_changes_nothing_more(typed: str) -> None:
    once = rules.normalise_code(typed)
    assert rules.normalise_code(once) == once


@given(st.integers(0, 999_999), st.sampled_from([" ", "-", "–", "\u00a0"]))
def test_separators_anywhere_do_not_matter(number: int, between: str) -> None:
    code = f"{number:06}"
    assert rules.normalise_code(between.join(code)) == code
