"""What becomes of a request, drawn by chance but lawful: dated acts that the portal's own rules let through. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision, LawfulException
from portal.demo.large.chance import weekday

MOVED = "moved_to_"
"""How moving a case by hand begins in the record."""


@dataclass(frozen=True)
class Act:
    """Something that the SEND team recorded: a decision, or a stage moved by hand."""

    kind: str
    on: date
    recorded: date


@dataclass(frozen=True)
class Excepted:
    """A lawful exception, and the day on which it was recorded."""

    exception: LawfulException
    recorded: date


@dataclass(frozen=True)
class History:
    """A whole case, as far as it has got."""

    received: date
    source: str
    acts: tuple[Act, ...]
    exceptions: tuple[Excepted, ...]

    def until(self, today: date) -> "History":
        """What of it was recorded before `today`."""
        return History(
            self.received,
            self.source,
            tuple(act for act in self.acts if act.recorded < today),
            tuple(one for one in self.exceptions if one.recorded < today),
        )

    def facts(self, born: date) -> CaseFacts:
        """What the clock is computed from."""
        bare = CaseFacts(self.received, born=born)
        stage, branch = rules.place_of([act.kind for act in self.acts], bare)
        decisions = sorted((Decision(act.kind, act.on) for act in self.acts), key=lambda one: one.on)
        exceptions = tuple(one.exception for one in self.exceptions)
        return CaseFacts(self.received, stage, branch, tuple(decisions), exceptions, born)


def act(kind: str, on: date, *, recorded: date | None = None) -> Act:
    """An act of a working day, recorded then, or on the working day `recorded` when it lies ahead."""
    if recorded is not None:
        return Act(kind, on, weekday(recorded))
    return Act(kind, weekday(on), weekday(on))


def in_order(acts: Iterable[Act]) -> list[Act]:
    """By the day on which they were recorded."""
    return sorted(acts, key=lambda one: one.recorded)


def ended_by(acts: Sequence[Act], end: Act) -> list[Act]:
    """The acts before `end`, and then `end`: nothing is recorded in a case that has ended."""
    return [*(one for one in acts if one.recorded < end.recorded), end]


def day(received: date, number: int) -> date:
    """Day `number` of the clock; the request is day 0."""
    return received + timedelta(days=number)
