"""What the board counts and how it says it. Pure; months are named by their first day.

docs/rules/board.md says in words how each figure is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from portal.cases.calendar import is_working_day

MOST_MONTHS = 36
SHOWN_MONTHS = 12
OLDEST_CHOICE = 60
"""Months back from now that can be chosen."""

SOON, LATER = 5, 10
"""Working days in which a family should be answered, and after which it waited long."""


@dataclass(frozen=True)
class Duty:
    """Something that the law gives a time for, as the board shows it."""

    key: str
    title: str
    law: str


DUTIES: Mapping[str, Duty] = {
    "considering": Duty("6-weeks", "6 weeks: decided whether to assess", "SEND Regulations 2014, regulation 5(1)"),
    "deciding": Duty(
        "16-weeks", "16 weeks: decided whether to write a plan", "SEND Regulations 2014, regulation 10(1)"
    ),
    "final": Duty("20-weeks", "20 weeks: the final plan was issued", "SEND Regulations 2014, regulation 13(2)"),
    "reviewing": Duty("reviews", "4 weeks: decided after a review meeting", "SEND Regulations 2014, regulation 20(10)"),
}
"""By the duty's name in `portal.cases.clock`."""


@dataclass(frozen=True)
class Tally:
    """How often a duty was done on time, late with a lawful exception, and late without one.

    `unknown`: done before the case was taken in from a file, nobody has said when. It is not `due` here.
    """

    on_time: int = 0
    excused: int = 0
    late: int = 0
    unknown: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.on_time + other.on_time,
            self.excused + other.excused,
            self.late + other.late,
            self.unknown + other.unknown,
        )

    @property
    def due(self) -> int:
        return self.on_time + self.excused + self.late

    @property
    def share(self) -> str:
        """`64%` on time, of all that were due."""
        return percent(self.on_time, self.due)

    @property
    def share_without_exceptions(self) -> str:
        """The same, of those without a lawful exception."""
        return percent(self.on_time, self.on_time + self.late)


@dataclass(frozen=True)
class Answers:
    """How soon families were answered: within 5 working days, 10, later, or not yet.

    `waiting` are within 5 working days still, `overdue` have waited longer.
    """

    soon: int = 0
    later: int = 0
    long: int = 0
    waiting: int = 0
    overdue: int = 0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.soon + other.soon,
            self.later + other.later,
            self.long + other.long,
            self.waiting + other.waiting,
            self.overdue + other.overdue,
        )

    @property
    def asked(self) -> int:
        return self.soon + self.later + self.long + self.waiting + self.overdue

    @property
    def share(self) -> str:
        """`64%` within 5 working days, of those of whom it is known by now."""
        return percent(self.soon, self.asked - self.waiting)


@dataclass(frozen=True)
class Period:
    """From the first day of the month `first` to the last day of the month `last`."""

    first: date
    last: date

    @property
    def end(self) -> date:
        """The day after it."""
        return next_month(self.last)

    @property
    def months(self) -> tuple[date, ...]:
        found = [self.first]
        while found[-1] < self.last:
            found.append(next_month(found[-1]))
        return tuple(found)

    @property
    def in_words(self) -> str:
        if self.first == self.last:
            return month_words(self.first)
        return f"{month_words(self.first)} to {month_words(self.last)}"


def period_of(first: str, last: str, today: date) -> Period:
    """The period from `first` to `last` (`2026-03`), either way round, at most 36 months and none to come.

    What cannot be read is the last twelve months, this one included.
    """
    this = today.replace(day=1)
    end = _month(last, this) or this
    begin = _month(first, this) or months_before(end, SHOWN_MONTHS - 1)
    begin, end = sorted((begin, end))
    return Period(max(begin, months_before(end, MOST_MONTHS - 1)), end)


def choices(today: date) -> tuple[date, ...]:
    """The months that can be chosen, newest first."""
    this = today.replace(day=1)
    return tuple(months_before(this, back) for back in range(OLDEST_CHOICE))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_before(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def month_words(month: date) -> str:
    """`March 2026`."""
    return f"{month:%B %Y}"


def percent(part: int, whole: int) -> str:
    """`64%`, rounded down, so that nothing is 100% that is not; an empty string of nothing."""
    return f"{part * 100 // whole}%" if whole else ""


def working_day_numbers(first: date, last: date) -> list[int]:
    """For every day from `first` to `last`, how many working days there were until then.

    The difference of two numbers is how many working days lie between.
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return list(accumulate(int(is_working_day(day)) for day in days))


def _month(text: str, this: date) -> date | None:
    """The month that was asked for, if it is one of those that can be chosen."""
    oldest = months_before(this, OLDEST_CHOICE - 1)
    try:
        return min(max(date.fromisoformat(f"{text}-01"), oldest), this)
    except ValueError:
        return None
