"""The timeline of one child as the SEND team sees it, and the choices of its forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.access.queries import ChildRecord
from portal.cases import rules
from portal.cases.queries import ChildCase, StruckOut
from portal.cases.stages import read_stages
from portal.dates import day_in_words
from portal.evidence.queries import ByPost
from web.views import timescale
from web.views.key_dates import when
from web.views.timescale import TimescaleView

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Recorded:
    """A decision, a move of the stage or an exception that was recorded, named by `entry`.

    `note` is for the family, `reason` for the team. It `has_letter`, `is_open` when it is an exception without a
    last day, `moves_case` when striking it out puts the case back, and `can_be_struck` out when it is the newest of
    those that move it, or moves nothing.
    """

    entry: str
    recorded_at: datetime
    on: date
    what: str
    note: str
    reason: str
    has_letter: bool
    moves_case: bool
    can_be_struck: bool
    is_open: bool


@dataclass(frozen=True)
class TeamDate:
    """A key date that the team added and may take out. `when` says how far away it is."""

    public_id: str
    on: date
    title: str
    when: str


@dataclass(frozen=True)
class Struck:
    """An entry that was struck out, and by whom, when and why."""

    on: date
    what: str
    reason: str
    struck_by: str
    struck_at: datetime


@dataclass(frozen=True)
class RequestLink:
    """One of several requests of a child, named by `case`."""

    case: str
    received: date
    stands: str
    is_shown: bool


@dataclass(frozen=True)
class Timeline:
    """The page `/staff/children/{child}/timeline`. `earlier` names the request shown, when it is not the newest."""

    child: ChildRecord
    requests: tuple[RequestLink, ...]
    earlier: str
    timescale: TimescaleView
    warnings: tuple[str, ...]
    is_late: bool
    recorded: tuple[Recorded, ...]
    struck: tuple[Struck, ...]
    dates: tuple[TeamDate, ...]


@dataclass(frozen=True)
class TimelineForm:
    """What every form about the timeline needs: whose it is, where the case stands, what may be chosen.

    `earlier` names the request when it is not the newest, `entry` is what the form is about, and `before_final`
    says what is still to be done about the draft before the final plan. `by_post` are those who read nothing here.
    """

    child: ChildRecord
    earlier: str
    entry: Recorded | None
    stage: str
    stages: Choices
    decisions: Choices
    exceptions: Choices
    duties: Choices
    late: Choices
    before_final: tuple[str, ...] = ()
    by_post: tuple[ByPost, ...] = ()


def timeline(case: ChildCase, struck: Iterable[StruckOut] = ()) -> Timeline:
    """The whole timeline, with what the team should know and the family does not need."""
    return Timeline(
        child=case.child,
        requests=_requests(case) if case.others else (),
        earlier=_earlier(case),
        timescale=timescale.page_view(case),
        warnings=rules.warnings(case.facts),
        is_late=bool(rules.late_duties(case.facts, case.today)),
        recorded=_all_recorded(case.facts),
        struck=tuple(_struck(one) for one in struck),
        dates=tuple(TeamDate(one.public_id, one.on, one.title, when(one.on, case.today)) for one in case.added),
    )


def form_view(
    case: ChildCase, entry: str = "", before_final: tuple[str, ...] = (), by_post: tuple[ByPost, ...] = ()
) -> TimelineForm:
    """The choices, in the council's own names of the stages.

    `entry` is the public id of what the form is about; otherwise it is about the newest that can be struck out.
    """
    texts = read_stages().stages
    return TimelineForm(
        child=case.child,
        earlier=_earlier(case),
        entry=_entry(_all_recorded(case.facts), entry),
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
        by_post=by_post,
    )


def _earlier(case: ChildCase) -> str:
    return "" if case.is_newest else case.public_id


def _requests(case: ChildCase) -> tuple[RequestLink, ...]:
    """Every request of the child, newest first."""
    every = [(case.public_id, case.facts), *((one.public_id, one.facts) for one in case.others)]
    every.sort(key=lambda one: one[1].received, reverse=True)
    return tuple(
        RequestLink(public_id, facts.received, _stands(facts), public_id == case.public_id)
        for public_id, facts in every
    )


def _stands(facts: rules.CaseFacts) -> str:
    texts = read_stages()
    branch = texts.branch_of(facts)
    return branch.name if branch else texts.stages[facts.stage].name


def _entry(recorded: tuple[Recorded, ...], entry: str) -> Recorded | None:
    if entry:
        return next((one for one in recorded if one.entry == entry), None)
    return next((one for one in recorded if one.can_be_struck and one.moves_case), None)


def _all_recorded(facts: rules.CaseFacts) -> tuple[Recorded, ...]:
    """Decisions, moves, exceptions and explanations, what was recorded last first."""
    last = max((one.number for one in facts.decisions), default=0)
    in_order = sorted(facts.decisions, key=lambda one: one.number, reverse=True)
    found = [_recorded(one, is_newest=one.number == last) for one in in_order]
    found += [_excepted(one) for one in reversed(facts.exceptions)]
    found += [_explained(one) for one in reversed(facts.explanations)]
    return tuple(sorted(found, key=lambda one: one.recorded_at, reverse=True))


def _recorded(one: rules.Decision, *, is_newest: bool) -> Recorded:
    return Recorded(
        entry=one.public_id,
        recorded_at=_moment(one),
        on=one.on,
        what=_label(one.kind),
        note=one.note,
        reason="",
        has_letter=one.kind in rules.DECISIONS,
        moves_case=True,
        can_be_struck=is_newest,
        is_open=False,
    )


def _excepted(one: rules.LawfulException) -> Recorded:
    return Recorded(
        entry=one.public_id,
        recorded_at=_moment(one),
        on=one.starts,
        what=_label(one.kind),
        note=one.told,
        reason=one.reason,
        has_letter=True,
        moves_case=False,
        can_be_struck=True,
        is_open=one.ends is None,
    )


def _explained(one: rules.Explanation) -> Recorded:
    return Recorded(
        entry=one.public_id,
        recorded_at=_moment(one),
        on=one.on,
        what=_label(f"explained_{one.duty}"),
        note=one.told,
        reason="",
        has_letter=False,
        moves_case=False,
        can_be_struck=True,
        is_open=False,
    )


def _moment(one: rules.Decision | rules.LawfulException | rules.Explanation) -> datetime:
    assert one.recorded_at is not None, "what is kept says when it was recorded"
    return one.recorded_at


def _struck(one: StruckOut) -> Struck:
    return Struck(one.on, _label(one.kind), one.reason, one.struck_by or "", one.struck_at)


def _label(kind: str) -> str:
    if kind in rules.DECISIONS:
        return rules.DECISIONS[kind].label
    if kind in rules.EXCEPTIONS:
        return f"Exception: {rules.EXCEPTIONS[kind][0]}"
    if kind.startswith("explained_"):
        return f"Late date explained: {rules.LATE_NAMES[kind.removeprefix('explained_')]}"
    return f"Moved to: {read_stages().stages[kind.removeprefix('moved_to_')].name}"
