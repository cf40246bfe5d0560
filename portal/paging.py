"""The key of a page of a list: by what the last row before it stood, and which row that was. Pure.

The key holds the value itself, not only the row: what was done to that row meanwhile (it has an answer, its
deadline moved) must not change where the list goes on, or rows are passed over unseen.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

Value = date | datetime | int | str
Place = tuple[Value, int]
"""The value by which a list stands, and the row's id, which tells rows apart that have the same."""

READ: Mapping[type, Callable[[str], Value]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    int: int,
    str: str,
}

LARGEST = 2**63


def key_of(value: Value, row: int) -> str:
    """The key of the page after the row with this id."""
    return f"{row}~{value.isoformat() if isinstance(value, date) else value}"


def place_of(key: str, kind: type) -> Place | None:
    """Where a page goes on, from its key. None for the first page, and for a key that was not made here.

    `kind` is the type of the value, as the database gives it.
    """
    row, _, text = key.partition("~")
    if not (row.isascii() and row.isdecimal() and int(row) < LARGEST):
        return None
    try:
        value = READ[kind](text)
    except ValueError:
        return None
    if (isinstance(value, datetime) and value.tzinfo is None) or (isinstance(value, int) and abs(value) >= 2**31):
        return None
    return value, int(row)
