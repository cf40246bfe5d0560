"""What was decided before a case came here: the days that a row gives, and where the case then stands. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.cases.facts import DECISIONS, STAGES
from portal.imports.columns import TITLES

DECIDED: Mapping[str, str] = {
    "assess_on": "decided_to_assess",
    "draft_on": "draft_served",
    "issued_on": "final_issued",
    "reviewed_on": "review_taken_over",
}
"""Column of the file: the decision that is recorded for it, in the order in which they come."""

WITH_PLAN = ("final", "in_place")
"""Stages at which there is a plan: without its day no review could be due."""

LATER = "A day in this row belongs to a later stage. Correct the stage, or leave it empty"
ISSUED = "Enter the day on which the plan was issued, because the case has a plan"
FUTURE = "This day must be today or in the past"

Reason = tuple[str, str]
"""The key of a column, and what is wrong with it."""


@dataclass(frozen=True)
class History:
    """The days of the file by column, where they are given; `received` is the day of the request, if it was right."""

    received: date | None
    days: Mapping[str, date]

    def stage(self, named: str) -> str:
        """Where the case stands: as the row names it, or where its last day leads, or else the first stage."""
        return named or max((DECISIONS[DECIDED[key]].stage for key in self.days), key=STAGES.index, default=STAGES[0])

    def problems(self, named: str, today: date) -> Iterator[Reason]:
        """What does not fit together. `named` is the stage of the row, or empty."""
        earlier, title = self.received, TITLES["received_on"]
        for key in DECIDED:
            on = self.days.get(key)
            if on is None:
                continue
            if on > today:
                yield key, FUTURE
            elif earlier and on < earlier:
                yield key, f"This day must be on or after “{title}”"
            earlier, title = on, TITLES[key]
        if named and STAGES.index(named) < STAGES.index(self.stage("")):
            yield "stage", LATER
        if self.stage(named) in WITH_PLAN and "issued_on" not in self.days:
            yield "issued_on", ISSUED
