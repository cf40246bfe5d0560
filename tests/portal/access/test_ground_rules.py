"""The legal grounds of access."""

import pytest

from portal.access.rules import BASES, BASES_IN_SHORT, mismatch


def test_each_ground_has_a_long_and_a_short_name() -> None:
    assert BASES.keys() == BASES_IN_SHORT.keys()


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("is_professional", [True, False])
def test_only_professionals_are_invited_as_professionals(basis: str, is_professional: bool) -> None:
    assert (mismatch(basis, is_professional=is_professional) == "") == ((basis == "professional") == is_professional)
