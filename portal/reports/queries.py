"""The statutory board: figures of a team or of all teams, over some months."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.cases.clock import DECIDE_REVIEW_WITHIN, ENDS
from portal.cases.facts import STAGES
from portal.dates import LONDON
from portal.reports import sql
from portal.reports.rules import (
    DUTIES,
    LATER,
    SOON,
    Answers,
    Period,
    Tally,
    working_day_numbers,
)

Row = dict[str, Any]
T = TypeVar("T", Tally, Answers)


@dataclass(frozen=True)
class Timeliness:
    """One duty: by the month in which it was due, and by team."""

    duty: str
    by_month: dict[date, Tally]
    by_team: dict[str, Tally]


@dataclass(frozen=True)
class AnswerTimes:
    """How soon families were answered, by the month in which they wrote, and by team.

    `oldest` is the day on which the family wrote that has waited longest of these.
    """

    by_month: dict[date, Answers]
    by_team: dict[str, Answers]
    oldest: date | None = None


@dataclass(frozen=True)
class Standing:
    """The open cases of one stage: how many there are, and how many are late now."""

    stage: str
    open: int
    late: int


@dataclass(frozen=True)
class Board:
    """Everything on the board. `teams` are what may be chosen; `team` is empty for all of them together."""

    period: Period
    team: str
    teams: tuple[str, ...]
    timeliness: tuple[Timeliness, ...]
    answers: AnswerTimes
    stages: tuple[Standing, ...]


@dataclass(frozen=True)
class Scope:
    """Whose figures somebody sees: the id of one team, or None for every team."""

    team: int | None
    name: str
    choices: tuple[str, ...]


async def board(actor: Actor, team: str, period: Period, *, today: date) -> Board:
    """The figures that `actor` may see: caseworkers their own team's, managers those of `team` or of all.

    `today` is the day in England. Five statements, however many children there are.
    """
    scope = await scope_of(actor, team)
    timely = await _timely(scope, period, today)
    answers = await _answers(scope, period, today)
    return Board(period, scope.name, scope.choices, timely, answers, await _stages(scope, today))


async def scope_of(actor: Actor, team: str) -> Scope:
    """What `actor` may see of the team called `team`; a name that is none is every team, to a manager."""
    if not actor.is_manager:
        own = await fetch_one("SELECT name FROM team WHERE id = {}", actor.team)
        return Scope(actor.team or 0, own["name"] if own else "", ())
    teams = {row["name"]: row["id"] for row in await fetch("SELECT id, name FROM team ORDER BY name")}
    return Scope(teams.get(team), team if team in teams else "", tuple(teams))


async def _timely(scope: Scope, period: Period, today: date) -> tuple[Timeliness, ...]:
    both = (scope.team, scope.team)
    rows = await fetch(sql.TIMELY, list(STAGES), *both, period.first, period.end, today)
    first = period.first - DECIDE_REVIEW_WITHIN
    reviews = await fetch(sql.REVIEWS, list(ENDS["reviewing"]), first, first, period.end, *both, today)
    rows += [{**row, "duty": "reviewing"} for row in reviews]
    return tuple(_timeliness(duty, [row for row in rows if row["duty"] == duty], period) for duty in DUTIES)


def _timeliness(duty: str, rows: list[Row], period: Period) -> Timeliness:
    return Timeliness(duty, _by_month(rows, period, _tally, Tally()), _by_team(rows, _tally, Tally()))


async def _answers(scope: Scope, period: Period, today: date) -> AnswerTimes:
    numbers = working_day_numbers(period.first, max(today, period.end) + timedelta(days=1))
    begins = datetime.combine(period.first, time(), LONDON)
    marks = (SOON, SOON, LATER, LATER, SOON, SOON)
    dates = (period.first, numbers, today, period.first, period.end)
    rows = await fetch(sql.ANSWERS, begins, scope.team, scope.team, *marks, *dates)
    oldest = min((row["oldest"] for row in rows if row["oldest"]), default=None)
    return AnswerTimes(_by_month(rows, period, _answered, Answers()), _by_team(rows, _answered, Answers()), oldest)


async def _stages(scope: Scope, today: date) -> tuple[Standing, ...]:
    rows = await fetch(sql.STAGES, today, scope.team, scope.team)
    return tuple(
        Standing(stage, *(sum(row[what] for row in rows if row["stage"] == stage) for what in ("open", "late")))
        for stage in STAGES
    )


def _by_month(rows: list[Row], period: Period, read: Callable[[Row], T], nothing: T) -> dict[date, T]:
    """Every month of the period, also those without any."""
    return {month: _sum((read(row) for row in rows if row["month"] == month), nothing) for month in period.months}


def _by_team(rows: list[Row], read: Callable[[Row], T], nothing: T) -> dict[str, T]:
    teams = sorted({row["team"] for row in rows})
    return {team: _sum((read(row) for row in rows if row["team"] == team), nothing) for team in teams}


def _sum(values: Iterable[T], nothing: T) -> T:
    for value in values:
        nothing = nothing + value
    return nothing


def _tally(row: Row) -> Tally:
    return Tally(row["on_time"], row["excused"], row["late"], row["unknown"])


def _answered(row: Row) -> Answers:
    return Answers(row["soon"], row["later"], row["long"], row["waiting"], row["overdue"])
