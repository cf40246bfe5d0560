"""What may follow what: whether a decision can be recorded, and for which day. Pure; dates are days in London.

A refusal on `kind` holds whatever the day is; one on `on` is about the day alone.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.cases.appeals import plan_still_runs
from portal.cases.clock import (
    COMMENTS_LAST_DAY,
    STARTS,
    comments_last_day,
    is_closed,
    last_day_to_comment,
    waiting_since,
)
from portal.cases.facts import DECISIONS, OF_ONE_ADULT, PLAN, CaseFacts, DecisionKind
from portal.dates import A_YEAR, day_in_words
from portal.errors import RuleBroken

_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "plan_kept": ("reviewing", "changing", "ceasing"),
    "reassessment_refused": ("answering",),
    "reassessed_plan_issued": ("reassessing",),
    "reassessed_plan_kept": ("reassessing",),
    "ceased": ("ceasing",),
}
"""What answers something, and for which of these it can be the answer: one of them has to wait for it."""

_WHILE_IT_RUNS = ("review_meeting", "review_report", "changes_proposed", "changed_plan_issued", "transfer_named")
"""What goes on although it was decided to stop the plan, until that is final (CFA s.45(4))."""

_ENDS_CHANGES = ("changed_plan_issued", "plan_kept", "transfer_named")
_ENDS_DRAFT = ("final_issued", "reassessed_plan_issued")

_Day = tuple[date, str]
"""A day, and what happened on it."""


def may_record(kind: str, on: date, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `kind` or `on` when this decision cannot have been made on this day."""
    if kind not in DECISIONS:
        raise RuleBroken("kind", "Choose what was decided")
    _check_kind(kind, facts, today)
    _check_time(DECISIONS[kind], on, facts, today)
    _check_order(kind, on, facts)
    _check_comments(kind, on, facts)


def may_record_by_hand(kind: str, facts: CaseFacts) -> None:
    """Raise RuleBroken on `kind` when serving a draft in the portal records it, for each adult by themself."""
    if facts.served_here and kind in OF_ONE_ADULT:
        raise RuleBroken("kind", "The draft is served in the portal. Do this on the page of the draft plan")


def may_strike(kind: str, facts: CaseFacts) -> None:
    """Raise RuleBroken on `reason` when the newest entry, of `kind`, must stay."""
    if kind == "draft_served" and facts.services:
        raise RuleBroken("reason", "Somebody has the draft. Strike that out first, on the page of the draft plan")


def recordable(facts: CaseFacts, today: date) -> tuple[str, ...]:
    """The kinds that may be recorded by hand now, for some day or other: what a form offers."""
    return tuple(kind for kind in DECISIONS if _may_ever(kind, facts, today))


def _may_ever(kind: str, facts: CaseFacts, today: date) -> bool:
    try:
        may_record_by_hand(kind, facts)
        _check_kind(kind, facts, today)
    except RuleBroken:
        return False
    return True


def _check_kind(kind: str, facts: CaseFacts, today: date) -> None:
    meaning = DECISIONS[kind]
    _check_place(kind, facts, today)
    made = next((one for one in meaning.unless if facts.day_of(one)), "")
    if made:
        raise RuleBroken("kind", f"This is recorded already: {DECISIONS[made].label}")
    if kind == "reassessment_agreed" and waiting_since("reassessing", facts):
        raise RuleBroken("kind", f"This is recorded already: {meaning.label}")
    if meaning.after and not facts.day_of(*meaning.after):
        first = "plan_taken_over" if meaning.after == PLAN and facts.has_plan else meaning.after[0]
        raise RuleBroken("kind", f"First record this: {DECISIONS[first].label}")
    if kind in _ANSWERS and not _answered(kind, facts):
        raise RuleBroken("kind", f"First record this: {DECISIONS[STARTS[_ANSWERS[kind][0]]].label}")
    if kind == "reassessed_plan_issued" and not _is_drafted_again(facts):
        raise RuleBroken("kind", f"First record this: {DECISIONS['draft_served'].label}")


def _check_place(kind: str, facts: CaseFacts, today: date) -> None:
    """Whether this can be decided where the case stands: running, with a plan, or ended on a branch."""
    meaning = DECISIONS[kind]
    if meaning.reopens and facts.branch != meaning.reopens:
        raise RuleBroken("kind", "This can only follow the decision that it takes back")
    if is_closed(facts) and not _may_follow_the_end(kind, facts, today):
        raise RuleBroken("kind", "This assessment has ended, so nothing more can be decided in it")
    if meaning.about_a_dispute and not _first_appealable(facts):
        raise RuleBroken("kind", "There is no decision yet that the family can appeal")
    if facts.has_plan and not meaning.of_a_plan:
        _check_assessing(meaning, facts)


def _may_follow_the_end(kind: str, facts: CaseFacts, today: date) -> bool:
    meaning = DECISIONS[kind]
    if meaning.reopens:
        return True
    if meaning.about_a_dispute:
        return _first_appealable(facts) is not None
    return kind in _WHILE_IT_RUNS and plan_still_runs(facts, today)


def _check_assessing(meaning: DecisionKind, facts: CaseFacts) -> None:
    """With a plan, an assessment goes on only as another one; without its day, what led to it can still be recorded."""
    if meaning.of_any_assessment and waiting_since("reassessing", facts):
        return
    if facts.plan_on:
        raise RuleBroken("kind", "The final plan has been issued, so this can no longer be decided")
    if meaning.branch:
        raise RuleBroken("kind", f"There is a plan. First record this: {DECISIONS['plan_taken_over'].label}")


def _first_appealable(facts: CaseFacts) -> date | None:
    """The day of the oldest decision that the family can appeal (CFA s.51)."""
    return facts.first_day_of(*(kind for kind, meaning in DECISIONS.items() if meaning.appealable))


def _answered(kind: str, facts: CaseFacts) -> list[_Day]:
    """What has waited longest for an answer of this kind; empty when nothing does."""
    waiting = ((waiting_since(duty, facts), DECISIONS[STARTS[duty]].label) for duty in _ANSWERS[kind])
    return sorted((since, label) for since, label in waiting if since)[:1]


def _is_drafted_again(facts: CaseFacts) -> bool:
    agreed, served = waiting_since("reassessing", facts), facts.day_of("draft_served")
    return agreed is not None and served is not None and served >= agreed


def _check_time(meaning: DecisionKind, on: date, facts: CaseFacts, today: date) -> None:
    begins, what = min((facts.received, "the request"), (facts.plan_on or facts.received, "the plan"))
    if on < begins and not meaning.is_quiet:
        raise RuleBroken("on", f"The date must be on or after the day of {what}, {day_in_words(begins)}")
    if on > today and not meaning.may_lie_ahead:
        raise RuleBroken("on", "The date must be today or in the past")
    if on > today and on - today > A_YEAR:
        raise RuleBroken("on", "The date must be within a year")


def _check_order(kind: str, on: date, facts: CaseFacts) -> None:
    first, label = max(_not_before(kind, facts), default=(on, ""))
    if on < first:
        raise RuleBroken("on", f"The date must be on or after {day_in_words(first)}. That day: {label}")
    last, label = min(_days_of(DECISIONS[kind].before, facts), default=(on, ""))
    if on > last:
        raise RuleBroken("on", f"The date must be on or before {day_in_words(last)}. That day: {label}")


def _not_before(kind: str, facts: CaseFacts) -> list[_Day]:
    """The days that a decision of this kind cannot come before."""
    meaning = DECISIONS[kind]
    found = _days_of(meaning.after, facts)
    days = [min(found)] if meaning.after_any and found else found
    if meaning.branch:
        days += _days_of((one for one, told in DECISIONS.items() if not told.may_lie_ahead), facts)
    if meaning.about_a_dispute and (first := _first_appealable(facts)):
        days.append((first, "The decision that can be appealed"))
    if kind in _ANSWERS:
        days += _answered(kind, facts)
    if kind == "reassessment_agreed" and (asked := waiting_since("answering", facts)):
        days.append((asked, DECISIONS["reassessment_asked"].label))
    return days


def _days_of(kinds: Iterable[str], facts: CaseFacts) -> list[_Day]:
    wanted = set(kinds)
    return [(one.on, DECISIONS[one.kind].label) for one in facts.decisions if one.kind in wanted]


def _check_comments(kind: str, on: date, facts: CaseFacts) -> None:
    """At least 15 days for a draft and for changes, beginning with the day they were sent (regs 13(1) and 22(2))."""
    served = facts.day_of("draft_served")
    if kind == "comments_extended" and served and on <= served + COMMENTS_LAST_DAY:
        last = day_in_words(served + COMMENTS_LAST_DAY)
        raise RuleBroken("on", f"The new last day must be after {last}, which the law gives")
    if kind in _ENDS_DRAFT and (until := comments_last_day(facts)) and on <= until:
        raise RuleBroken("on", f"The family may comment on the draft until {day_in_words(until)}")
    if kind == "changes_proposed":
        _check_nothing_decided(on, facts)
    until = _changes_until(on, facts)
    if kind in _ENDS_CHANGES and until and on <= until:
        raise RuleBroken("on", f"The family may comment on the changes until {day_in_words(until)}")


def _changes_until(on: date, facts: CaseFacts) -> date | None:
    """The last day to comment on changes sent by the day `on`: of what the case says, and of each adult."""
    sent = [day for day, _ in _days_of(("changes_proposed",), facts) if day <= on <= day + COMMENTS_LAST_DAY]
    days = [day + COMMENTS_LAST_DAY for day in sent]
    since = waiting_since("changing", facts)
    if since and since <= on:
        days += [last_day_to_comment(one.on, one.longer) for one in facts.services if one.on >= since]
    return max(days, default=None)


def _check_nothing_decided(sent: date, facts: CaseFacts) -> None:
    """Changes cannot have been sent on a day from which the family would not have had its 15 days."""
    decided = [one for one in _days_of(_ENDS_CHANGES, facts) if sent <= one[0] <= sent + COMMENTS_LAST_DAY]
    if decided:
        day, label = min(decided)
        raise RuleBroken("on", f"This must be 15 days before {day_in_words(day)}, or after it. That day: {label}")
