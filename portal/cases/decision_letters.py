"""The letter that goes with each decision: what was decided, why, what happens now, what the family may do. Pure.

The words stand in letters.toml, beside this file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from portal.cases.appeals import TO_APPEAL, TO_MEDIATION, AppealDates, appeals_of
from portal.cases.clock import statutory_date
from portal.cases.facts import DECISIONS, DUTIES, EXCEPTIONS, CaseFacts, Decision, LawfulException
from portal.cases.letter_days import Days, days_after, had_plan, known_at
from portal.dates import day_in_words, london_day
from portal.errors import RuleBroken

_TEXTS = Path(__file__).with_name("letters.toml")

MEDIATION_FIRST = (
    "If you do not agree, talk to us first if you like. You can also appeal to the SEND Tribunal."
    " Before that you speak to a mediation adviser, who gives you a certificate."
)
"""CFA 2014 s.55: mediation itself is not needed, the certificate is."""

OR_SCHOOL_ALONE = " You need no certificate if you appeal only about the school or college in the plan."
"""Section I alone (CFA 2014 s.55(2))."""

YOU_MAY_SAY_NO = " You may say no to mediation and still get it. All of this is free."

ABOUT_A_PLAN = frozenset(
    {
        "final_issued",
        "plan_kept",
        "changed_plan_issued",
        "transfer_named",
        "reassessed_plan_issued",
        "reassessed_plan_kept",
    }
)
"""Where there is a plan whose sections B, F and I can be appealed."""

NEEDS_REASONS = frozenset(
    {
        "decided_not_to_assess",
        "decided_not_to_issue",
        "plan_kept",
        "reassessment_refused",
        "reassessed_plan_kept",
        "ceased",
    }
)
"""What the law lets nobody decide without telling why (CFA 2014 s.36(5) and (9); regs 5, 10, 20, 25 and 31)."""

REASONS_MISSING = "Enter the reasons, in plain words. The letter must say why"


EXCEPTION_LAW = "SEND Regulations 2014, regulations 5(4), 8(2), 10(4) and 13(3)."


@dataclass(frozen=True)
class DecisionLetter:
    """One letter. `days` are what is due after it, `last_days` the last days to appeal, each with what it is for.

    `asks_for_school`: the family is to name a school or college, so it must learn where they are listed (reg 13(1)).
    """

    title: str
    on: date
    meaning: str
    why: str
    next: str
    days: Days
    appeal: str
    last_days: Days
    law: str
    asks_for_school: bool = False


ABOUT_EXCEPTION = "Why a date may be missed"


def title_of(kind: str) -> str:
    """The title of the letter about a decision or an exception of this kind."""
    return DECISIONS[kind].label if kind in DECISIONS else ABOUT_EXCEPTION


def check_reasons(decision: Decision) -> None:
    """Raise RuleBroken on `note` when a no is told without its reasons."""
    if decision.kind in NEEDS_REASONS and not decision.note.strip():
        raise RuleBroken("note", REASONS_MISSING)


def how_to_appeal(kind: str) -> str:
    """What a family can do about a decision of this kind."""
    return MEDIATION_FIRST + YOU_MAY_SAY_NO + (OR_SCHOOL_ALONE if kind in ABOUT_A_PLAN else "")


def letter_of(decision: Decision, facts: CaseFacts, child: str) -> DecisionLetter:
    """The letter about one decision of a case. `child` is the forename."""
    filled = {"{child}": child, "{day}": day_in_words(decision.on)}
    texts = {name: _fill(text, filled) for name, text in _texts_of(decision, facts).items()}
    rights = [one for one in appeals_of(facts) if (one.kind, one.decided_on) == (decision.kind, decision.on)]
    return DecisionLetter(
        title=title_of(decision.kind),
        on=_dated(decision),
        meaning=texts["meaning"],
        why=decision.note,
        next=texts["next"],
        days=days_after(decision, facts),
        appeal=how_to_appeal(decision.kind) if rights else "",
        last_days=tuple(day for one in rights for day in last_days(one)),
        law=texts["law"],
        asks_for_school=decision.kind == "draft_served",
    )


def last_days(right: AppealDates) -> Days:
    """The two last days of a right to appeal, with what each is for."""
    return (
        (right.mediation_by, TO_MEDIATION),
        (right.appeal_by, right.titled(TO_APPEAL)),
    )


def exception_letter(exception: LawfulException, facts: CaseFacts) -> DecisionLetter:
    """The letter that tells why a date may be missed, and that the date in law stays where it is.

    It says which of the law's reasons it is, and what the team wrote for the family, but not the reason itself. The
    date in law is as it was known when it was written, so that a letter stays as it was sent.
    """
    due = statutory_date(exception.duty, known_at(exception.recorded_at, facts))
    stays = f"The date in law stays as it is: {day_in_words(due)}." if due else "The date in law stays as it is."
    target = exception.revised_target
    aim = f"We now aim for {day_in_words(target)}." if target else "We tell you as soon as we have a new target."
    until = f" to {day_in_words(exception.ends)}" if exception.ends else ""
    words = EXCEPTIONS[exception.kind][0]
    recorded = exception.recorded_at
    return DecisionLetter(
        title=ABOUT_EXCEPTION,
        on=london_day(recorded) if recorded else exception.starts,
        meaning=f"{DUTIES[exception.duty]}: we may be late. The reason in law: {words.lower()},"
        f" from {day_in_words(exception.starts)}{until}.",
        why=exception.told,
        next=f"{stays} {aim} Phone us if you do not agree, or if something changes.",
        days=(),
        appeal="",
        last_days=(),
        law=EXCEPTION_LAW,
    )


def _texts_of(decision: Decision, facts: CaseFacts) -> Mapping[str, str]:
    if decision.kind == "moved_out" and not had_plan(decision, facts):
        return _read()["moved_out_without_plan"]
    return _read()[decision.kind]


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _dated(decision: Decision) -> date:
    """A letter about a day that may lie ahead bears the day on which it was written."""
    if DECISIONS[decision.kind].may_lie_ahead and decision.recorded_at:
        return london_day(decision.recorded_at)
    return decision.on


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    raw = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    return {kind: texts for kind, texts in raw.items() if kind != "version"}
