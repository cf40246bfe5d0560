"""Advice: when it was asked for, what has come, and what is late as far as that is known. Pure; calendar days.

Each adviser has six weeks from the day asked (reg 8(1)). Who they are is not always recorded here: then
it is known when they were asked, and nothing is said to be late.
"""

from datetime import date, timedelta

from portal.cases.facts import CaseFacts

ADVICE_WITHIN = timedelta(weeks=6)

_SIGNS = ("moved_to_deciding", "decided_to_issue", "decided_not_to_issue", "draft_served")


def advice_dates(facts: CaseFacts) -> tuple[tuple[date, date], ...]:
    """For each day on which advice was asked for: that day, and six weeks from it (reg 8(1)), earliest first."""
    asked = {decision.on for decision in facts.decisions if decision.kind == "advice_requested"}
    return tuple((on, on + ADVICE_WITHIN) for on in sorted(asked | {one.asked for one in facts.advisers}))


def advice_due_on(facts: CaseFacts) -> date | None:
    """The day by which the next answer has to come; once all have come, the last of all those days."""
    waiting = still_out(facts)
    return waiting[0] if waiting else max((due for _, due in advice_dates(facts)), default=None)


def advice_done_on(facts: CaseFacts) -> date | None:
    """The day of the last answer, once everybody has answered; where it is not known who was asked, the first sign."""
    if _is_known(facts):
        came = [one.returned for one in facts.advisers]
        return max((on for on in came if on), default=None) if all(came) else None
    begun = facts.day_of("decided_to_assess", "ordered_to_assess") or facts.received
    return min((one.on for one in facts.decisions if one.kind in _SIGNS and one.on >= begun), default=None)


def advice_days_late(facts: CaseFacts, today: date) -> int:
    """How late the first answer that is still to come is, or, when all have come, how late the latest was."""
    waiting = still_out(facts)
    if waiting:
        return max(0, (today - waiting[0]).days)
    if advice_done_on(facts) is None:
        return 0
    late = [(one.returned - one.asked - ADVICE_WITHIN).days for one in facts.advisers if one.returned]
    return max(0, *late, 0)


def still_out(facts: CaseFacts) -> tuple[date, ...]:
    """The last days of those recorded advisers who have not answered, earliest first."""
    return tuple(sorted(one.asked + ADVICE_WITHIN for one in facts.advisers if one.returned is None))


def is_waited_for(asked: date, facts: CaseFacts) -> bool | None:
    """Whether somebody asked on that day has still to answer; None when it is not recorded who was asked."""
    found = [one.returned is None for one in facts.advisers if one.asked == asked]
    return any(found) if found else None


def _is_known(facts: CaseFacts) -> bool:
    """Whether it is recorded who was asked, for every day of asking."""
    recorded = {one.asked for one in facts.advisers}
    return bool(recorded) and all(asked in recorded for asked, _ in advice_dates(facts))
