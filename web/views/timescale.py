"""Statutory Timescales as a page shows them: the rules' timescale, in the words and order of the macros."""

from dataclasses import dataclass, replace
from datetime import date

from portal.access.rules import Part
from portal.cases import rules
from portal.cases.after_plan import PlanClock, plan_clocks
from portal.cases.queries import ChildCase
from portal.cases.stages import StageTexts, read_stages
from portal.cases.timescale import StageOnDay, aim_words, due_words, exception_words, status_words, timescale
from portal.dates import day_in_words
from web.views.key_dates import when
from web.views.rights import InfoPart, LastDay, Rights, rights_of

AT_WORK = {"What happens now", "What happens", "Who does it", "The law"}
"""What somebody who works with the child reads of Extra Information; the rest speaks to the family."""


@dataclass(frozen=True)
class StageView:
    """One stage of `macros/timescale.html`, with its Extra Information. `anchor` is that part's id."""

    name: str
    state: str
    is_current: bool
    status_text: str
    why_text: str
    due_text: str
    anchor: str
    info_id: str
    info: tuple[InfoPart, ...]


@dataclass(frozen=True)
class TimescaleView:
    """The whole of Statutory Timescales for one child on one day."""

    child: str
    name: str
    reference: str
    week: int
    weeks: int
    week_text: str
    summary: str
    stages: tuple[StageView, ...]
    notes: tuple[InfoPart, ...]
    exceptions: tuple[InfoPart, ...]
    rights: tuple[Rights, ...]
    clocks: tuple[Rights, ...]
    at_work: bool = False

    @property
    def current(self) -> StageView | None:
        """The stage where the case stands; None when it has ended on a side branch."""
        return next((stage for stage in self.stages if stage.is_current), None)


def panel_view(case: ChildCase) -> TimescaleView:
    """For the dashboard: only the current stage is explained, the rest is one link away."""
    return _known(_view(case, all_stages=False), case)


def page_view(case: ChildCase) -> TimescaleView:
    """For the full page: every stage is explained, and every note and exception is there."""
    return _known(_view(case, all_stages=True), case)


def _known(view: TimescaleView, case: ChildCase) -> TimescaleView:
    """What the reader may know of it: rights and what a family can do are not for those who work with the child."""
    if case.child.shows(Part.LETTERS):
        return view
    stages = tuple(
        replace(stage, info=tuple(one for one in stage.info if one.title in AT_WORK)) for stage in view.stages
    )
    return replace(view, stages=stages, rights=(), at_work=True)


def _view(case: ChildCase, *, all_stages: bool) -> TimescaleView:
    line = timescale(case.facts, case.today, read_stages())
    stages = tuple(_stage(stage, case, explained=all_stages or stage.is_current) for stage in line.stages)
    shown = [stage for stage in line.stages if all_stages or stage.state != "done"]
    notes = _notes(case)
    return TimescaleView(
        child=case.child.public_id,
        name=case.child.name,
        reference=case.child.case_reference,
        week=line.week,
        weeks=line.weeks,
        week_text=line.week_text,
        summary=line.summary,
        stages=stages,
        notes=notes if all_stages else notes[-1:],
        exceptions=(
            *(_explanation(one, case.today) for one in line.explanations if one.duty not in rules.STAGES),
            *(_exception(one, case.today) for stage in shown for one in stage.exceptions),
        ),
        rights=rights_of(case, line.branch),
        clocks=tuple(_clock(one, case) for one in plan_clocks(case.facts, case.today)),
    )


def _stage(stage: StageOnDay, case: ChildCase, *, explained: bool) -> StageView:
    info_id = f"stage-{stage.key}"
    has_date = stage.key != "request" and stage.state != "not_needed"
    return StageView(
        name=stage.texts.name,
        state=stage.state,
        is_current=stage.is_current,
        status_text=_capital(status_words(stage, case.today)),
        why_text=stage.explanation.told if stage.explanation else "",
        due_text=_capital(due_words(stage)) if has_date else "",
        anchor=info_id if explained else "",
        info_id=info_id,
        info=_info(stage.texts.about(case.child.forename), is_current=stage.is_current),
    )


def _info(texts: StageTexts, *, is_current: bool) -> tuple[InfoPart, ...]:
    return (
        InfoPart("What happens now" if is_current else "What happens", texts.now),
        InfoPart("Who does it", texts.who),
        InfoPart("What you can do", texts.you_can),
        InfoPart("Your rights", texts.rights),
        InfoPart("The law", texts.law),
    )


def _notes(case: ChildCase) -> tuple[InfoPart, ...]:
    """What the family was told beside decisions, oldest first."""
    told = [one for one in case.facts.decisions if one.note and one.kind in rules.DECISIONS]
    return tuple(InfoPart(f"{rules.DECISIONS[one.kind].label}, {day_in_words(one.on)}", one.note) for one in told)


def _explanation(one: rules.Explanation, today: date) -> InfoPart:
    said = f"{one.told.rstrip('.')}. {aim_words(one.new_target, today)} The date in law stays as it is."
    return InfoPart(f"Why we are late: {rules.LATE_NAMES[one.duty]}", said)


def _exception(one: rules.LawfulException, today: date) -> InfoPart:
    until = f" to {day_in_words(one.ends)}" if one.ends else ""
    span = f"This reason counts from {day_in_words(one.starts)}{until}. The date in law stays as it is."
    return InfoPart(f"Why a date may be missed: {rules.DUTIES[one.duty]}", f"{exception_words(one, today)} {span}")


def _clock(clock: PlanClock, case: ChildCase) -> Rights:
    """A clock with the family's own days and words, or for those who work with the child without them."""
    is_family = case.child.shows(Part.LETTERS)
    text, days = (clock.text, clock.all_days) if is_family else (clock.text_at_work, clock.days)
    last_days = tuple(LastDay(on, title, when(on, case.today)) for on, title in days)
    return Rights(clock.title, (InfoPart("What happens", text), InfoPart("The law", clock.law)), last_days)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
