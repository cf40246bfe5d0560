"""The 20-week clock: statutory dates, decisions, exceptions. Pure; calendar days, dates in and out.

Law: Children and Families Act 2014 (CFA) ss.36 to 44; Special Educational Needs and Disability
Regulations 2014, SI 2014/1530 (reg). Every date is the latest one. Nothing moves a statutory date:
exceptions and bank holidays stand beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.cases.calendar import add_months, is_working_day
from portal.cases.words import day_in_words
from portal.errors import RuleBroken

ASSESS_BY = timedelta(weeks=6)
REFUSE_BY = timedelta(weeks=16)
FINAL_BY = timedelta(weeks=20)
ADVICE_WITHIN = timedelta(weeks=6)
COMMENTS_LAST_DAY = timedelta(days=14)
"""15 days beginning with the day the draft is served, so the last is 14 days after it (reg 13(1))."""
WEEKS = 20

STAGES = ("request", "considering", "advice", "deciding", "draft", "finalising", "final", "in_place")
"""The main line, in order. Names and texts are the council's, in stages.toml."""

BRANCHES = ("not_assessing", "not_issuing", "withdrawn", "moved", "ceased")


@dataclass(frozen=True)
class Decision:
    """A dated fact of a case. `note` is what the family is told beside it."""

    kind: str
    on: date
    note: str = ""


@dataclass(frozen=True)
class LawfulException:
    """A reason in law why `duty` may be late. `revised_target` is the council's own aim, not a legal date."""

    kind: str
    duty: str
    starts: date
    reason: str
    approved_by: str
    ends: date | None = None
    revised_target: date | None = None


@dataclass(frozen=True)
class CaseFacts:
    """Everything the clock is computed from."""

    received: date
    stage: str = "request"
    branch: str = ""
    decisions: tuple[Decision, ...] = ()
    exceptions: tuple[LawfulException, ...] = field(default=())

    def day_of(self, *kinds: str) -> date | None:
        """The latest day on which any of `kinds` happened."""
        return max((decision.on for decision in self.decisions if decision.kind in kinds), default=None)


@dataclass(frozen=True)
class DecisionKind:
    """What recording a decision means: the stage or branch it leads to, and what it may be appealed as."""

    label: str
    stage: str = ""
    branch: str = ""
    appealable: bool = False
    may_lie_ahead: bool = False


DECISIONS: Mapping[str, DecisionKind] = {
    "decided_to_assess": DecisionKind("We will carry out an EHC needs assessment", stage="advice"),
    "decided_not_to_assess": DecisionKind(
        "We will not carry out an EHC needs assessment", "considering", "not_assessing", appealable=True
    ),
    "advice_requested": DecisionKind("Advice was asked for", stage="advice"),
    "decided_to_issue": DecisionKind("We will write an EHC plan", stage="deciding"),
    "decided_not_to_issue": DecisionKind("We will not write an EHC plan", "deciding", "not_issuing", appealable=True),
    "draft_served": DecisionKind("The draft plan was sent to the family", stage="draft"),
    "comments_extended": DecisionKind("More time to comment on the draft, until this day", may_lie_ahead=True),
    "final_issued": DecisionKind("The final EHC plan was issued", stage="final", appealable=True),
    "withdrawn": DecisionKind("The request was withdrawn", branch="withdrawn"),
    "moved_out": DecisionKind("The child moved to another council's area", branch="moved"),
    "ceased": DecisionKind("We stopped maintaining the EHC plan", branch="ceased", appealable=True),
}

DUTIES: Mapping[str, str] = {
    "considering": "Decision whether to assess (6 weeks)",
    "advice": "Advice from an adviser (6 weeks)",
    "deciding": "Decision whether to write a plan (16 weeks)",
    "final": "Final plan (20 weeks)",
}

EXCEPTIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "school_closed": (
        "The school or nursery is closed for 4 weeks or more",
        frozenset({"considering", "deciding", "final"}),
    ),
    "personal": ("Exceptional personal circumstances", frozenset(DUTIES)),
    "absent": ("The child or parent is away from the area for 4 weeks or more", frozenset(DUTIES)),
    "missed_appointment": ("An appointment was missed", frozenset({"advice"})),
}
"""Kind: its words, and the duties it may excuse (regs 5(4), 8(2), 10(4), 13(3)). Waiting lists and staff
shortage are not exceptions."""

FOUR_WEEKS = timedelta(weeks=4)


def statutory_date(duty: str, facts: CaseFacts) -> date | None:
    """The latest day the law allows for a stage, or None where it sets none (yet).

    Six weeks to decide on assessing (reg 5(1)), six for each adviser from the day asked (reg 8(1)),
    sixteen to tell of a refusal to issue (reg 10(1)), twenty to issue the plan (reg 13(2)), and
    a review within twelve months of the plan (CFA s.44(1)).
    """
    if duty == "advice":
        asked = facts.day_of("advice_requested")
        return asked + ADVICE_WITHIN if asked else None
    if duty == "draft":
        return comments_last_day(facts)
    if duty == "in_place":
        issued = facts.day_of("final_issued")
        return add_months(issued, 12) if issued else None
    after = {"considering": ASSESS_BY, "deciding": REFUSE_BY, "final": FINAL_BY}.get(duty)
    return facts.received + after if after is not None else None


def comments_last_day(facts: CaseFacts) -> date | None:
    """The last day to comment on the draft plan: never less than 15 days (reg 13(1)), longer when extended."""
    served = facts.day_of("draft_served")
    if served is None:
        return None
    return max(served + COMMENTS_LAST_DAY, facts.day_of("comments_extended") or served)


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
    wanted = ("in_place",) if done_on("final", facts) else ("considering", "deciding", "final")
    current = STAGES.index(facts.stage)
    undone = [duty for duty in wanted if not done_on(duty, facts) and STAGES.index(duty) >= current]
    dated = [(statutory_date(duty, facts), duty) for duty in undone]
    return sorted((due, duty) for due, duty in dated if due)


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
    if facts.day_of("final_issued") and kind not in {"ceased", "moved_out"}:
        raise RuleBroken("kind", "The final plan has been issued, so this can no longer be decided")
    if on < facts.received:
        raise RuleBroken("on", f"The date must be on or after the day of the request, {day_in_words(facts.received)}")
    if on > today and not DECISIONS[kind].may_lie_ahead:
        raise RuleBroken("on", "The date must be today or in the past")
    _check_order(kind, on, facts)


def may_move(stage: str, facts: CaseFacts) -> None:
    """Raise RuleBroken on `stage` when the case cannot be moved there by hand."""
    if stage not in STAGES:
        raise RuleBroken("stage", "Choose a stage")
    if is_closed(facts):
        raise RuleBroken("stage", "This assessment has ended, so it cannot be moved")
    if stage == facts.stage:
        raise RuleBroken("stage", "The case is at this stage already")
    needs = {"draft": "draft_served", "final": "final_issued", "in_place": "final_issued"}.get(stage)
    if needs and not facts.day_of(needs):
        raise RuleBroken("stage", f"First record this decision: {DECISIONS[needs].label}")


def may_except(exception: LawfulException, facts: CaseFacts) -> None:
    """Raise RuleBroken when the law does not know this exception for this duty (regs 5(4), 8(2), 10(4), 13(3))."""
    if exception.kind not in EXCEPTIONS:
        raise RuleBroken("kind", "Choose one of the exceptions that the law knows")
    words, duties = EXCEPTIONS[exception.kind]
    if exception.duty not in duties:
        raise RuleBroken("duty", f"The law does not allow this exception here: {words}")
    if exception.ends is not None and exception.ends < exception.starts:
        raise RuleBroken("ends", "The last day must not be before the first")
    if exception.kind in {"school_closed", "absent"}:
        _check_four_weeks(exception)
    due = statutory_date(exception.duty, facts)
    if exception.revised_target and due and exception.revised_target <= due:
        raise RuleBroken("revised_target", f"The new target must be after the date in law, {day_in_words(due)}")


def warnings(facts: CaseFacts) -> tuple[str, ...]:
    """What the SEND team should know about the dates. The dates stand all the same."""
    return tuple(
        f"{day_in_words(due)} is not a working day. The date in law does not move: finish before it."
        for due, _ in open_duties(facts)
        if not is_working_day(due)
    )


def _check_order(kind: str, on: date, facts: CaseFacts) -> None:
    served = facts.day_of("draft_served")
    if kind == "comments_extended":
        if served is None:
            raise RuleBroken("kind", "The draft plan has not been sent yet, so there is no time to extend")
        if on <= served + COMMENTS_LAST_DAY:
            last = day_in_words(served + COMMENTS_LAST_DAY)
            raise RuleBroken("on", f"The new last day must be after {last}, which the law gives")
    if kind in {"decided_to_issue", "decided_not_to_issue", "draft_served"} and not facts.day_of("decided_to_assess"):
        raise RuleBroken("kind", f"First record this decision: {DECISIONS['decided_to_assess'].label}")
    if kind == "final_issued":
        until = comments_last_day(facts)
        if until is None:
            raise RuleBroken("kind", f"First record this: {DECISIONS['draft_served'].label}")
        if on <= until:
            raise RuleBroken("on", f"The family may comment on the draft until {day_in_words(until)}")


def _check_four_weeks(exception: LawfulException) -> None:
    if exception.ends is None:
        raise RuleBroken("ends", "Give the last day, so that it shows 4 weeks or more")
    if exception.ends - exception.starts < FOUR_WEEKS - timedelta(days=1):
        raise RuleBroken("ends", "This exception is only for 4 weeks or more")
