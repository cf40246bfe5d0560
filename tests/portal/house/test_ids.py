"""Case references that can be said on the phone and put into a spreadsheet."""

import secrets

import pytest

from portal import ids


@pytest.mark.parametrize("reference", ["5E234", "2345E", "MAR25", "25MAR", "2DEC4", "SEP34"])
def test_what_a_spreadsheet_would_change_is_known(reference: str) -> None:
    assert ids.is_spoiled_by_spreadsheets(reference) is (reference != "2345E")


def test_a_reference_that_a_spreadsheet_would_change_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("5E234" + "MAR25" + "7KQ4B")
    monkeypatch.setattr(secrets, "choice", lambda _: next(letters))
    assert ids.case_reference() == "7KQ4B"
