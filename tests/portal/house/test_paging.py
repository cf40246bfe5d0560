"""The key of a page says by what the last row stood, so that nothing done to the row moves the page."""

from datetime import UTC, date, datetime

import pytest

from portal.paging import key_of, place_of


@pytest.mark.parametrize("value", [date(2026, 3, 9), datetime(2026, 3, 9, 10, 0, 0, 123, UTC), -40, "khan ~ priya"])
def test_a_key_is_read_back(value: date | datetime | int | str) -> None:
    assert place_of(key_of(value, 7), type(value)) == (value, 7)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("", date),
        ("7", date),
        ("7~soon", date),
        ("x~2026-03-09", date),
        ("-1~2026-03-09", date),
        ("99999999999999999999~2026-03-09", date),
        ("7~2026-03-09T10:00:00", datetime),
        ("7~5000000000", int),
        ("some-public-id", str),
    ],
)
def test_a_key_that_was_not_made_here_is_the_first_page(key: str, kind: type) -> None:
    assert place_of(key, kind) is None
