"""The board's figures as tables, the same on the page and as CSV. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from portal.cases.stages import read_stages
from portal.reports.queries import AnswerTimes, Board, Standing, Timeliness
from portal.reports.rules import DUTIES, Answers, Tally, month_words

Cell = str | int
T = TypeVar("T", Tally, Answers)

TIMELY_COLUMNS = (
    "Due",
    "On time",
    "Late, with a lawful exception",
    "Late",
    "Share on time",
    "Share, exceptions left out",
    "Date not known",
)
ANSWER_COLUMNS = (
    "Asked",
    "Within 5",
    "6 to 10",
    "More than 10",
    "Waiting, up to 5",
    "Waiting, more than 5",
    "Share within 5",
)
STAGE_COLUMNS = ("Open", "Late now")
TOGETHER = "Together"


@dataclass(frozen=True)
class Table:
    """A table with its address (`key`). The first column names the row; the last row may be a sum."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(board: Board) -> Mapping[str, Table]:
    """Every table of the board, by key. Those by team are there when there is more than one team to see."""
    found = [_months(one) for one in board.timeliness] + [_teams(one) for one in board.timeliness]
    answers = board.answers
    found += [_answer_months(answers), _answer_teams(answers), _stages(board.stages)]
    return {table.key: table for table in found if not table.key.endswith("-teams") or len(table.rows) > 2}


def tally_cells(tally: Tally) -> tuple[Cell, ...]:
    """In the order of `TIMELY_COLUMNS`."""
    counts = (tally.due, tally.on_time, tally.excused, tally.late)
    return *counts, tally.share, tally.share_without_exceptions, tally.unknown


def answer_cells(answers: Answers) -> tuple[Cell, ...]:
    """In the order of `ANSWER_COLUMNS`."""
    counts = (answers.soon, answers.later, answers.long, answers.waiting, answers.overdue)
    return (answers.asked, *counts, answers.share)


def stage_name(stage: str) -> str:
    """What the council calls a stage."""
    return read_stages().stages[stage].name


def _months(one: Timeliness) -> Table:
    named = {month_words(month): tally for month, tally in one.by_month.items()}
    caption = f"{DUTIES[one.duty].title}, by the month in which it was due"
    return Table(DUTIES[one.duty].key, caption, ("Month", *TIMELY_COLUMNS), _with_sum(named, tally_cells, Tally()))


def _teams(one: Timeliness) -> Table:
    key, caption = f"{DUTIES[one.duty].key}-teams", f"{DUTIES[one.duty].title}, by team"
    return Table(key, caption, ("Team", *TIMELY_COLUMNS), _with_sum(one.by_team, tally_cells, Tally()))


def _answer_months(answers: AnswerTimes) -> Table:
    named = {month_words(month): one for month, one in answers.by_month.items()}
    caption = "Answers to families in working days, by the month in which they wrote"
    return Table("answers", caption, ("Month", *ANSWER_COLUMNS), _with_sum(named, answer_cells, Answers()))


def _answer_teams(answers: AnswerTimes) -> Table:
    rows = _with_sum(answers.by_team, answer_cells, Answers())
    return Table("answers-teams", "Answers to families in working days, by team", ("Team", *ANSWER_COLUMNS), rows)


def _stages(standings: Iterable[Standing]) -> Table:
    rows: list[tuple[Cell, ...]] = [(stage_name(one.stage), one.open, one.late) for one in standings]
    rows.append((TOGETHER, *(sum(int(row[place]) for row in rows) for place in (1, 2))))
    return Table("stages", "Open cases now, by stage", ("Stage", *STAGE_COLUMNS), tuple(rows))


def _with_sum(
    named: Mapping[str, T], cells: Callable[[T], tuple[Cell, ...]], nothing: T
) -> tuple[tuple[Cell, ...], ...]:
    together: T = nothing
    for one in named.values():
        together = together + one
    return (*((name, *cells(one)) for name, one in named.items()), (TOGETHER, *cells(together)))
