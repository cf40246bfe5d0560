"""The letter that goes with each decision: what was decided, why, what happens now, what the family may do. Pure.

The words stand in letters.toml, beside this file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from portal.cases.appeals import appeals_of
from portal.cases.clock import statutory_date
from portal.cases.facts import DECISIONS, DUTIES, EXCEPTIONS, CaseFacts, Decision, LawfulException
from portal.cases.words import day_in_words

_TEXTS = Path(__file__).with_name("letters.toml")

HOW_TO_APPEAL = (
    "If you do not agree, talk to us first if you like. You can also appeal to the SEND Tribunal. Before that you speak"
    " to a mediation adviser, unless you appeal only about the school or college in the plan. Both are free."
    " The local SEND advice service (SENDIASS) helps you for free, too."
)
"""CFA 2014 ss.51 to 55: no mediation certificate is needed for section I alone (s.55(2))."""


EXCEPTION_LAW = "SEND Regulations 2014, regulations 5(4), 8(2), 10(4) and 13(3)."


@dataclass(frozen=True)
class DecisionLetter:
    """One letter. `last_days` are the last days of the family's rights, with what each is for."""

    title: str
    on: date
    meaning: str
    why: str
    next: str
    appeal: str
    last_days: tuple[tuple[date, str], ...]
    law: str


ABOUT_EXCEPTION = "Why a date may be missed"


def title_of(kind: str) -> str:
    """The title of the letter about a decision or an exception of this kind."""
    return DECISIONS[kind].label if kind in DECISIONS else ABOUT_EXCEPTION


def letter_of(decision: Decision, facts: CaseFacts, child: str) -> DecisionLetter:
    """The letter about one decision of a case. `child` is the forename."""
    texts = {name: text.replace("{child}", child) for name, text in _read()[decision.kind].items()}
    rights = [one for one in appeals_of(facts) if (one.kind, one.decided_on) == (decision.kind, decision.on)]
    return DecisionLetter(
        title=title_of(decision.kind),
        on=decision.on,
        meaning=texts["meaning"],
        why=decision.note,
        next=texts["next"],
        appeal=HOW_TO_APPEAL if rights else "",
        last_days=tuple(
            day
            for one in rights
            for day in (
                (one.mediation_by, "Last day to speak to a mediation adviser"),
                (one.appeal_by, "Last day to appeal to the SEND Tribunal"),
            )
        ),
        law=texts["law"],
    )


def exception_letter(exception: LawfulException, facts: CaseFacts) -> DecisionLetter:
    """The letter that tells why a date may be missed, and that the date in law stays where it is."""
    due = statutory_date(exception.duty, facts)
    stays = f"The date in law stays as it is: {day_in_words(due)}." if due else "The date in law stays as it is."
    target = exception.revised_target
    aim = f"We now aim for {day_in_words(target)}." if target else "We tell you as soon as we have a new target."
    until = f" to {day_in_words(exception.ends)}" if exception.ends else ""
    words = EXCEPTIONS[exception.kind][0]
    return DecisionLetter(
        title=ABOUT_EXCEPTION,
        on=exception.starts,
        meaning=f"{DUTIES[exception.duty]}: {words}, from {day_in_words(exception.starts)}{until}.",
        why=exception.reason,
        next=f"{stays} {aim} Phone us if you do not agree, or if something changes.",
        appeal="",
        last_days=(),
        law=EXCEPTION_LAW,
    )


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    raw = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    return {kind: texts for kind, texts in raw.items() if kind in DECISIONS}
