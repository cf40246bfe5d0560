"""Whom the law has asked for advice, and when an answer is due. Pure; dates are days in London.

Law: Special Educational Needs and Disability Regulations 2014, SI 2014/1530 (reg).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.access.rules import Part, sees
from portal.cases.clock import ADVICE_WITHIN, assessing_since
from portal.cases.facts import DECISIONS, EXCEPTIONS, AskedAdviser, CaseFacts, Decision, LawfulException
from portal.cases.lateness import may_except
from portal.dates import day_in_words, days, left_or_late
from portal.errors import Refused, RuleBroken
from portal.limits import Limit


@dataclass(frozen=True)
class AdviserKind:
    """One of those whom reg 6 names: for staff `label`, for families `who` it is and what they write about."""

    label: str
    who: str
    writes: str
    law: str
    always: bool = True


ADVISERS: Mapping[str, AdviserKind] = {
    "family": AdviserKind(
        "Parent or young person",
        "The family",
        "Your own views: what is going well, what is hard, and what you hope for.",
        "regulation 6(1)(a)",
    ),
    "education": AdviserKind(
        "Head teacher or SENCO",
        "School, nursery or college",
        "How learning goes there, and what help has been given.",
        "regulation 6(1)(b)",
    ),
    "health": AdviserKind(
        "Health care professional",
        "A doctor, nurse or therapist",
        "Health, and the care and therapy that are needed.",
        "regulation 6(1)(c)",
    ),
    "psychology": AdviserKind(
        "Educational psychologist",
        "Educational psychologist",
        "How somebody learns and feels, and what would help. They usually meet the child first.",
        "regulation 6(1)(d)",
    ),
    "social_care": AdviserKind(
        "Social care", "Social care", "Help that is needed at home and in daily life.", "regulation 6(1)(e)"
    ),
    "adulthood": AdviserKind(
        "Preparing for adulthood (Year 9 and above)",
        "Somebody who helps with growing up",
        "What helps to get ready for adult life: work, a home, friends and health.",
        "regulation 6(1)(g)",
        always=False,
    ),
    "sensory": AdviserKind(
        "Qualified teacher for sight or hearing",
        "A teacher for children who see or hear less well",
        "What helps somebody who sees or hears less well to learn.",
        "regulation 6(2)",
        always=False,
    ),
    "wished": AdviserKind(
        "Somebody the family asked for",
        "Somebody you asked for",
        "What you wanted us to ask them about.",
        "regulation 6(1)(h)",
        always=False,
    ),
    "other": AdviserKind(
        "Somebody else whom we think right",
        "Somebody else who knows the child",
        "What they know from their work with the child.",
        "regulation 6(1)(f)",
        always=False,
    ),
}
"""Who is asked (reg 6(1) and (2)). `always`: in each assessment; the others when they apply."""

LATE_REASONS: Mapping[str, str] = {kind: words for kind, (words, duties) in EXCEPTIONS.items() if "advice" in duties}
"""The exceptions that the law knows for an adviser (reg 8(2))."""

ANSWERS: Mapping[str, str] = {"asked": "We have asked them", "not_asked": "We will not ask them"}
"""What the SEND team may answer to a family that wants another adviser asked."""

MOST = 100
"""Advisers, or wishes for one, in one case, all its assessments together. More than anybody needs, so that the
lists stay one page."""

WISHES_A_DAY = Limit("adviser_wished", tries=10, window=timedelta(days=1))

_LATE_FIELDS = {
    "kind": "late_kind",
    "duty": "late_kind",
    "starts": "late_starts",
    "ends": "late_ends",
    "reason": "late_reason",
    "approved_by": "late_approved_by",
    "revised_target": "late_target",
}

_YEAR_9 = 9
_AGE_AT_RECEPTION = 5


def due_on(asked_on: date) -> date:
    """The last day for an adviser: six weeks from the day asked (reg 8(1))."""
    return asked_on + ADVICE_WITHIN


def is_late(asked_on: date, returned_on: date | None, today: date) -> bool:
    """Whether the advice came, or is still to come, after its last day."""
    return (returned_on or today) > due_on(asked_on)


def in_words(asked_on: date, returned_on: date | None, today: date) -> str:
    """Where a request stands: `12 days left`, `late by 3 days`, `came in time`, `came 4 days late`."""
    due = due_on(asked_on)
    if returned_on is None:
        return left_or_late(due, today)
    return f"came {days((returned_on - due).days)} late" if returned_on > due else "came in time"


def school_year(born: date, on: date) -> int:
    """Which Year at school somebody born on `born` is in on the day `on`: 0 is Reception, 9 begins at 13."""
    return _school_year_begins(on) - _school_year_begins(born) - _AGE_AT_RECEPTION


def must_ask(born: date | None, today: date) -> tuple[str, ...]:
    """The kinds that this assessment cannot go without (reg 6(1)(a) to (e), and (g) in or beyond Year 9)."""
    grows_up = born is not None and school_year(born, today) >= _YEAR_9
    return tuple(kind for kind, one in ADVISERS.items() if one.always or (kind == "adulthood" and grows_up))


def not_asked_yet(asked: Iterable[str], born: date | None, today: date) -> tuple[str, ...]:
    """Of those, whom nobody has asked yet."""
    done = set(asked)
    return tuple(kind for kind in must_ask(born, today) if kind not in done)


def may_ask(asked_on: date, facts: CaseFacts, today: date) -> None:
    """Raise RuleBroken on `kind` or `asked_on`: advice belongs to an assessment that was decided on and runs.

    With a plan, that is another assessment (CFA s.44(2), regs 24 to 27).
    """
    if facts.branch:
        raise RuleBroken("kind", "This assessment has ended, so nobody can be asked in it")
    decided = assessing_since(facts)
    if decided is None:
        first = "reassessment_agreed" if facts.has_plan else "decided_to_assess"
        raise RuleBroken("kind", f"First record this decision: {DECISIONS[first].label}")
    if asked_on < decided:
        raise RuleBroken("asked_on", f"The date must be on or after the decision to assess, {day_in_words(decided)}")
    if asked_on > today:
        raise RuleBroken("asked_on", "The date must be today or in the past")


def why_not(facts: CaseFacts, today: date) -> str:
    """Why nobody can be asked today, in words; empty when somebody can."""
    try:
        may_ask(today, facts, today)
    except RuleBroken as broken:
        return broken.message
    return ""


def needs_decision(asked_on: date, facts: CaseFacts) -> bool:
    """Whether the case has still to learn that advice was asked for on this day: its dates count from there."""
    return all(one.kind != "advice_requested" or one.on != asked_on for one in facts.decisions)


def may_come(field: str, on: date, asked_on: date, today: date) -> None:
    """Raise RuleBroken on `field`: what an adviser sent, or a reminder, lies between asking and today."""
    if on < asked_on:
        raise RuleBroken(field, f"The date must be on or after the day we asked, {day_in_words(asked_on)}")
    if on > today:
        raise RuleBroken(field, "The date must be today or in the past")


@dataclass(frozen=True)
class LateReason:
    """Why the law lets one adviser be late (reg 8(2)): `kind` is one of `LATE_REASONS`.

    From `starts` to `ends`, or the day that is aimed for instead, or both. Only the team reads `reason`, and who
    decided: `approved_by`.
    """

    kind: str
    reason: str
    approved_by: str
    starts: date | None = None
    ends: date | None = None
    target: date | None = None


def may_be_late(why: LateReason, asked_on: date, returned_on: date | None, today: date) -> None:
    """Raise RuleBroken on `late_` and a field of `why` when the law does not know this reason for this adviser.

    It is held against the adviser's own six weeks and nothing else, so that no date of the case can move (reg 8(2)).
    """
    if why.starts is None and (why.ends or why.target is None):
        raise RuleBroken("late_starts", "Enter the first day, or a new target")
    own_weeks = CaseFacts(
        asked_on,
        stage="advice",
        decisions=(Decision("advice_requested", asked_on),),
        advisers=(AskedAdviser(asked_on, returned_on),),
    )
    reason = LawfulException(
        why.kind, "advice", why.starts or asked_on, why.reason, why.approved_by, why.ends, why.target
    )
    try:
        may_except(reason, own_weeks, today)
    except RuleBroken as broken:
        raise RuleBroken(_LATE_FIELDS[broken.field], broken.message) from broken


def check_taken_back(returned_on: date | None) -> date:
    """The day of an answer that was recorded by mistake. Raises Refused when none is recorded."""
    if returned_on is None:
        raise Refused("It is not recorded that this advice came. Somebody may have taken it back already.")
    return returned_on


def may_wish(facts: CaseFacts) -> bool:
    """Whether a family can still want another adviser asked: an assessment was asked for, or runs again with a plan."""
    return not facts.branch and (not facts.has_plan or assessing_since(facts) is not None)


def may_be_of(basis: str) -> bool:
    """Whether somebody with this ground of access may want another adviser asked (reg 6(1)(h)).

    The right is the parent's or the young person's; a professional is no family.
    """
    return sees(basis, Part.ADVICE)


def _school_year_begins(day: date) -> int:
    return day.year - (day.month < 9)
