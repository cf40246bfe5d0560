"""What may be done with a document, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.documents.rules import state_of, too_far_ahead, wait_before_announcing

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("published_at", "recalled_at", "state"),
    [
        (None, None, "prepared"),
        (NOW + SECOND, None, "planned"),
        (NOW, None, "published"),
        (NOW - DAY, None, "published"),
        (NOW - DAY, NOW, "recalled"),
        (NOW + DAY, NOW, "recalled"),
    ],
)
def test_a_document_is_in_one_of_four_states(
    published_at: datetime | None, recalled_at: datetime | None, state: str
) -> None:
    assert state_of(published_at, recalled_at, NOW) == state


@pytest.mark.parametrize(
    ("published_at", "scan_state", "wait"),
    [
        (NOW, "clean", None),
        (NOW, "not_scanned", None),
        (NOW, "infected", None),
        (NOW, "pending", timedelta(minutes=1)),
        (NOW + DAY, "clean", DAY),
        (NOW + DAY, "pending", DAY),
    ],
)
def test_emails_wait_for_the_day_and_for_the_scanner(
    published_at: datetime, scan_state: str, wait: timedelta | None
) -> None:
    assert wait_before_announcing(published_at, scan_state, NOW) == wait


def test_a_year_ahead_is_far_enough() -> None:
    assert not too_far_ahead(date(2027, 3, 9), date(2026, 3, 9))
    assert too_far_ahead(date(2027, 3, 11), date(2026, 3, 9))
