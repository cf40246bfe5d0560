"""On which day a letter can have been posted. Pure."""

from datetime import date

from portal.errors import RuleBroken


def may_be_posted(on: date, earliest: date, today: date) -> None:
    """Raises RuleBroken on `on` unless it lies between the day of what was posted and `today`."""
    if on > today:
        raise RuleBroken("on", "The day must be today or earlier")
    if on < earliest:
        raise RuleBroken("on", "The day must not be before the day of the letter")
