"""What is said about a date that is missed: the exceptions that the law knows, and the truth where it knows none. Pure.

Neither moves a date. An exception is counted as one (regs 5(4), 8(2), 10(4), 13(3)); an explanation never is.
"""

from datetime import date, timedelta

from portal.cases.calendar import is_working_day
from portal.cases.clock import advice_dates, done_on, is_closed, of_line, open_duties, statutory_date
from portal.cases.facts import (
    DECISIONS,
    EXCEPTIONS,
    LATE_NAMES,
    CaseFacts,
    Explanation,
    LawfulException,
)
from portal.cases.gathering import advice_days_late, still_out
from portal.cases.reviews import next_transfer
from portal.dates import A_YEAR, day_in_words
from portal.errors import RuleBroken

FOUR_WEEKS = timedelta(weeks=4)
ONE_WEEK = timedelta(weeks=1)


def exceptions_for(duty: str, facts: CaseFacts) -> tuple[LawfulException, ...]:
    """The exceptions recorded beside one statutory date, oldest first."""
    return tuple(sorted((one for one in facts.exceptions if one.duty == duty), key=lambda one: one.starts))


def explanation_of(duty: str, facts: CaseFacts) -> Explanation | None:
    """The newest explanation of why one duty is late: it stands in the place of those before."""
    return next((one for one in reversed(facts.explanations) if one.duty == duty), None)


def late_duties(facts: CaseFacts, today: date) -> dict[str, date]:
    """What is late on `today`, with the day on which it was due: the earliest first."""
    due = open_duties(facts)
    if facts.stage == "advice" and not is_closed(facts):
        due += [(on, "advice") for on in still_out(of_line(facts))[:1]]
    if transfer := next_transfer(facts, today):
        due.append((transfer.last_day, "transfer"))
    return {duty: on for on, duty in sorted(due) if on < today}


def may_explain(explanation: Explanation, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `duty`, `told` or `new_target` when a date is not late, or the family would learn nothing."""
    if explanation.duty not in LATE_NAMES:
        raise RuleBroken("duty", "Choose which date is late")
    if explanation.duty not in late_duties(facts, today):
        raise RuleBroken("duty", "This date is not late")
    if not explanation.told.strip():
        raise RuleBroken("told", "Enter why it is late")
    _check_target("new_target", explanation.new_target, today)


def may_except(exception: LawfulException, facts: CaseFacts, today: date) -> None:
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
    _check_needed(exception, facts)
    _check_period(exception, facts, today)


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


def _check_four_weeks(exception: LawfulException) -> None:
    if exception.ends is None:
        raise RuleBroken("ends", "Give the last day, so that it shows 4 weeks or more")
    if exception.ends - exception.starts < FOUR_WEEKS - timedelta(days=1):
        raise RuleBroken("ends", "This exception is only for 4 weeks or more")


def _check_needed(exception: LawfulException, facts: CaseFacts) -> None:
    """What was done late may still be excused, without a new target; what was done in time needs no excuse."""
    line = of_line(facts)
    done = done_on(exception.duty, line)
    if done is None and (is_closed(facts) or facts.has_plan):
        raise RuleBroken("duty", "The case does not need this date any more")
    if done and _days_late(exception.duty, line, done) <= 0:
        raise RuleBroken("duty", f"This was done in time, on {day_in_words(done)}, so it needs no exception")
    if done and exception.revised_target:
        raise RuleBroken("revised_target", f"This was done on {day_in_words(done)}, so there is no new target")


def _days_late(duty: str, line: CaseFacts, done: date) -> int:
    due = statutory_date(duty, line)
    if duty == "advice" or due is None:
        return advice_days_late(line, done)
    return (done - due).days


def _check_period(exception: LawfulException, facts: CaseFacts, today: date) -> None:
    """The reason must touch the time that the law gives for the duty; a new target lies after that time."""
    begins = facts.first_day_of("advice_requested") if exception.duty == "advice" else facts.received
    due = statutory_date(exception.duty, of_line(facts))
    if begins is None or due is None:
        raise RuleBroken("duty", f"First record this: {DECISIONS['advice_requested'].label}")
    if exception.starts > due:
        raise RuleBroken("starts", f"The first day must not be after the date in law, {day_in_words(due)}")
    if exception.ends is not None and exception.ends < begins:
        raise RuleBroken("ends", f"The last day must not be before the clock started on {day_in_words(begins)}")
    if exception.revised_target and exception.revised_target <= due:
        raise RuleBroken("revised_target", f"The new target must be after the date in law, {day_in_words(due)}")
    if exception.revised_target:
        _check_target("revised_target", exception.revised_target, today)


def _check_target(field: str, target: date, today: date) -> None:
    if target < today:
        raise RuleBroken(field, "The new target must be today or later")
    if target - today > A_YEAR:
        raise RuleBroken(field, "The new target must be within a year")
