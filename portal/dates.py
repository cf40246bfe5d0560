"""Moments and days: as the clocks in England show them, as they are said, and as people write them. Pure."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.words import counted

LONDON = ZoneInfo("Europe/London")

A_YEAR = timedelta(days=366)
"""How far ahead a day may lie that somebody types; what lies further is a slip of the finger."""

WRONG_DATE = "Enter a real date, like 2026-01-05, 5 January 2026 or 05/01/2026"

_MONTHS = "january february march april may june july august september october november december".split()

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_SLASHES = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_WORDS = re.compile(r"(?:[a-z]+,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})[ -](?P<year>\d{4})", re.A)


def london_time(moment: datetime) -> datetime:
    """`moment` (with a time zone) as the clocks in England show it."""
    return moment.astimezone(LONDON)


def london_day(moment: datetime) -> date:
    """Which day `moment` is in England; what the law counts in."""
    return london_time(moment).date()


def day_in_words(day: date) -> str:
    """`Monday 5 January 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def day_of_the_year(day: date) -> str:
    """`3 December`, for a day that is never more than a year away."""
    return f"{day.day} {day:%B}"


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return counted(count, "day")


def left_or_late(due: date, today: date) -> str:
    """`3 days left`, `due today` or `late by 12 days`."""
    left = (due - today).days
    if left == 0:
        return "due today"
    return f"{days(left)} left" if left > 0 else f"late by {days(-left)}"


def day_of(typed: str) -> date:
    """A day as people and councils write it; with slashes the day comes first. Raises ValueError with the message."""
    text = " ".join(typed.casefold().split())
    for form in (_ISO, _SLASHES, _WORDS):
        if found := form.fullmatch(text):
            return _real_day(found["year"], found["month"], found["day"])
    raise ValueError(WRONG_DATE)


def _real_day(year: str, month: str, day: str) -> date:
    names = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(month)]
    number = int(month) if month.isdecimal() else names[0] if names else 0
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        raise ValueError(WRONG_DATE) from None
    if not 1900 <= found.year <= 2200:
        raise ValueError(WRONG_DATE)
    return found
