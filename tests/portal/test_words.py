"""How numbers are said."""

from portal.words import counted


def test_one_is_said_otherwise_than_none_or_many() -> None:
    assert [counted(number, "case") for number in (0, 1, 2)] == ["0 cases", "1 case", "2 cases"]
    assert counted(7800, "child matches", "children match") == "7,800 children match"
