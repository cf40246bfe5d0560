"""Who may be away when, and what families are told. Pure; days are days in London, both ends included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.dates import A_YEAR, day_of_the_year
from portal.errors import RuleBroken


@dataclass(frozen=True)
class Days:
    """The first and the last day of being away."""

    first: date
    last: date

    def overlaps(self, other: "Days") -> bool:
        """Whether one day belongs to both."""
        return self.first <= other.last and other.first <= self.last


def may_be_away(days: Days, today: date) -> None:
    """Raise RuleBroken on `first` or `last` unless the days lie ahead, in order, within a year."""
    if days.first < today:
        raise RuleBroken("first", "The first day must be today or later")
    if days.last < days.first:
        raise RuleBroken("last", "The last day must be the first day or later")
    if days.last > today + A_YEAR:
        raise RuleBroken("last", "The last day must be within a year")


def fits(days: Days, own: Iterable[Days], covering: Iterable[Days], absences_of_cover: Iterable[Days]) -> None:
    """Raise RuleBroken when somebody would be away twice, or nobody would be there who covers.

    `own` are the absences of who goes away, `covering` the days on which they cover for others.
    """
    if any(days.overlaps(one) for one in own):
        raise RuleBroken("first", "Some of these days are recorded already. End that absence first")
    if any(days.overlaps(one) for one in covering):
        raise RuleBroken(
            "first", "They cover for a colleague on some of these days. Ask a manager to find another cover"
        )
    if any(days.overlaps(one) for one in absences_of_cover):
        raise RuleBroken("cover", "This colleague is away on some of these days. Choose somebody else")


def told(away: str, last: date, cover: str) -> str:
    """What families read: `Priya is away until 3 December. Omar is covering.`"""
    return f"{away} is away until {day_of_the_year(last)}. {cover} is covering."
