"""How long a message waits is counted in days of England, whatever the clock of the server says."""

from datetime import UTC, datetime

from portal.messages.rules import is_overdue, waiting_words

JUST_AFTER_MIDNIGHT = datetime(2026, 6, 8, 23, 30, tzinfo=UTC)
"""Tuesday 9 June, half past midnight in England, where it is summer time."""


def test_what_came_after_midnight_waits_since_today() -> None:
    assert waiting_words(JUST_AFTER_MIDNIGHT, datetime(2026, 6, 9, 8, 0, tzinfo=UTC)) == "waiting since today"
    assert waiting_words(JUST_AFTER_MIDNIGHT, datetime(2026, 6, 9, 23, 5, tzinfo=UTC)) == "waiting 1 day"


def test_it_is_overdue_after_five_working_days_of_england() -> None:
    assert not is_overdue(JUST_AFTER_MIDNIGHT, datetime(2026, 6, 16, 22, 0, tzinfo=UTC))
    assert is_overdue(JUST_AFTER_MIDNIGHT, datetime(2026, 6, 16, 23, 5, tzinfo=UTC))
