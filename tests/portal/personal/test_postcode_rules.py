"""Postcodes: forgiving about how they are typed, strict about what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.personal import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("SW1A 1AA", "SW1A 1AA"),
        ("sw1a1aa", "SW1A 1AA"),
        ("  s w 1 a-1 a a ", "SW1A 1AA"),
        ("ＳＷ１Ａ １ＡＡ", "SW1A 1AA"),
        ("SW1A OAA", "SW1A 0AA"),
        ("EC1A IBB", "EC1A 1BB"),
        ("m1 1ae", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("JE2 3AB", "JE2 3AB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_is_kept_in_capitals_with_one_space(typed: str, kept: str) -> None:
    assert rules.check_postcode(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "SW1A", "1AA", "SW1A 1A", "SW1A 1CA", "QW1 1AA", "90210", "SW1AA 11A", "D02 X285"]
)
def test_what_is_no_full_postcode_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Enter a full UK postcode, like SW1A 1AA$"):
        rules.check_postcode(typed)


@given(st.text(max_size=12))
def test_tidying_a_postcode_twice_changes_nothing_more(typed: str) -> None:
    once = rules.normalise_postcode(typed)
    assert rules.normalise_postcode(once) == once
