"""How dates and spans of the case are said to a family. Pure."""

from datetime import date


def day_in_words(day: date) -> str:
    """`Monday 5 January 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return "1 day" if count == 1 else f"{count:,} days"


def left_or_late(due: date, today: date) -> str:
    """`3 days left`, `due today` or `late by 12 days`."""
    left = (due - today).days
    if left == 0:
        return "due today"
    return f"{days(left)} left" if left > 0 else f"late by {days(-left)}"
