"""How dates and times are said on a page: in words, in the time that the clocks in England show."""

from datetime import date, datetime

from portal.dates import day_in_words, london_day, london_time


def today(now: datetime) -> date:
    """Which day it is in England."""
    return london_day(now)


def day(value: date | datetime) -> str:
    """`Monday 5 January 2026`."""
    return day_in_words(london_day(value) if isinstance(value, datetime) else value)


def short_day(value: date | datetime) -> str:
    """`5 January 2026`, for tables."""
    value = london_day(value) if isinstance(value, datetime) else value
    return f"{value.day} {value:%B %Y}"


def clock_time(moment: datetime) -> str:
    """`2:45pm`."""
    value = london_time(moment)
    return f"{value.hour % 12 or 12}:{value:%M}{'am' if value.hour < 12 else 'pm'}"


def day_and_time(moment: datetime) -> str:
    """`5 January 2026 at 2:45pm`."""
    return f"{short_day(moment)} at {clock_time(moment)}"


def iso(value: date | datetime) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat()


def in_house_words(value: object) -> str:
    """Any value as a page says it: a moment or a day in words, everything else as it is."""
    if isinstance(value, datetime):
        return day_and_time(value)
    return short_day(value) if isinstance(value, date) else str(value)


FILTERS = {
    "day": day,
    "short_day": short_day,
    "clock_time": clock_time,
    "day_and_time": day_and_time,
    "iso": iso,
    "in_house_words": in_house_words,
}
