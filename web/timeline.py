"""The timeline of one child as the SEND team sees it, and the choices of its forms."""

from dataclasses import dataclass
from datetime import date

from portal.access.queries import ChildRecord
from portal.cases import rules
from portal.cases.queries import ChildCase
from portal.cases.stages import read_stages
from portal.cases.words import day_in_words
from web import timescale
from web.key_dates import when
from web.timescale import TimescaleView

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Recorded:
    """A decision, or a move of the stage, that was recorded. `letter` is its public id, empty when it has none."""

    on: date
    what: str
    note: str
    letter: str


@dataclass(frozen=True)
class TeamDate:
    """A key date that the team added and may take out. `when` says how far away it is."""

    public_id: str
    on: date
    title: str
    when: str


@dataclass(frozen=True)
class Timeline:
    """The page `/staff/children/{child}/timeline`."""

    child: ChildRecord
    timescale: TimescaleView
    warnings: tuple[str, ...]
    is_late: bool
    recorded: tuple[Recorded, ...]
    dates: tuple[TeamDate, ...]


@dataclass(frozen=True)
class TimelineForm:
    """What every form about the timeline needs: whose it is, where the case stands, what may be chosen.

    `before_final` says what is still to be done about the draft before the final plan.
    """

    child: ChildRecord
    stage: str
    stages: Choices
    decisions: Choices
    exceptions: Choices
    duties: Choices
    late: Choices
    before_final: tuple[str, ...] = ()


def timeline(case: ChildCase) -> Timeline:
    """The whole timeline, with what the team should know and the family does not need."""
    return Timeline(
        child=case.child,
        timescale=timescale.page_view(case),
        warnings=rules.warnings(case.facts),
        is_late=bool(rules.late_duties(case.facts, case.today)),
        recorded=_all_recorded(case.facts),
        dates=tuple(TeamDate(one.public_id, one.on, one.title, when(one.on, case.today)) for one in case.added),
    )


def form_view(case: ChildCase, before_final: tuple[str, ...] = ()) -> TimelineForm:
    """The choices, in the council's own names of the stages."""
    texts = read_stages().stages
    return TimelineForm(
        child=case.child,
        stage=texts[case.facts.stage].name,
        stages=tuple((key, texts[key].name) for key in rules.STAGES),
        decisions=tuple((key, rules.DECISIONS[key].label) for key in rules.recordable(case.facts, case.today)),
        exceptions=tuple((key, words) for key, (words, _) in rules.EXCEPTIONS.items()),
        duties=tuple(rules.DUTIES.items()),
        late=tuple(
            (duty, f"{rules.LATE_NAMES[duty]}, due {day_in_words(due)}")
            for duty, due in rules.late_duties(case.facts, case.today).items()
        ),
        before_final=before_final,
    )


def _all_recorded(facts: rules.CaseFacts) -> tuple[Recorded, ...]:
    """Decisions, moves, exceptions and explanations, the newest day first."""
    found = [_recorded(one) for one in reversed(facts.decisions)]
    found += [
        Recorded(one.starts, f"Exception: {rules.EXCEPTIONS[one.kind][0]}", one.reason, one.public_id)
        for one in facts.exceptions
    ]
    found += [
        Recorded(one.on, f"Late date explained: {rules.LATE_NAMES[one.duty]}", one.told, "")
        for one in facts.explanations
    ]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _recorded(one: rules.Decision) -> Recorded:
    return Recorded(one.on, _label(one.kind), one.note, one.public_id if one.kind in rules.DECISIONS else "")


def _label(kind: str) -> str:
    if kind in rules.DECISIONS:
        return rules.DECISIONS[kind].label
    return f"Moved to: {read_stages().stages[kind.removeprefix('moved_to_')].name}"
