"""What one row of the file must fulfil, and what it then says. Pure: the day and the choices are arguments."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from portal.access.rules import BASES, BASES_IN_SHORT, why_not
from portal.children.rules import SOURCES, check_birth, check_received
from portal.dates import day_of
from portal.imports.columns import TITLES, plain
from portal.imports.history import DECIDED, History
from portal.imports.reading import RawRow
from portal.personal.rules import check_email, check_name, email_key

KEPT = timedelta(hours=24)
"""How long the rows of a file are kept that nobody takes in (UK GDPR article 5(1)(e))."""

STATES: Mapping[str, str] = {
    "checked": "Not taken in yet",
    "queued": "Waiting to start",
    "running": "Being taken in",
    "done": "Taken in",
    "failed": "Not taken in, because something went wrong",
    "cancelled": "Cancelled",
    "expired": "Not taken in within a day",
    "undone": "Undone",
}
"""Where an import stands, in words."""

WRONG_EMAIL = "Enter an email address in the correct format, like name@example.com"

_SHOWN = 60
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}

Answer = TypeVar("Answer")
Who = tuple[str, str, date]


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it stands in the file, why, and what stands there (shortened)."""

    line: int
    column: str
    reason: str
    value: str = ""
    is_for_managers: bool = False


@dataclass(frozen=True)
class Choices:
    """What a row may name: the day in London, teams by name in lower case, staff by team and address, stages."""

    today: date
    own_team: int | None
    teams: Mapping[str, int]
    caseworkers: Mapping[tuple[int, str], int]
    stages: Mapping[str, str]
    may_choose_team: bool


@dataclass(frozen=True)
class Row:
    """One adult for one child, checked. `email` is empty when the child comes alone; ids are the database's."""

    line: int
    forename: str
    surname: str
    date_of_birth: date
    team: int
    reference: str = ""
    caseworker: int | None = None
    received_on: date | None = None
    source: str = ""
    stage: str = ""
    assess_on: date | None = None
    draft_on: date | None = None
    issued_on: date | None = None
    reviewed_on: date | None = None
    adult_name: str = ""
    email: str = ""
    basis: str = ""
    send: bool = False

    @property
    def email_key(self) -> str:
        return email_key(self.email)

    @property
    def who(self) -> Who:
        """What two rows about one child have in common."""
        return who(self.forename, self.surname, self.date_of_birth)


@dataclass
class _Cells:
    """The cells of one row, and what was found to be wrong with them."""

    raw: RawRow
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, key: str) -> str:
        return self.raw.cells.get(key, "")

    def refuse(self, key: str, reason: str) -> None:
        self.problems.append(Problem(self.raw.line, TITLES[key], reason, shortened(self[key])))

    def is_wrong(self, key: str) -> bool:
        """Whether a problem of this column has been found."""
        return any(problem.column == TITLES[key] for problem in self.problems)

    def take(self, key: str, check: Callable[[str], Answer], otherwise: Answer) -> Answer:
        """What `check` makes of a cell; its ValueError is a problem, and then it is `otherwise`."""
        try:
            return check(self[key])
        except ValueError as error:
            self.refuse(key, str(error))
            return otherwise


def check_row(raw: RawRow, choices: Choices) -> tuple[Row | None, list[Problem]]:
    """The row, or everything that is wrong with it."""
    if raw.problem:
        return None, [Problem(raw.line, "", raw.problem)]
    cells = _Cells(raw)
    team = _team(cells, choices)
    born = cells.take("date_of_birth", lambda typed: _birth(typed, choices.today), None)
    row = Row(
        line=raw.line,
        forename=cells.take("forename", lambda typed: check_name(typed, what="forename", whose="the child’s"), ""),
        surname=cells.take("surname", lambda typed: check_name(typed, what="surname", whose="the child’s"), ""),
        date_of_birth=born or choices.today,
        team=team or 0,
        reference=cells["case_reference"].upper(),
        caseworker=_caseworker(cells, team, choices),
        **_request(cells, born, choices),
        **_adult(cells, born, choices.today),
    )
    return (None if cells.problems else row), cells.problems


def who(forename: str, surname: str, born: date) -> Who:
    """A name and a day of birth as they are compared: without case, apostrophes, hyphens and blanks."""
    return _folded(forename), _folded(surname), born


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def yes_or_no(typed: str) -> bool:
    """Yes or no; nothing means no. Raises ValueError with the message."""
    if typed.casefold() not in _YES | _NO:
        raise ValueError("Enter yes or no")
    return typed.casefold() in _YES


def shortened(typed: str) -> str:
    """A cell as it may be shown and kept: at most 60 characters, none that a database or a page refuses."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in typed[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def _birth(typed: str, today: date) -> date:
    if not typed:
        raise ValueError("Enter the date of birth")
    return check_birth(day_of(typed), today=today)


def _team(cells: _Cells, choices: Choices) -> int | None:
    name = cells["team"].casefold()
    team = choices.teams.get(name) if name else choices.own_team
    if team is None and not name:
        cells.refuse("team", "Enter the team: your account belongs to none")
    elif team is None and choices.may_choose_team:
        cells.refuse("team", "There is no team with this name")
    elif team is None:
        cells.refuse("team", "Only managers may give another team. Leave it empty for your own")
    return team


def _caseworker(cells: _Cells, team: int | None, choices: Choices) -> int | None:
    if not cells["caseworker"] or team is None:
        return None
    found = choices.caseworkers.get((team, email_key(cells["caseworker"])))
    if found is None:
        cells.refuse("caseworker", "Nobody in the team has this email address")
    return found


def _request(cells: _Cells, born: date | None, choices: Choices) -> dict[str, Any]:
    """When and by whom it was asked for, and where the case stands: for a child who is not here yet."""
    is_known = bool(cells["case_reference"])
    received, source = None, ""
    if cells["received_on"] or not is_known:
        received = cells.take("received_on", lambda typed: _received(typed, born, choices.today), None)
    if cells["source"] or not is_known:
        source = cells.take("source", _source, "")
    return {"received_on": received, "source": source, **_history(cells, received, choices)}


def _history(cells: _Cells, received: date | None, choices: Choices) -> dict[str, Any]:
    """Where the case stands, and the days of the decisions that led there."""
    stage = cells.take("stage", lambda typed: _stage(typed, choices.stages), "")
    days = {key: cells.take(key, _day_if_any, None) for key in DECIDED}
    history = History(received, {key: on for key, on in days.items() if on})
    if not any(cells.is_wrong(key) for key in ("stage", *DECIDED)):
        for key, reason in history.problems(stage, choices.today):
            cells.refuse(key, reason)
    return {**days, "stage": history.stage(stage)}


def _day_if_any(typed: str) -> date | None:
    return day_of(typed) if typed else None


def _received(typed: str, born: date | None, today: date) -> date:
    if not typed:
        raise ValueError("Enter the date that the request was received")
    return check_received(day_of(typed), born=born, today=today)


def _source(typed: str) -> str:
    if found := _SOURCES.get(plain(typed)):
        return found
    raise ValueError("Enter who asked: parent, young person, school or other")


def _stage(typed: str, stages: Mapping[str, str]) -> str:
    if not typed:
        return ""
    if found := stages.get(plain(typed)):
        return found
    raise ValueError("Enter a stage by its name on the timeline, like Gathering advice")


def _adult(cells: _Cells, born: date | None, today: date) -> dict[str, Any]:
    """All of the adult, or nothing of it."""
    send = cells.take("send", yes_or_no, False)
    if not any(cells[key] for key in ("adult_name", "adult_email", "basis")) and not send:
        return {}
    return {
        "adult_name": cells.take("adult_name", lambda typed: check_name(typed, what="name", whose="the adult’s"), ""),
        "email": cells.take("adult_email", _email, ""),
        "basis": cells.take("basis", lambda typed: _basis(typed, born, today), ""),
        "send": send,
    }


def _email(typed: str) -> str:
    try:
        return check_email(typed)
    except ValueError:
        raise ValueError(WRONG_EMAIL) from None


def _basis(typed: str, born: date | None, today: date) -> str:
    found = _BASES.get(plain(typed), "")
    if not found:
        raise ValueError(f"Enter the relationship: {', '.join(BASES_IN_SHORT.values()).lower()}")
    if born and (problem := why_not(found, born, today)):
        raise ValueError(problem)
    return found


def _by_words(*named: Mapping[str, str]) -> dict[str, str]:
    """What each key is called by: itself, and every text that stands for it."""
    words = {plain(key): key for names in named for key in names}
    return words | {plain(text): key for names in named for key, text in names.items()}


_SOURCES = _by_words(SOURCES)
_BASES = _by_words(BASES, BASES_IN_SHORT)
