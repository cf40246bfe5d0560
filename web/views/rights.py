"""The cards about what a family may do: one for each right that runs, whichever request it belongs to."""

from dataclasses import dataclass
from datetime import date

from portal.cases import rules
from portal.cases.appeals import APPEAL_LAW, TO_APPEAL, TO_MEDIATION, AppealDates, open_dispute
from portal.cases.decision_letters import how_to_appeal
from portal.cases.queries import ChildCase
from portal.cases.rights import right_of_the_branch, running_rights
from portal.cases.stages import BranchTexts, read_stages
from portal.cases.stored import StoredCase
from portal.dates import day_in_words
from web.views.key_dates import STILL_OPEN, when

TOO_LATE = (
    "The last day to appeal was {day}. The SEND Tribunal can still take an appeal when there is a good reason for"
    " the delay. The SEND advice service below can tell you more."
)
"""Tribunal Procedure (HESC) Rules 2008, rule 5(3)(a)."""


@dataclass(frozen=True)
class InfoPart:
    """One part of Extra Information, or of a card."""

    title: str
    text: str


@dataclass(frozen=True)
class LastDay:
    """A last day that a right has, with how long there is left; `note` is a sentence to be read with it."""

    day: date
    title: str
    when: str
    note: str = ""


@dataclass(frozen=True)
class Rights:
    """What the family may do about a decision, or what runs beside the line, with its days.

    `names_helpers`: who gives advice and mediation belongs beside it.
    """

    title: str
    parts: tuple[InfoPart, ...]
    last_days: tuple[LastDay, ...]
    names_helpers: bool = False


def rights_of(case: ChildCase, branch: BranchTexts | None) -> tuple[Rights, ...]:
    """How the case ended, if it did; then every right that runs; then what is open about earlier requests."""
    every = [case.facts, *(one.facts for one in case.others)]
    ended = right_of_the_branch(case.facts, case.today)
    cards = [_branch(branch, case)] if branch else []
    cards += [
        _right(one, case.today) for one in running_rights(every, case.today) if ended is None or one != ended.dates
    ]
    cards += [_dispute(one) for one in case.others if open_dispute(one.facts)]
    return tuple(cards)


def _branch(branch: BranchTexts, case: ChildCase) -> Rights:
    right = right_of_the_branch(case.facts, case.today)
    told, days = branch.rights, _days(right.dates, case.today) if right and right.runs else ()
    if right and not right.runs:
        told = TOO_LATE.format(day=day_in_words(right.dates.appeal_by))
    parts = (InfoPart("Your rights", told), InfoPart("The law", branch.law))
    return Rights(branch.name, parts, days, names_helpers=right is not None)


def _right(right: AppealDates, today: date) -> Rights:
    what = f"{rules.DECISIONS[right.kind].label}."
    told = (("The decision", what), ("What you can do", how_to_appeal(right.kind)), ("The law", APPEAL_LAW))
    title = f"You can appeal our decision of {day_in_words(right.decided_on)}"
    return Rights(title, tuple(InfoPart(*part) for part in told), _days(right, today), names_helpers=True)


def _dispute(case: StoredCase) -> Rights:
    """What is open about the refusal of an earlier request; of the newest one the summary tells it."""
    told = read_stages().disputes[open_dispute(case.facts)]
    about = f"It is about the request of {day_in_words(case.facts.received)}. {told.meaning}"
    parts = (("What it is", about), ("Your rights", told.rights), ("The law", told.law))
    return Rights(told.name, tuple(InfoPart(*part) for part in parts), ())


def _days(right: AppealDates, today: date) -> tuple[LastDay, ...]:
    is_open = right.appeal_by < today <= right.taken_until
    left = STILL_OPEN if is_open else when(right.appeal_by, today)
    return (
        LastDay(right.mediation_by, TO_MEDIATION, when(right.mediation_by, today)),
        LastDay(right.appeal_by, TO_APPEAL, left, right.note),
    )
