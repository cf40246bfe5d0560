"""What may be done with a document, and when. Pure."""

from datetime import date, datetime, timedelta

from portal.dates import A_YEAR

TRY_AGAIN = timedelta(minutes=1)
CANNOT_BE_OPENED = ("infected", "failed")
"""States of a file that end its way: nobody will ever open it."""


def state_of(published_at: datetime | None, recalled_at: datetime | None, now: datetime) -> str:
    """`prepared`, `planned` for a date, `published` or `recalled`, as it stands at `now`."""
    if recalled_at:
        return "recalled"
    if published_at is None:
        return "prepared"
    return "planned" if published_at > now else "published"


def too_far_ahead(day: date, today: date) -> bool:
    """Whether `day` is more than a year after `today`."""
    return day > today + A_YEAR


def wait_before_announcing(published_at: datetime, scan_state: str, now: datetime) -> timedelta | None:
    """How long the emails about a document have to wait; None when they may go now, or never.

    Nobody is told of a document that they cannot open: the days for an answer are counted from then.
    """
    if published_at > now:
        return published_at - now
    return TRY_AGAIN if scan_state == "pending" else None
