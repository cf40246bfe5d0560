"""The statutory timescale of one case on one day, as facts and as words. Pure.

The statutory date of a stage is always shown as the law gives it; lateness is told truthfully,
and exceptions with their new target stand beside it.
"""

from dataclasses import dataclass
from datetime import date

from portal.cases import rules
from portal.cases.appeals import open_dispute, plan_runs_until, plan_still_runs
from portal.cases.gathering import advice_days_late
from portal.cases.rules import CaseFacts, Explanation, LawfulException
from portal.cases.seen import is_not_served
from portal.cases.stages import BranchTexts, StageSet, StageTexts
from portal.dates import day_in_words, days, left_or_late

_COUNTED_FROM = {
    "advice": "6 weeks from the day we ask each person",
    "draft": "at least 15 days from the day we send the draft",
    "in_place": "a review within 12 months of the plan",
}
"""What the law says about a stage whose days have not begun to count."""

_TIME_OVER = {"draft": "the time to comment has ended", "advice": "the 6 weeks to answer have ended"}
"""Said instead of late: of the family's own days, and of advice when it is not recorded who has answered."""


@dataclass(frozen=True)
class StageOnDay:
    """One stage as it stands on a day.

    `state` is done, current, late, to_come or not_needed; `days_late` counts to the day it was done,
    or to today while it is not. `explanation` is there while it is late for no reason that the law knows.
    """

    key: str
    texts: StageTexts
    state: str
    is_current: bool
    done_on: date | None
    due_on: date | None
    days_late: int
    exceptions: tuple[LawfulException, ...]
    explanation: Explanation | None

    @property
    def new_target(self) -> date | None:
        """The latest revised target of its exceptions, or of the explanation of its lateness."""
        targets = [one.revised_target for one in self.exceptions if one.revised_target]
        return max(targets + ([self.explanation.new_target] if self.explanation else []), default=None)


@dataclass(frozen=True)
class Timescale:
    """The whole line. `week` counts from 1 and stops when the plan is issued or the case ends.

    It is 0 when there is a plan and nobody knows since when. `weeks` is how many the law gives: 20 from the
    request, or fewer from an order after mediation or an appeal. `explanations` are of what is late today.
    """

    stages: tuple[StageOnDay, ...]
    week: int
    weeks: int
    branch: BranchTexts | None
    summary: str
    explanations: tuple[Explanation, ...]

    @property
    def week_text(self) -> str:
        """`Week 9 of 20`; past the twentieth it says so. Empty when there is no week to tell."""
        if not self.week:
            return ""
        since = "" if self.weeks == rules.WEEKS else " after mediation or an appeal"
        if self.week > self.weeks:
            return f"Week {self.week}{since}. The law gives {self.weeks} weeks."
        return f"Week {self.week} of {self.weeks}{since}"


def timescale(facts: CaseFacts, today: date, texts: StageSet) -> Timescale:
    """Every stage of the case on `today` (a day in London), with the council's texts."""
    stages = tuple(_stage(key, facts, today, texts) for key in rules.STAGES)
    branch = texts.branch_of(facts)
    week, weeks = _week(facts, today)
    summary = _summary(stages, branch, facts, today) + _dispute(facts, texts)
    return Timescale(stages, week, weeks, branch, summary, _explanations(facts, today))


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
        return f"late by {days(stage.days_late)}{_target_words(stage.new_target, today)}"
    if stage.due_on and stage.is_current and today <= stage.due_on:
        return left_or_late(stage.due_on, today)
    if stage.due_on and stage.is_current and stage.key in _TIME_OVER:
        return _TIME_OVER[stage.key]
    return "happening now" if stage.is_current else "to come"


def _target_words(target: date | None, today: date) -> str:
    if target is None:
        return ""
    return f", new target {day_in_words(target)}" + (", which we have missed too" if target < today else "")


def due_words(stage: StageOnDay) -> str:
    """`due by Monday 16 February 2026`, or from when the days will count."""
    if stage.due_on is None:
        return _COUNTED_FROM.get(stage.key, "no date in law")
    return f"due by {day_in_words(stage.due_on)}"


def aim_words(target: date, today: date) -> str:
    """What the council aims for, or aimed for once that day has passed."""
    return f"We aimed for {day_in_words(target)}." if target < today else f"We now aim for {day_in_words(target)}."


def exception_words(exception: LawfulException, today: date) -> str:
    """One exception as a sentence for the family. The reason itself stays with the team."""
    target = exception.revised_target
    aim = f" {aim_words(target, today)}" if target else ""
    told = f" {exception.told.rstrip('.')}." if exception.told else ""
    return f"{rules.EXCEPTIONS[exception.kind][0]}.{told}{aim}"


def _stage(key: str, facts: CaseFacts, today: date, texts: StageSet) -> StageOnDay:
    line = facts if key == "in_place" else rules.of_line(facts)
    due = rules.statutory_date(key, line)
    done = rules.done_on(key, line)
    days_late = _days_late(key, line, due, done, today)
    return StageOnDay(
        key=key,
        texts=texts.not_served if key == "draft" and is_not_served(facts) else texts.stages[key],
        state=_state(key, facts, done, days_late),
        is_current=key == facts.stage and not rules.is_closed(facts),
        done_on=done,
        due_on=due,
        days_late=days_late,
        exceptions=rules.exceptions_for(key, facts),
        explanation=rules.explanation_of(key, facts) if days_late and not done else None,
    )


def _state(key: str, facts: CaseFacts, done: date | None, days_late: int) -> str:
    order, current = rules.STAGES.index(key), rules.STAGES.index(facts.stage)
    if order < current or (key == "final" and facts.has_plan):
        return "done"
    if rules.is_closed(facts):
        return "done" if done and order <= current else "not_needed"
    if days_late and not done:
        return "late"
    return "current" if order == current else "to_come"


def _days_late(key: str, facts: CaseFacts, due: date | None, done: date | None, today: date) -> int:
    """The family's own days to comment are never the council's lateness, nor is a yes after 16 weeks (reg 10)."""
    is_over = rules.is_closed(facts) or _is_passed(key, facts)
    if due is None or key not in {*rules.DUTIES, "in_place"} or (not done and is_over):
        return 0
    if key == "advice":
        return advice_days_late(facts, today)
    if key == "deciding" and done and done != facts.first_day_of("decided_not_to_issue"):
        return 0
    return max(0, ((done or today) - due).days)


def _is_passed(key: str, facts: CaseFacts) -> bool:
    order = rules.STAGES.index(key)
    return order < rules.STAGES.index(facts.stage) or (key != "in_place" and facts.has_plan)


def _is_finished(stage: StageOnDay) -> bool:
    return stage.is_current and stage.key in {"request", "considering", "advice", "deciding", "final"}


def _week(facts: CaseFacts, today: date) -> tuple[int, int]:
    """Which week it is, and of how many; the plan stops it first, then the end of the case."""
    line = rules.of_line(facts)
    begun, weeks = rules.weeks_of(line)
    issued = line.first_day_of("final_issued")
    if facts.has_plan and issued is None:
        return 0, weeks
    end = issued or _left_on(facts) or today
    return max(1, (end - begun).days // 7 + 1), weeks


def _left_on(facts: CaseFacts) -> date | None:
    kinds = [kind for kind, decision in rules.DECISIONS.items() if facts.branch and decision.branch == facts.branch]
    return facts.day_of(*kinds)


def _explanations(facts: CaseFacts, today: date) -> tuple[Explanation, ...]:
    found = (rules.explanation_of(duty, facts) for duty in rules.late_duties(facts, today))
    return tuple(one for one in found if one)


def _dispute(facts: CaseFacts, texts: StageSet) -> str:
    name = open_dispute(facts)
    if not name or facts.branch in {"withdrawn", "moved"}:
        return ""
    told = texts.disputes[name]
    return f" {told.name}. {told.meaning} {told.rights}"


def _summary(stages: tuple[StageOnDay, ...], branch: BranchTexts | None, facts: CaseFacts, today: date) -> str:
    if branch:
        return branch.meaning + _goes_on(facts, today)
    current = next(stage for stage in stages if stage.is_current)
    duties = rules.open_duties(facts)
    now = f"Stage {rules.STAGES.index(current.key) + 1} of {len(stages)}: {current.texts.name}."
    if not duties:
        return now
    due, duty = duties[0]
    if due < today:
        told = rules.explanation_of(duty, facts)
        aim = f" {aim_words(told.new_target, today)}" if told else ""
        return f"{now} We are late: the law asked for the next step by {day_in_words(due)}. We are sorry.{aim}"
    return f"{now} The next date in law is {day_in_words(due)}: {left_or_late(due, today)}."


def _goes_on(facts: CaseFacts, today: date) -> str:
    """How long a plan that is to end goes on (CFA s.45(4))."""
    until = plan_runs_until(facts)
    if until is None or not plan_still_runs(facts, today):
        return ""
    if facts.ending:
        return " The plan and its help go on for now."
    if open_dispute(facts):
        return " The plan and its help go on until that is settled."
    return f" The plan and its help go on until {day_in_words(until)}."
