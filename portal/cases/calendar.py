"""Calendar days, working days and months, as the law for England counts them. Pure."""

import calendar
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)

# Days that proclamations added or moved (Bank of England and GOV.UK lists, England and Wales).
_ADDED = {
    date(1995, 5, 8),
    date(1999, 12, 31),
    date(2002, 6, 3),
    date(2002, 6, 4),
    date(2011, 4, 29),
    date(2012, 6, 4),
    date(2012, 6, 5),
    date(2020, 5, 8),
    date(2022, 6, 2),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}
_REMOVED = {date(1995, 5, 1), date(2002, 5, 27), date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)}


def is_working_day(day: date) -> bool:
    """Whether `day` is neither a weekend nor a bank holiday in England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The day that is `count` working days after `day`."""
    for _ in range(count):
        day = next_working_day(day + DAY)
    return day


def add_months(day: date, months: int) -> date:
    """The corresponding date `months` later; the last day of the month where there is none."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_of_months(day: date, months: int) -> date:
    """The last day of the period of `months` that starts with `day`: of a year from 1 May, 30 April."""
    after = add_months(day, months)
    return after - DAY if after.day == day.day else after


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of one year in England and Wales (Banking and Financial Dealings Act 1971)."""
    fixed = {
        _not_at_weekend(date(year, 1, 1)),
        easter_sunday(year) - 2 * DAY,
        easter_sunday(year) + DAY,
        _first_monday(year, 5),
        _last_monday(year, 5),
        _last_monday(year, 8),
        *_christmas(year),
    }
    return frozenset((fixed | {day for day in _ADDED if day.year == year}) - _REMOVED)


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _not_at_weekend(day: date) -> date:
    while day.weekday() >= 5:
        day += DAY
    return day


def _christmas(year: int) -> tuple[date, date]:
    """Christmas Day and Boxing Day, or the weekdays that stand in for them."""
    first = _not_at_weekend(date(year, 12, 25))
    second = _not_at_weekend(date(year, 12, 26))
    return first, second if second != first else second + DAY


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())
