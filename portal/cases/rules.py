"""The 20-week clock: statutory dates, what may be recorded, exceptions. Pure; calendar days, dates in and out.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). Every date is the latest one. Nothing moves a statutory date:
exceptions and bank holidays stand beside it.
"""

from datetime import date, timedelta

from portal.cases.calendar import add_months, is_working_day
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
    "statutory_date",
    "warnings",
]

ASSESS_BY = timedelta(weeks=6)
REFUSE_BY = timedelta(weeks=16)
FINAL_BY = timedelta(weeks=20)
ADVICE_WITHIN = timedelta(weeks=6)
AMEND_WITHIN = timedelta(weeks=8)
COMMENTS_LAST_DAY = timedelta(days=14)
"""15 days beginning with the day the draft is served, so the last is 14 days after it (reg 13(1))."""
WEEKS = 20

FOUR_WEEKS = timedelta(weeks=4)
ONE_WEEK = timedelta(weeks=1)

_STAGE_NEEDS = {
    "advice": "decided_to_assess",
    "deciding": "decided_to_assess",
    "draft": "draft_served",
    "finalising": "draft_served",
    "final": "final_issued",
    "in_place": "final_issued",
}


def statutory_date(duty: str, facts: CaseFacts) -> date | None:
    """The latest day the law allows for a stage, or None where it sets none (yet).

    Six weeks to decide on assessing (reg 5(1)), six for each adviser from the day asked (reg 8(1)),
    sixteen to tell of a refusal to issue (reg 10(1)), twenty to issue the plan (reg 13(2)),
    a review within twelve months of the plan or of the last review (CFA s.44(1)), and eight weeks
    from the proposed changes to the changed plan (reg 22(3) and (4)).
    """
    if duty == "advice":
        asked = facts.day_of("advice_requested")
        return asked + ADVICE_WITHIN if asked else None
    if duty == "draft":
        return comments_last_day(facts)
    if duty == "in_place":
        reviewed = facts.day_of("final_issued", "plan_kept", "changes_proposed")
        return add_months(reviewed, 12) if reviewed else None
    if duty == "changing":
        proposed = facts.day_of("changes_proposed")
        return proposed + AMEND_WITHIN if proposed else None
    after = {"considering": ASSESS_BY, "deciding": REFUSE_BY, "final": FINAL_BY}.get(duty)
    return facts.received + after if after is not None else None


def comments_last_day(facts: CaseFacts) -> date | None:
    """The last day to comment on the draft plan: never less than 15 days (reg 13(1)), longer when extended."""
    served = facts.day_of("draft_served")
    if served is None:
        return None
    return max(served + COMMENTS_LAST_DAY, facts.day_of("comments_extended") or served)


def advice_dates(facts: CaseFacts) -> tuple[tuple[date, date], ...]:
    """For each day on which advice was asked for: that day, and six weeks from it (reg 8(1)), earliest first."""
    asked = {decision.on for decision in facts.decisions if decision.kind == "advice_requested"}
    return tuple((on, on + ADVICE_WITHIN) for on in sorted(asked))


def done_on(stage: str, facts: CaseFacts) -> date | None:
    """The day on which a stage was finished, when that is known."""
    if stage == "request":
        return facts.received
    after = {
        "considering": ("decided_to_assess", "decided_not_to_assess", "moved_to_advice"),
        "advice": ("moved_to_deciding", "decided_to_issue", "decided_not_to_issue", "draft_served"),
        "deciding": ("decided_to_issue", "decided_not_to_issue"),
        "draft": ("moved_to_finalising",),
        "finalising": ("final_issued",),
        "final": ("final_issued",),
    }.get(stage, ())
    return facts.day_of(*after)


def is_closed(facts: CaseFacts) -> bool:
    """Whether the assessment has ended on a side branch, so that the clock runs no more."""
    return bool(facts.branch)


def open_duties(facts: CaseFacts) -> list[tuple[date, str]]:
    """What the law still asks for, earliest first."""
    if is_closed(facts):
        return []
    dated = [(statutory_date(duty, facts), duty) for duty in _undone(facts)]
    return sorted((due, duty) for due, duty in dated if due)


def _undone(facts: CaseFacts) -> list[str]:
    if done_on("final", facts):
        return ["in_place", "changing"] if _is_changing(facts) else ["in_place"]
    still = STAGES[STAGES.index(facts.stage) :]
    return [duty for duty in ("considering", "deciding", "final") if duty in still and not done_on(duty, facts)]


def _is_changing(facts: CaseFacts) -> bool:
    """Whether changes were proposed to the family and not yet answered by a changed or a kept plan."""
    proposed, answered = facts.day_of("changes_proposed"), facts.day_of("changed_plan_issued", "plan_kept")
    return proposed is not None and (answered is None or answered < proposed)


def next_deadline(facts: CaseFacts) -> date | None:
    """The next statutory date of a case, past or coming; None when nothing is due."""
    duties = open_duties(facts)
    return duties[0][0] if duties else None


def exceptions_for(duty: str, facts: CaseFacts) -> tuple[LawfulException, ...]:
    """The exceptions recorded beside one statutory date, oldest first."""
    return tuple(sorted((one for one in facts.exceptions if one.duty == duty), key=lambda one: one.starts))


def may_record(kind: str, on: date, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `kind` or `on` when this decision cannot have been made on this day."""
    if kind not in DECISIONS:
        raise RuleBroken("kind", "Choose what was decided")
    if is_closed(facts):
        raise RuleBroken("kind", "This assessment has ended, so nothing more can be decided in it")
    if facts.day_of("final_issued") and not DECISIONS[kind].of_a_plan:
        raise RuleBroken("kind", "The final plan has been issued, so this can no longer be decided")
    if on < facts.received:
        raise RuleBroken("on", f"The date must be on or after the day of the request, {day_in_words(facts.received)}")
    if on > today and not DECISIONS[kind].may_lie_ahead:
        raise RuleBroken("on", "The date must be today or in the past")
    _check_order(DECISIONS[kind], on, facts)
    _check_comments(kind, on, facts)


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
    if needs and not facts.day_of(needs):
        raise RuleBroken("stage", f"First record this decision: {DECISIONS[needs].label}")


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
    if not kind.after:
        return
    before, label = facts.day_of(kind.after), DECISIONS[kind.after].label
    if before is None:
        raise RuleBroken("kind", f"First record this: {label}")
    if on < before:
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
