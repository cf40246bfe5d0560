"""How long a family has to appeal or to ask for mediation. Pure.

Lines marked with a dagger in docs/rules/ need a lawyer's eye before a council prints them.
"""

from dataclasses import dataclass
from datetime import date

from portal.cases.calendar import add_months, next_working_day
from portal.cases.facts import DECISIONS, DISPUTES, CaseFacts, Decision
from portal.dates import day_in_words

APPEAL_LAW = (
    "Children and Families Act 2014, sections 51 to 57. SEND Regulations 2014, regulation 33."
    " Tribunal Procedure (HESC) Rules 2008, rules 12 and 20."
)
"""Who may appeal about what, mediation before it, and the last days."""


TO_MEDIATION = "Last day to speak to a mediation adviser"
TO_APPEAL = "Last day to appeal to the SEND Tribunal"


@dataclass(frozen=True)
class AppealDates:
    """The last days, after a decision letter of `decided_on`. `kind` is a key of DECISIONS."""

    kind: str
    decided_on: date
    appeal_by: date
    mediation_by: date

    @property
    def taken_until(self) -> date:
        """The day until which the Tribunal takes an appeal as in time: the next working day, when `appeal_by` is none.

        Tribunal Procedure (HESC) Rules 2008, rule 12(2).
        """
        return next_working_day(self.appeal_by)

    @property
    def note(self) -> str:
        """What holds when the last day to appeal is not a working day; otherwise empty."""
        if self.taken_until == self.appeal_by:
            return ""
        until = day_in_words(self.taken_until)
        return f"The Tribunal still takes it on {until}, because the last day is not a working day."

    def titled(self, title: str) -> str:
        """The title of the last day to appeal, with its note, where nothing else follows."""
        return f"{title}. {self.note}" if self.note else title


def appeal_by(letter: date, certificate: date | None = None) -> date:
    """The last day to appeal: the later of 2 months from the letter and 1 month from the mediation certificate.

    A last day in August becomes the first working day of September; 25 December to 1 January becomes
    the next working day in January (Tribunal Procedure (HESC) Rules 2008, rules 12 and 20).
    """
    last = add_months(letter, 2)
    if certificate is not None:
        last = max(last, add_months(certificate, 1))
    return _past_holidays(last)


def mediation_by(letter: date) -> date:
    """The last day to speak to a mediation adviser: 2 months from the letter (reg 33)."""
    return add_months(letter, 2)


def open_dispute(facts: CaseFacts) -> str:
    """`appeal` or `mediation` while one is open (the appeal, when both are), else an empty string."""
    for name, (begun, ended) in DISPUTES.items():
        first, last = facts.day_of(begun), facts.day_of(*ended)
        if first and (last is None or last < first):
            return name
    return ""


def plan_runs_until(facts: CaseFacts) -> date | None:
    """Until when a plan that is to end goes on: the last day on which an appeal is taken (CFA s.45(4)).

    None when none is to end.
    """
    if facts.ending:
        return facts.ending.until
    stopped = facts.day_of("ceased")
    if facts.branch != "ceased" or stopped is None:
        return None
    return next(one.taken_until for one in appeals_of(facts) if (one.kind, one.decided_on) == ("ceased", stopped))


def plan_still_runs(facts: CaseFacts, today: date) -> bool:
    """Whether a plan that is to end goes on: while the family may appeal, or somebody looks at the decision."""
    until = plan_runs_until(facts)
    is_disputed = facts.ending.is_disputed if facts.ending else open_dispute(facts) != ""
    return until is not None and (today <= until or is_disputed)


def appeals_of(facts: CaseFacts) -> tuple[AppealDates, ...]:
    """The rights that the case's decisions gave, newest first (CFA s.51)."""
    found = [_dates(decision, facts) for decision in facts.decisions if _is_appealable(decision)]
    return tuple(sorted(found, key=lambda dates: dates.decided_on, reverse=True))


def is_taken_back(appeal: AppealDates, facts: CaseFacts) -> bool:
    """Whether mediation or an appeal has since undone that decision."""
    undone = [one.on for one in facts.decisions if one.kind in DECISIONS and appeal.kind in _undone_by(one.kind)]
    return any(on >= appeal.decided_on for on in undone)


def _undone_by(kind: str) -> tuple[str, ...]:
    return DECISIONS[kind].after if DECISIONS[kind].reopens else ()


def _dates(decision: Decision, facts: CaseFacts) -> AppealDates:
    last = appeal_by(decision.on, _certificate(decision, facts))
    return AppealDates(decision.kind, decision.on, last, mediation_by(decision.on))


def _certificate(decision: Decision, facts: CaseFacts) -> date | None:
    """The newest certificate for this decision. One counts for every decision whose time still ran on its day."""
    given = [one.on for one in facts.decisions if one.kind == "mediation_certificate" and one.on >= decision.on]
    return max((on for on in given if _still_ran(decision.on, on, facts)), default=None)


def _still_ran(letter: date, day: date, facts: CaseFacts) -> bool:
    """Whether an appeal could still be prepared: within its 2 months, or after mediation that was asked for in them."""
    asked = [one.on for one in facts.decisions if one.kind == "mediation_asked" and one.on <= day]
    return day <= next_working_day(appeal_by(letter)) or any(letter <= on <= mediation_by(letter) for on in asked)


def _is_appealable(decision: Decision) -> bool:
    kind = DECISIONS.get(decision.kind)
    return kind is not None and kind.appealable


def _past_holidays(day: date) -> date:
    if day.month == 8:
        return next_working_day(date(day.year, 9, 1))
    if (day.month, day.day) >= (12, 25):
        return next_working_day(date(day.year + 1, 1, 2))
    if (day.month, day.day) == (1, 1):
        return next_working_day(date(day.year, 1, 2))
    return day
