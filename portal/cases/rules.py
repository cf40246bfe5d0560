"""What may be recorded about a case, and the exceptions that the law knows. Pure; dates are days in London.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). The dates themselves are in `clock.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from portal.cases.calendar import is_working_day
from portal.cases.clock import (
    COMMENTS_LAST_DAY,
    WEEKS,
    advice_dates,
    comments_last_day,
    done_on,
    is_closed,
    next_deadline,
    open_duties,
    statutory_date,
)
from portal.cases.facts import (
    BRANCHES,
    DECISIONS,
    DUTIES,
    EXCEPTIONS,
    LAW,
    STAGES,
    CaseFacts,
    Decision,
    DecisionKind,
    LawfulException,
)
from portal.cases.words import day_in_words
from portal.errors import RuleBroken

__all__ = [
    "BRANCHES",
    "DECISIONS",
    "DUTIES",
    "EXCEPTIONS",
    "LAW",
    "STAGES",
    "WEEKS",
    "CaseFacts",
    "Decision",
    "DecisionKind",
    "LawfulException",
    "advice_dates",
    "advice_window",
    "comments_last_day",
    "done_on",
    "exceptions_for",
    "is_closed",
    "may_except",
    "may_move",
    "may_record",
    "next_deadline",
    "open_duties",
    "place_after",
    "place_of",
    "recordable",
    "statutory_date",
    "warnings",
]

FOUR_WEEKS = timedelta(weeks=4)
ONE_WEEK = timedelta(weeks=1)

_STAGE_NEEDS: Mapping[str, tuple[str, ...]] = {
    "advice": ("decided_to_assess", "ordered_to_assess"),
    "deciding": ("decided_to_assess", "ordered_to_assess"),
    "draft": ("draft_served",),
    "finalising": ("draft_served",),
    "final": ("final_issued",),
    "in_place": ("final_issued",),
}


def exceptions_for(duty: str, facts: CaseFacts) -> tuple[LawfulException, ...]:
    """The exceptions recorded beside one statutory date, oldest first."""
    return tuple(sorted((one for one in facts.exceptions if one.duty == duty), key=lambda one: one.starts))


def may_record(kind: str, on: date, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `kind` or `on` when this decision cannot have been made on this day."""
    if kind not in DECISIONS:
        raise RuleBroken("kind", "Choose what was decided")
    _check_place(DECISIONS[kind], facts)
    if on < facts.received:
        raise RuleBroken("on", f"The date must be on or after the day of the request, {day_in_words(facts.received)}")
    if on > today and not DECISIONS[kind].may_lie_ahead:
        raise RuleBroken("on", "The date must be today or in the past")
    _check_order(DECISIONS[kind], on, facts)
    _check_comments(kind, on, facts)


def recordable(facts: CaseFacts) -> tuple[str, ...]:
    """The kinds that may be recorded now, on some day or other: what a form offers."""
    return tuple(kind for kind in DECISIONS if _may_ever(kind, facts))


def _may_ever(kind: str, facts: CaseFacts) -> bool:
    try:
        may_record(kind, date.max, facts, date.max)
    except RuleBroken as broken:
        return broken.field != "kind"
    return True


def _check_place(kind: DecisionKind, facts: CaseFacts) -> None:
    """Whether this can be decided where the case stands: running, with a plan, or ended on a branch."""
    if kind.reopens and facts.branch != kind.reopens:
        raise RuleBroken("kind", "This can only follow the decision that it takes back")
    if is_closed(facts) and not (kind.reopens or (kind.about_a_dispute and appealable_on(facts))):
        raise RuleBroken("kind", "This assessment has ended, so nothing more can be decided in it")
    if kind.about_a_dispute and not appealable_on(facts):
        raise RuleBroken("kind", "There is no decision yet that the family can appeal")
    if facts.day_of("final_issued") and not kind.of_a_plan:
        raise RuleBroken("kind", "The final plan has been issued, so this can no longer be decided")


def appealable_on(facts: CaseFacts) -> date | None:
    """The day of the newest decision that the family can appeal (CFA s.51)."""
    return facts.day_of(*(kind for kind, meaning in DECISIONS.items() if meaning.appealable))


def place_after(kind: str, facts: CaseFacts) -> tuple[str, str]:
    """The stage and branch after a decision; something recorded late does not move the case back."""
    meaning = DECISIONS[kind]
    stage = max(facts.stage, meaning.stage or facts.stage, key=STAGES.index)
    return stage, "" if meaning.reopens else meaning.branch or facts.branch


def place_of(kinds: Iterable[str], facts: CaseFacts) -> tuple[str, str]:
    """The stage and branch of a case in which just these were recorded, in this order, moves by hand included."""
    place = replace(facts, stage=STAGES[0], branch="")
    for kind in kinds:
        if kind in DECISIONS:
            stage, branch = place_after(kind, place)
        else:
            stage, branch = kind.removeprefix("moved_to_"), place.branch
        place = replace(place, stage=stage, branch=branch)
    return place.stage, place.branch


def may_move(stage: str, facts: CaseFacts) -> None:
    """Raise RuleBroken on `stage` when the case cannot be moved there by hand."""
    if stage not in STAGES:
        raise RuleBroken("stage", "Choose a stage")
    if is_closed(facts):
        raise RuleBroken("stage", "This assessment has ended, so it cannot be moved")
    if stage == facts.stage:
        raise RuleBroken("stage", "The case is at this stage already")
    if facts.day_of("final_issued") and STAGES.index(stage) < STAGES.index("final"):
        raise RuleBroken("stage", "The final plan has been issued, so the case cannot go back")
    needs = _STAGE_NEEDS.get(stage)
    if needs and not facts.day_of(*needs):
        raise RuleBroken("stage", f"First record this decision: {DECISIONS[needs[0]].label}")


def may_except(exception: LawfulException, facts: CaseFacts) -> None:
    """Raise RuleBroken when the law does not know this exception for this duty (regs 5(4), 8(2), 10(4), 13(3)).

    The field is `kind`, `duty`, `starts`, `ends`, `reason`, `approved_by` or `revised_target`.
    """
    if exception.kind not in EXCEPTIONS:
        raise RuleBroken("kind", "Choose one of the exceptions that the law knows")
    words, duties = EXCEPTIONS[exception.kind]
    if exception.duty not in duties:
        raise RuleBroken("duty", f"The law does not allow this exception here: {words}")
    if not exception.reason.strip():
        raise RuleBroken("reason", "Enter the reason")
    if not exception.approved_by.strip():
        raise RuleBroken("approved_by", "Enter who approved it")
    if exception.ends is not None and exception.ends < exception.starts:
        raise RuleBroken("ends", "The last day must not be before the first")
    if exception.kind in {"school_closed", "absent"}:
        _check_four_weeks(exception)
    _check_period(exception, facts)


def advice_window(closure: LawfulException) -> tuple[date, date] | None:
    """The first and last day on which advice must have been asked for, when a school is closed (reg 10(4)(a)).

    From one week before it closed to one week before it opens again; None while its last day is not known.
    """
    if closure.ends is None:
        return None
    return closure.starts - ONE_WEEK, closure.ends + timedelta(days=1) - ONE_WEEK


def warnings(facts: CaseFacts) -> tuple[str, ...]:
    """What the SEND team should know about the dates. The dates stand all the same."""
    holidays = tuple(
        f"{day_in_words(due)} is not a working day. The date in law does not move: finish before it."
        for due, _ in open_duties(facts)
        if not is_working_day(due)
    )
    return holidays + _closure_warnings(facts)


def _closure_warnings(facts: CaseFacts) -> tuple[str, ...]:
    asked = [on for on, _ in advice_dates(facts)]
    closures = [one for one in facts.exceptions if one.kind == "school_closed"]
    windows = {window for one in closures if (window := advice_window(one))}
    return tuple(
        f"A closed school counts only when it was asked for advice between {day_in_words(first)} and "
        f"{day_in_words(last)}. No request in that time is recorded."
        for first, last in sorted(windows)
        if not any(first <= on <= last for on in asked)
    )


def _check_order(kind: DecisionKind, on: date, facts: CaseFacts) -> None:
    if kind.unless and facts.day_of(kind.unless):
        raise RuleBroken("kind", f"The opposite is recorded already: {DECISIONS[kind.unless].label}")
    if kind.about_a_dispute:
        _check_not_before(on, appealable_on(facts), "The decision that can be appealed")
    if not kind.after:
        return
    before, label = facts.day_of(*kind.after), DECISIONS[kind.after[0]].label
    if before is None:
        raise RuleBroken("kind", f"First record this: {label}")
    _check_not_before(on, before, label)


def _check_not_before(on: date, before: date | None, label: str) -> None:
    if before and on < before:
        raise RuleBroken("on", f"The date must be on or after {day_in_words(before)}. That day: {label}")


def _check_comments(kind: str, on: date, facts: CaseFacts) -> None:
    served, until = facts.day_of("draft_served"), comments_last_day(facts)
    if served is None or until is None:
        return
    if kind == "comments_extended" and on <= served + COMMENTS_LAST_DAY:
        last = day_in_words(served + COMMENTS_LAST_DAY)
        raise RuleBroken("on", f"The new last day must be after {last}, which the law gives")
    if kind == "final_issued" and on <= until:
        raise RuleBroken("on", f"The family may comment on the draft until {day_in_words(until)}")


def _check_four_weeks(exception: LawfulException) -> None:
    if exception.ends is None:
        raise RuleBroken("ends", "Give the last day, so that it shows 4 weeks or more")
    if exception.ends - exception.starts < FOUR_WEEKS - timedelta(days=1):
        raise RuleBroken("ends", "This exception is only for 4 weeks or more")


def _check_period(exception: LawfulException, facts: CaseFacts) -> None:
    """The reason must touch the time that the law gives for the duty; a new target lies after that time."""
    begins = facts.day_of("advice_requested") if exception.duty == "advice" else facts.received
    due = statutory_date(exception.duty, facts)
    if begins is None or due is None:
        raise RuleBroken("duty", f"First record this: {DECISIONS['advice_requested'].label}")
    if exception.starts > due:
        raise RuleBroken("starts", f"The first day must not be after the date in law, {day_in_words(due)}")
    if exception.ends is not None and exception.ends < begins:
        raise RuleBroken("ends", f"The last day must not be before the clock started on {day_in_words(begins)}")
    if exception.revised_target and exception.revised_target <= due:
        raise RuleBroken("revised_target", f"The new target must be after the date in law, {day_in_words(due)}")
