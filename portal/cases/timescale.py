"""The statutory timescale of one case on one day, as facts and as words. Pure.

The statutory date of a stage is always shown as the law gives it; lateness is told truthfully,
and exceptions with their new target stand beside it.
"""

from dataclasses import dataclass
from datetime import date

from portal.cases import rules
from portal.cases.appeals import open_dispute
from portal.cases.rules import CaseFacts, LawfulException
from portal.cases.stages import BranchTexts, StageSet, StageTexts
from portal.cases.words import day_in_words, days, left_or_late


@dataclass(frozen=True)
class StageOnDay:
    """One stage as it stands on a day.

    `state` is done, current, late, to_come or not_needed; `days_late` counts to the day it was done,
    or to today while it is not.
    """

    key: str
    texts: StageTexts
    state: str
    is_current: bool
    done_on: date | None
    due_on: date | None
    days_late: int
    exceptions: tuple[LawfulException, ...]

    @property
    def new_target(self) -> date | None:
        """The latest revised target of its exceptions."""
        return max((one.revised_target for one in self.exceptions if one.revised_target), default=None)


@dataclass(frozen=True)
class Timescale:
    """The whole line. `week` counts from 1 and stops when the plan is issued or the case ends."""

    stages: tuple[StageOnDay, ...]
    week: int
    branch: BranchTexts | None
    summary: str

    @property
    def week_text(self) -> str:
        """`Week 9 of 20`; past the twentieth it says so."""
        if self.week > rules.WEEKS:
            return f"Week {self.week}. The law gives {rules.WEEKS} weeks."
        return f"Week {self.week} of {rules.WEEKS}"


def timescale(facts: CaseFacts, today: date, texts: StageSet) -> Timescale:
    """Every stage of the case on `today` (a day in London), with the council's texts."""
    stages = tuple(_stage(key, facts, today, texts) for key in rules.STAGES)
    branch = texts.branches[facts.branch] if facts.branch else None
    end = _ended_on(facts) or today
    week = max(1, (end - facts.received).days // 7 + 1)
    return Timescale(stages, week, branch, _summary(stages, branch, facts, today) + _dispute(facts, texts))


def status_words(stage: StageOnDay, today: date) -> str:
    """`done on Monday 5 January 2026`, `late by 12 days, new target …`, `to come`."""
    if stage.state == "not_needed":
        return "not needed"
    if stage.done_on and (stage.state == "done" or _is_finished(stage)):
        late = f", {days(stage.days_late)} late" if stage.days_late else ""
        return f"done on {day_in_words(stage.done_on)}{late}"
    if stage.state == "done":
        return "done"
    if stage.days_late:
        target = f", new target {day_in_words(stage.new_target)}" if stage.new_target else ""
        return f"late by {days(stage.days_late)}{target}"
    if stage.due_on and stage.is_current:
        if stage.due_on < today:
            return "the time to comment has ended"
        return left_or_late(stage.due_on, today)
    return "happening now" if stage.is_current else "to come"


def due_words(stage: StageOnDay) -> str:
    """`due by Monday 16 February 2026`, or why there is no date."""
    if stage.due_on is None:
        return "no date in law"
    return f"due by {day_in_words(stage.due_on)}"


def exception_words(exception: LawfulException) -> str:
    """One exception as a sentence for the family."""
    target = exception.revised_target
    aim = f" We now aim for {day_in_words(target)}." if target else ""
    return f"{rules.EXCEPTIONS[exception.kind][0]}. {exception.reason.rstrip('.')}.{aim}"


def _stage(key: str, facts: CaseFacts, today: date, texts: StageSet) -> StageOnDay:
    due = rules.statutory_date(key, facts)
    done = rules.done_on(key, facts)
    is_current = key == facts.stage and not rules.is_closed(facts)
    return StageOnDay(
        key=key,
        texts=texts.stages[key],
        state=_state(key, facts, due, done, today),
        is_current=is_current,
        done_on=done,
        due_on=due,
        days_late=_days_late(key, facts, due, done, today),
        exceptions=rules.exceptions_for(key, facts),
    )


def _state(key: str, facts: CaseFacts, due: date | None, done: date | None, today: date) -> str:
    order, current = rules.STAGES.index(key), rules.STAGES.index(facts.stage)
    if order < current or (key == "final" and done):
        return "done"
    if rules.is_closed(facts):
        return "done" if done and order <= current else "not_needed"
    if not done and _counts_late(key) and due and today > due:
        return "late"
    return "current" if order == current else "to_come"


def _days_late(key: str, facts: CaseFacts, due: date | None, done: date | None, today: date) -> int:
    passed = rules.STAGES.index(key) < rules.STAGES.index(facts.stage)
    if due is None or not _counts_late(key) or (not done and (rules.is_closed(facts) or passed)):
        return 0
    return max(0, ((done or today) - due).days)


def _counts_late(key: str) -> bool:
    """The family's own days to comment are never the council's lateness."""
    return key in rules.DUTIES or key == "in_place"


def _is_finished(stage: StageOnDay) -> bool:
    return stage.is_current and stage.key in {"request", "deciding", "final"}


def _ended_on(facts: CaseFacts) -> date | None:
    if facts.branch:
        kinds = [kind for kind, decision in rules.DECISIONS.items() if decision.branch == facts.branch]
        return facts.day_of(*kinds)
    return facts.day_of("final_issued")


def _dispute(facts: CaseFacts, texts: StageSet) -> str:
    name = open_dispute(facts)
    if not name or facts.branch in {"withdrawn", "moved"}:
        return ""
    told = texts.disputes[name]
    return f" {told.name}. {told.meaning} {told.rights}"


def _summary(stages: tuple[StageOnDay, ...], branch: BranchTexts | None, facts: CaseFacts, today: date) -> str:
    if branch:
        return branch.meaning
    current = next(stage for stage in stages if stage.is_current)
    duties = rules.open_duties(facts)
    now = f"Stage {rules.STAGES.index(current.key) + 1} of {len(stages)}: {current.texts.name}."
    if not duties:
        return now
    due, _ = duties[0]
    if due < today:
        return f"{now} We are late: the law asked for the next step by {day_in_words(due)}. We are sorry."
    return f"{now} The next date in law is {day_in_words(due)}: {left_or_late(due, today)}."
