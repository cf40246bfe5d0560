"""Key Dates as a page shows them: what is coming, what is past, and how far away."""

from dataclasses import dataclass
from datetime import date

from portal.access.rules import Part
from portal.cases.key_dates import KeyDate, key_dates
from portal.cases.queries import ChildCase
from portal.dates import days, left_or_late

SHOWN = 3
"""How many dates the dashboard names."""

STILL_OPEN = "still open"
"""Said of a last day that was no working day, until the next one is over."""


@dataclass(frozen=True)
class DateView:
    """One key date. `key` names its calendar file; `note` is a sentence to be read with it, mostly empty."""

    key: str
    day: date
    title: str
    when: str
    note: str


@dataclass(frozen=True)
class KeyDatesView:
    """Every key date of one child: what is coming, earliest first, and what is past, newest first."""

    child: str
    name: str
    reference: str
    coming: tuple[DateView, ...]
    past: tuple[DateView, ...]

    @property
    def fact(self) -> str:
        """The next date, in words; not one that has passed and is still open."""
        ahead = next((one for one in self.coming if one.when != STILL_OPEN), None)
        return f"The next date is {ahead.when}" if ahead else "No date ahead"

    @property
    def next_few(self) -> tuple[DateView, ...]:
        """What the dashboard shows."""
        return self.coming[:SHOWN]


def dates_of(case: ChildCase) -> tuple[KeyDate, ...]:
    """The rules' key dates, the last days of rights that earlier requests gave, and the team's own, earliest first.

    Of these what the reader may know.
    """
    added = [(one.public_id, one.on, one.title) for one in case.added]
    found = key_dates(case.facts, case.today, added, [one.facts for one in case.others])
    return tuple(one for one in found if case.child.shows(Part.LETTERS) or not one.is_of_family)


def view(case: ChildCase) -> KeyDatesView:
    """Key Dates of one child, for the panel and for the page."""
    found = dates_of(case)
    return KeyDatesView(
        child=case.child.public_id,
        name=case.child.name,
        reference=case.child.case_reference,
        coming=tuple(_date(one, case.today) for one in found if not one.past),
        past=tuple(_date(one, case.today) for one in reversed(found) if one.past),
    )


def when(day: date, today: date) -> str:
    """`today`, `tomorrow`, `in 12 days`, `3 days ago`."""
    ahead = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(ahead)
    return near or (f"in {days(ahead)}" if ahead > 0 else f"{days(-ahead)} ago")


def _date(one: KeyDate, today: date) -> DateView:
    """A date in law that has passed while its duty is still open is late, not merely ago."""
    late = one.law and one.past
    return DateView(one.uid, one.on, one.title, left_or_late(one.on, today) if late else _when(one, today), one.note)


def _when(one: KeyDate, today: date) -> str:
    return STILL_OPEN if one.on < today and not one.past else when(one.on, today)
