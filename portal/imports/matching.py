"""Which rows are about children who are here already, and which adults have been invited. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.dates import day_in_words
from portal.imports.columns import TITLES
from portal.imports.history import DECIDED
from portal.imports.rules import Problem, Row, Who, shortened, who

NEW, MATCHED, LEFT_OUT = "new", "matched", "left_out"

NOTHING_TO_ADD = "The child is here already, and the row names no adult"
HAS_ACCESS = "This adult has access already, or is waiting for it"
INVITED = "This adult has been invited already"
GONE = "This caseworker is not in the team any more"
ENDED = "Access ended on {}. To invite them again, use the child’s page"

_SAID_ONCE = ("team", "received_on", "source", "stage", *DECIDED, "caseworker")


@dataclass(frozen=True)
class KnownChild:
    """A child who is here already. `received_on` is the day of the newest request."""

    id: int
    public_id: str
    case_reference: str
    forename: str
    surname: str
    date_of_birth: date
    team: int
    team_name: str
    received_on: date | None = None

    @property
    def who(self) -> Who:
        """Name and day of birth, as they are compared."""
        return who(self.forename, self.surname, self.date_of_birth)


@dataclass(frozen=True)
class Known:
    """What the database has: children by reference and by `who`, adults by child's id and address.

    `staff` are the caseworkers whom the rows name and who are still there, by team. `ended` says on which day
    in London somebody's access came to an end.
    """

    by_reference: Mapping[str, KnownChild] = field(default_factory=dict)
    by_name: Mapping[Who, Sequence[KnownChild]] = field(default_factory=dict)
    staff: frozenset[tuple[int, int]] = frozenset()
    with_access: frozenset[tuple[int, str]] = frozenset()
    invited: frozenset[tuple[int, str]] = frozenset()
    ended: Mapping[tuple[int, str], date] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A row and what becomes of it. `child` is the one it joins; `note` says why it is left out."""

    row: Row
    kind: str
    child: KnownChild | None = None
    note: str = ""

    @property
    def about(self) -> object:
        """The same for rows about one child."""
        return self.child.id if self.child else self.row.who


@dataclass(frozen=True)
class Plan:
    """Every row that was understood, in the order of the file, and what must be mended first."""

    judged: tuple[Judged, ...]
    problems: tuple[Problem, ...]

    @property
    def tells_of_other_teams(self) -> bool:
        """Whether it names a team in which a child of the file is already: that is for managers only."""
        return any(problem.is_for_managers for problem in self.problems)


def judge(rows: Sequence[Row], known: Known) -> Plan:
    """Match the rows with what is here and with each other."""
    judged: list[Judged] = []
    problems: list[Problem] = []
    for row in rows:
        child, problem = _match(row, known)
        problem = problem or _second_request(row, child)
        if problem:
            problems.append(problem)
        else:
            judged.append(_judged(row, child, known))
    again = _within_the_file(judged)
    bad = {problem.line for problem in again}
    return Plan(tuple(one for one in judged if one.row.line not in bad), (*problems, *again))


def _match(row: Row, known: Known) -> tuple[KnownChild | None, Problem | None]:
    if row.caseworker is not None and (row.team, row.caseworker) not in known.staff:
        return None, Problem(row.line, TITLES["caseworker"], GONE)
    if row.reference:
        return _match_reference(row, known.by_reference.get(row.reference))
    everywhere = known.by_name.get(row.who, ())
    found = [child for child in everywhere if child.team == row.team]
    if len(found) > 1:
        reason = f"The team has {len(found)} children with this name and date of birth. Give the case reference"
        return None, Problem(row.line, TITLES["case_reference"], reason)
    if everywhere and not found:
        return None, _elsewhere(row, everywhere[0])
    return (found[0] if found else None), None


def _elsewhere(row: Row, child: KnownChild) -> Problem:
    reason = f"The team {child.team_name} has this child. Name that team, or add another child of this name by hand"
    return Problem(row.line, TITLES["team"], reason, is_for_managers=True)


def _second_request(row: Row, child: KnownChild | None) -> Problem | None:
    """A later request must not be dropped unseen, because its 6 weeks run (SEND Regulations 2014 reg 5(1))."""
    if child is None or child.received_on is None or row.received_on is None or row.received_on <= child.received_on:
        return None
    since = f"This child has a case since {day_in_words(child.received_on)}"
    reason = f"{since}. A file cannot begin another. Leave this empty, and have the request made online"
    return Problem(row.line, TITLES["received_on"], reason, day_in_words(row.received_on))


def _match_reference(row: Row, child: KnownChild | None) -> tuple[KnownChild | None, Problem | None]:
    def problem(reason: str) -> tuple[None, Problem]:
        return None, Problem(row.line, TITLES["case_reference"], reason, shortened(row.reference))

    if child is None:
        return problem("The team has no case with this reference. For a new child, leave it empty")
    if child.team != row.team:
        return None, _elsewhere(row, child)
    if row.who != child.who:
        return problem(f"This is the case of {child.forename} {child.surname}: name or date of birth differ")
    return child, None


def _judged(row: Row, child: KnownChild | None, known: Known) -> Judged:
    if child is None:
        return Judged(row, NEW)
    adult = (child.id, row.email_key)
    if not row.email:
        return Judged(row, LEFT_OUT, child, NOTHING_TO_ADD)
    if adult in known.with_access:
        return Judged(row, LEFT_OUT, child, HAS_ACCESS)
    if adult in known.invited:
        return Judged(row, LEFT_OUT, child, INVITED)
    if on := known.ended.get(adult):
        return Judged(row, LEFT_OUT, child, ENDED.format(day_in_words(on)))
    return Judged(row, MATCHED, child)


def _within_the_file(judged: Sequence[Judged]) -> list[Problem]:
    """One child may stand in several rows, each with another adult; the case is then the same in all."""
    adults: dict[tuple[object, str], int] = {}
    first: dict[object, Row] = {}
    problems: list[Problem] = []
    for one in judged:
        earlier = adults.setdefault((one.about, one.row.email_key), one.row.line)
        if earlier != one.row.line:
            problems.append(_twice(one.row, earlier))
        if one.kind == NEW:
            problems += _differing(one.row, first.setdefault(one.about, one.row))
    return problems


def _twice(row: Row, earlier: int) -> Problem:
    column = TITLES["adult_email" if row.email else "forename"]
    said = "this adult for this child" if row.email else "this child"
    return Problem(row.line, column, f"Line {earlier} has {said} already", shortened(row.email or row.forename))


def _differing(row: Row, first: Row) -> list[Problem]:
    return [
        Problem(row.line, TITLES[key], f"Line {first.line} says something else about the same child")
        for key in _SAID_ONCE
        if getattr(row, key) != getattr(first, key)
    ]
