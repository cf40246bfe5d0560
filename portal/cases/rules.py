"""What may be recorded about a case, and the exceptions that the law knows. Pure; dates are days in London.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). The dates themselves are in `clock.py`, what may follow what in
`recording.py`, and what is said of lateness in `lateness.py`; they are all used through this module.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from portal.cases.clock import (
    WEEKS,
    advice_dates,
    changes_last_day,
    comments_again_last_day,
    comments_last_day,
    done_on,
    is_closed,
    next_deadline,
    of_line,
    open_duties,
    ordered_draft_due,
    statutory_date,
    waiting_since,
    weeks_of,
)
from portal.cases.facts import (
    BRANCHES,
    DECISIONS,
    DUTIES,
    EXCEPTIONS,
    LATE_NAMES,
    LAW,
    PLAN,
    STAGES,
    AskedAdviser,
    CaseFacts,
    Decision,
    DecisionKind,
    Explanation,
    LawfulException,
)
from portal.cases.lateness import (
    advice_window,
    exceptions_for,
    explanation_of,
    late_duties,
    may_except,
    may_explain,
    warnings,
)
from portal.cases.recording import may_record, may_record_by_hand, may_strike, recordable
from portal.dates import day_in_words
from portal.errors import RuleBroken

__all__ = [
    "BRANCHES",
    "DECISIONS",
    "DUTIES",
    "EXCEPTIONS",
    "LATE_NAMES",
    "LAW",
    "STAGES",
    "WEEKS",
    "AskedAdviser",
    "CaseFacts",
    "Decision",
    "DecisionKind",
    "Explanation",
    "LawfulException",
    "advice_dates",
    "advice_window",
    "changes_last_day",
    "comments_again_last_day",
    "comments_last_day",
    "done_on",
    "exceptions_for",
    "explanation_of",
    "is_closed",
    "late_duties",
    "may_except",
    "may_explain",
    "may_move",
    "may_record",
    "may_record_by_hand",
    "may_strike",
    "next_deadline",
    "of_line",
    "open_duties",
    "ordered_draft_due",
    "place_after",
    "place_of",
    "recordable",
    "statutory_date",
    "waiting_since",
    "warnings",
    "weeks_of",
]

_STAGE_NEEDS: Mapping[str, tuple[str, ...]] = {
    "advice": ("decided_to_assess", "ordered_to_assess"),
    "deciding": ("decided_to_assess", "ordered_to_assess", "ordered_to_issue"),
    "draft": ("draft_served",),
    "finalising": ("draft_served",),
    "final": PLAN,
    "in_place": PLAN,
}


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


def may_move(stage: str, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `stage` when the case cannot be moved there by hand."""
    if stage not in STAGES:
        raise RuleBroken("stage", "Choose a stage")
    if is_closed(facts):
        raise RuleBroken("stage", "This assessment has ended, so it cannot be moved")
    if stage == facts.stage:
        raise RuleBroken("stage", "The case is at this stage already")
    if facts.plan_on and STAGES.index(stage) < STAGES.index("final"):
        raise RuleBroken("stage", "The final plan has been issued, so the case cannot go back")
    needs = _STAGE_NEEDS.get(stage)
    if needs and not facts.day_of(*needs):
        raise RuleBroken("stage", f"First record this decision: {DECISIONS[needs[0]].label}")
    until = comments_last_day(facts)
    if stage == "finalising" and until and today <= until:
        raise RuleBroken("stage", f"The family may comment on the draft until {day_in_words(until)}")
