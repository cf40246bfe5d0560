"""The statutory board as a page: for each question a chart and its tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from portal.dates import day_in_words
from portal.reports.queries import Board, Timeliness
from portal.reports.rules import DUTIES, Tally, choices, month_words
from portal.reports.tables import Table, stage_name, tables_of
from web.views.charts import Bar, Part, bars

TIMELY_PARTS = (
    Part("On time", "solid"),
    Part("Late, with a lawful exception", "lines"),
    Part("Late", "dots"),
)
ANSWER_PARTS = (
    Part("Within 5 working days", "solid"),
    Part("6 to 10 working days", "lines"),
    Part("More than 10 working days", "dots"),
    Part("Still waiting", "empty"),
)
STAGE_PARTS = (Part("In time", "solid"), Part("Late now", "dots"))

ANSWERS_TITLE = "Answers to families"
STAGES_TITLE = "Open cases now"
YEARS_OF_SEN2 = 4
_SAME = "The table has the same numbers."


@dataclass(frozen=True)
class Section:
    """One question: what is counted, the chart, and the tables with the same numbers."""

    key: str
    title: str
    counted: str
    chart: Markup
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class BoardPage:
    """What the page shows. `query` is the choice of team and months, for the addresses of the downloads."""

    board: Board
    sections: tuple[Section, ...]
    months: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    query: str
    is_running: bool

    @property
    def of_whom(self) -> str:
        """`All teams, December 2025 to November 2026`."""
        return f"{self.board.team or 'All teams'}, {self.board.period.in_words}"


def board_page(board: Board, today: date) -> BoardPage:
    """The page of a board as it stands on `today`."""
    tables, period = tables_of(board), board.period
    sections = [_timely(one, tables) for one in board.timeliness]
    sections += [_answers(board, tables), _stages(board, tables)]
    months = tuple((f"{month:%Y-%m}", month_words(month)) for month in choices(today))
    asked = {"team": board.team, "from": f"{period.first:%Y-%m}", "to": f"{period.last:%Y-%m}"}
    years = tuple(today.year - back for back in range(YEARS_OF_SEN2))
    return BoardPage(board, tuple(sections), months, years, urlencode(asked), period.end > today)


def _timely(one: Timeliness, tables: Mapping[str, Table]) -> Section:
    duty = DUTIES[one.duty]
    drawn = [
        Bar(f"{month:%b %Y}", (tally.on_time, tally.excused, tally.late), _share(tally))
        for month, tally in one.by_month.items()
    ]
    together = sum(one.by_month.values(), Tally())
    about = f"{together.share or 'None'} of {together.due:,} on time in these months."
    chart = bars(duty.key, duty.title, f"{about} {_SAME}", TIMELY_PARTS, drawn)
    return Section(duty.key, duty.title, duty.law, chart, _of(tables, duty.key))


def _share(tally: Tally) -> str:
    return f"{tally.share} of {tally.due:,}" if tally.due else "nothing due"


def _answers(board: Board, tables: Mapping[str, Table]) -> Section:
    drawn = [
        Bar(
            f"{month:%b %Y}",
            (one.soon, one.later, one.long, one.waiting + one.overdue),
            f"{one.share or 'none yet'} of {one.asked - one.waiting:,}" if one.asked else "none",
        )
        for month, one in board.answers.by_month.items()
    ]
    chart = bars("answers", ANSWERS_TITLE, f"How soon families were answered. {_SAME}", ANSWER_PARTS, drawn)
    counted = "Working days from the day when a family wrote to the day of the next message from the team."
    if oldest := board.answers.oldest:
        counted += f" Of these, the family that has waited longest wrote on {day_in_words(oldest)}."
    return Section("answers", ANSWERS_TITLE, counted, chart, _of(tables, "answers"))


def _stages(board: Board, tables: Mapping[str, Table]) -> Section:
    drawn = [
        Bar(_short(stage_name(one.stage)), (one.open - one.late, one.late), f"{one.open:,}, {one.late:,} late")
        for one in board.stages
    ]
    chart = bars("stages", STAGES_TITLE, f"What share of each stage is late. {_SAME}", STAGE_PARTS, drawn)
    counted = "Cases as they stand today, whatever months are chosen. Late: a date in law has passed."
    return Section("stages", STAGES_TITLE, counted, chart, _of(tables, "stages"))


def _short(name: str) -> str:
    """As much of a stage's name as there is room for."""
    return name if len(name) <= 24 else f"{name[:23].rstrip(' ,:')}…"


def _of(tables: Mapping[str, Table], key: str) -> tuple[Table, ...]:
    found: Iterable[Table | None] = (tables.get(key), tables.get(f"{key}-teams"))
    return tuple(table for table in found if table)
