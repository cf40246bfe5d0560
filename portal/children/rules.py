"""What a new record of a child must fulfil. Pure: the day is an argument."""

from collections.abc import Mapping
from datetime import date

from portal.personal.rules import age

SOURCES: Mapping[str, str] = {
    "parent": "A parent or carer",
    "young_person": "The young person",
    "school": "The school, nursery or college",
    "other": "Somebody else",
}
"""Who asked for the assessment (CFA 2014 s.36(1), CoP 9.8): what is recorded, and what staff choose from."""

OLDEST = 25
"""A plan may last until the day before the 26th birthday, at most to the end of that school year (CFA 2014 s.46)."""


def check_birth(born: date, *, today: date) -> date:
    """A day of birth of somebody who can have a plan. Raises ValueError with the message for the person."""
    if born > today:
        raise ValueError("The child’s date of birth must be in the past")
    if age(born, today) > OLDEST:
        raise ValueError("The date of birth must be that of a child or young person up to 25 years old")
    return born


def check_received(received: date, *, born: date | None, today: date) -> date:
    """The day on which the council received the request. Raises ValueError with the message for the person."""
    if received > today:
        raise ValueError("The date that the request was received must be today or in the past")
    if born is not None and received < born:
        raise ValueError("The date that the request was received must be after the date of birth")
    return received
