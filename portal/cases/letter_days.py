"""The days that follow from one decision, for its letter. Pure.

They are reckoned from what was known on the day of the decision, so that a letter stays true when more comes after.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.cases.appeals import appeals_of
from portal.cases.clock import (
    ADVICE_WITHIN,
    ANSWER_WITHIN,
    COMMENTS_LAST_DAY,
    DRAFT_AFTER_ORDER,
    REASSESS_WITHIN,
    statutory_date,
    waiting_since,
)
from portal.cases.facts import DECISIONS, CaseFacts, Decision
from portal.cases.reviews import review_dates, transfer_dates
from portal.dates import london_day

Days = tuple[tuple[date, str], ...]

_FINAL = "The final plan is due"
_REVIEWED = "The plan is reviewed by this day"


def days_after(decision: Decision, facts: CaseFacts) -> Days:
    """What is due after `decision`, each day with what it is for, earliest first."""
    if decision.kind in _ABOUT_APPEALS:
        return _appeals(decision.on, facts)
    if decision.kind not in _AFTER:
        return ()
    then = replace(facts, decisions=tuple(one for one in facts.decisions if one.on <= decision.on))
    return tuple((on, what) for on, what in _AFTER[decision.kind](decision.on, then) if on)


def known_at(moment: datetime | None, facts: CaseFacts) -> CaseFacts:
    """The facts as they were known at that moment: later decisions, requests for advice and answers are left out."""
    if moment is None:
        return facts
    day = london_day(moment)
    asked = (one for one in facts.advisers if one.asked <= day)
    return replace(
        facts,
        decisions=tuple(one for one in facts.decisions if one.recorded_at is None or one.recorded_at <= moment),
        advisers=tuple(replace(one, returned=_by(day, one.returned)) for one in asked),
    )


def _by(day: date, came: date | None) -> date | None:
    return came if came and came <= day else None


def had_plan(decision: Decision, facts: CaseFacts) -> bool:
    """Whether there was a final plan on the day of the decision."""
    if facts.plan_on is None:
        return facts.has_plan
    return facts.plan_on <= decision.on


_Found = tuple[tuple[date | None, str], ...]


def _assessing(on: date, facts: CaseFacts) -> _Found:
    refusal = "We tell you by this day if we will not write a plan"
    return (statutory_date("deciding", facts), refusal), (statutory_date("final", facts), f"{_FINAL}, if we write one")


def _writing(on: date, facts: CaseFacts) -> _Found:
    return ((statutory_date("final", facts), _FINAL),)


def _ordered_plan(on: date, facts: CaseFacts) -> _Found:
    return (on + DRAFT_AFTER_ORDER, "The draft plan is due"), (statutory_date("final", facts), _FINAL)


def _reviewed(on: date, facts: CaseFacts) -> _Found:
    return ((statutory_date("in_place", facts), _REVIEWED),)


def _meeting(on: date, facts: CaseFacts) -> _Found:
    dates = review_dates(on)
    return (
        (dates.papers_by, "The papers for the meeting are sent by this day"),
        (on, "Review meeting"),
        (dates.report_by, "The report of the meeting is sent by this day"),
        (dates.decision_by, "We tell you our decision by this day"),
    )


def _report(on: date, facts: CaseFacts) -> _Found:
    meeting = waiting_since("reviewing", facts) or facts.day_of("review_meeting")
    return ((review_dates(meeting).decision_by if meeting else None, "We tell you our decision by this day"),)


def _changes(on: date, facts: CaseFacts) -> _Found:
    return (
        (
            on + COMMENTS_LAST_DAY,
            "Last day to say what you think, if the changes were sent to you on this letter’s day",
        ),
        (statutory_date("changing", facts), "The changed plan is due"),
    )


def _moving(on: date, facts: CaseFacts) -> _Found:
    if not facts.has_plan:
        return ()
    passed, written = transfer_dates(on)
    return (passed, "The plan passes to the new council by this day"), (
        written,
        "The new council writes to you by this day",
    )


def _in(within: timedelta, what: str) -> Callable[[date, CaseFacts], _Found]:
    return lambda on, facts: ((on + within, what),)


def _appeals(on: date, facts: CaseFacts) -> Days:
    """The last day of each right to appeal that still ran on that day."""
    running = [one for one in reversed(appeals_of(facts)) if one.decided_on <= on <= one.taken_until]
    return tuple((one.appeal_by, one.titled(f"Last day to appeal: {DECISIONS[one.kind].label}")) for one in running)


_ABOUT_APPEALS = frozenset({"mediation_asked", "mediation_certificate", "mediation_ended"})

_AFTER: Mapping[str, Callable[[date, CaseFacts], _Found]] = {
    "decided_to_assess": _assessing,
    "advice_requested": _in(ADVICE_WITHIN, "The advice that we asked for on this letter’s day is due"),
    "decided_to_issue": _writing,
    "draft_served": _in(COMMENTS_LAST_DAY, "Last day to comment, if the draft was sent to you on this letter’s day"),
    "comments_extended": _in(timedelta(), "Last day to comment on the draft plan"),
    "final_issued": _reviewed,
    "plan_taken_over": _reviewed,
    "review_taken_over": _reviewed,
    "review_meeting": _meeting,
    "review_report": _report,
    "plan_kept": _reviewed,
    "changes_proposed": _changes,
    "changed_plan_issued": _reviewed,
    "reassessment_asked": _in(ANSWER_WITHIN, "We tell you by this day whether we assess again"),
    "reassessment_agreed": _in(REASSESS_WITHIN, "The plan after another assessment is due"),
    "reassessed_plan_issued": _reviewed,
    "ordered_to_assess": _assessing,
    "ordered_to_issue": _ordered_plan,
    "moved_out": _moving,
}
