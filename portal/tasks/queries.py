"""Tasks as the SEND team looks at them: the list, one task, a child's, and those of today."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.decision_letters import title_of
from portal.dates import left_or_late, london_day
from portal.errors import NotFound
from portal.paging import key_of, place_of
from portal.staff.mine import MINE, mine
from portal.staff.queries import TEAM, known_whose, which_children, whose_choices
from portal.tasks.rules import KINDS, Kind

PAGE = 25
OF_CHILD = 10
"""How many tasks a child's page shows."""
OPEN, DONE = "", "done"

_LINE = """
SELECT t.id, t.public_id, t.kind, c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference,
    t.subject, coalesce(d.description, '') AS document, coalesce(e.kind, x.kind, '') AS letter,
    coalesce(a.forename || ' ' || a.surname, i.adult_name, '') AS person, coalesce(a.public_id, '') AS adult,
    coalesce(w.forename || ' ' || w.surname, '') AS caseworker, t.opened_at, t.due_on, t.done_at,
    coalesce(b.forename || ' ' || b.surname, '') AS done_by, t.done_how, t.gone_at
FROM task t JOIN child c ON c.id = t.child LEFT JOIN account w ON w.id = c.caseworker
LEFT JOIN account a ON a.id = t.recipient LEFT JOIN account b ON b.id = t.done_by
LEFT JOIN document d ON d.public_id = t.subject LEFT JOIN invitation i ON i.public_id = t.subject
LEFT JOIN case_decision e ON e.public_id = t.subject LEFT JOIN case_exception x ON x.public_id = t.subject
"""


@dataclass(frozen=True)
class _Order:
    """How the tasks of one state stand: the condition, by what, in which direction, and the type of that."""

    condition: str
    place: str
    kind: type
    sign: str
    turn: str


_ORDERS = {
    OPEN: _Order("t.done_at IS NULL", "coalesce(t.due_on, DATE '9000-01-01')", date, ">", "ASC"),
    DONE: _Order("t.done_at IS NOT NULL", "t.done_at", datetime, "<", "DESC"),
}

_FARTHEST = date(9000, 1, 1)
"""Where a task without a day stands."""

_LIST = """
%(line)s WHERE %(condition)s AND %(which)s AND ({} = '' OR t.kind = {}) %(after)s
ORDER BY %(place)s %(turn)s, t.id %(turn)s LIMIT {}
"""


@dataclass(frozen=True)
class TaskLine:
    """One task. `person` is who has not opened, not answered or not been reached; `document` what it is about.

    `subject` is the public id of the child, the document, the letter, the invitation or the access; `adult` that of
    the person's account. `letter` is the kind of a decision or exception, when it is about one. `gone_at` is when the
    reason had gone.
    """

    public_id: str
    kind: str
    child: str
    child_name: str
    case_reference: str
    subject: str
    document: str
    person: str
    adult: str
    letter: str
    caseworker: str
    opened_at: datetime
    due_on: date | None
    done_at: datetime | None
    done_by: str
    done_how: str
    gone_at: datetime | None
    days_left: str
    is_late: bool

    @property
    def about(self) -> Kind:
        """What this kind of task is, why it opens, and what to do."""
        return KINDS[self.kind]

    @property
    def concerns(self) -> str:
        """Whom and what it is about, without the child: `Amal Khan, Draft plan`."""
        return ", ".join(filter(None, (self.person, self.paper)))

    @property
    def paper(self) -> str:
        """The document or the letter that it is about, by its name; empty when it is about neither."""
        return self.document or (title_of(self.letter) if self.letter else "")

    @property
    def recipient_page(self) -> str:
        """Where the evidence for this person is kept, below the child's address; empty when there is none."""
        if not (self.adult and self.paper):
            return ""
        place = "documents" if self.document else "timeline/letters"
        return f"{place}/{self.subject}/recipients/{self.adult}"

    @property
    def may_open_again(self) -> bool:
        return self.done_at is not None and self.gone_at is None


@dataclass(frozen=True)
class Tasks:
    """Some open tasks, the oldest due first, and how many there are in all."""

    rows: tuple[TaskLine, ...]
    total: int


@dataclass(frozen=True)
class WantedTasks:
    """Which tasks: `whose` as in the caseload, `kind` of `KINDS` or empty, `state` open or `done`.

    `after` is the key of a page.
    """

    whose: str = TEAM
    kind: str = ""
    state: str = OPEN
    after: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What makes this view, for an address; the page is not part of it."""
        named = {"whose": self.whose, "kind": self.kind, "state": self.state}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class TaskList:
    """One page of tasks. `next` is the key of the next page."""

    lines: tuple[TaskLine, ...]
    choices: tuple[tuple[str, str], ...]
    wanted: WantedTasks
    next: str

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What `kind` may be."""
        return (("", "All kinds"), *((key, kind.name) for key, kind in KINDS.items()))

    @property
    def states(self) -> tuple[tuple[str, str], ...]:
        """What `state` may be."""
        return ((OPEN, "To do"), (DONE, "Done"))


@dataclass(frozen=True)
class TaskOfChild:
    """One task with its child."""

    child: ChildRecord
    task: TaskLine


async def open_for(actor: Actor, *, now: datetime, limit: int = 10) -> Tasks:
    """The open tasks of the actor's own cases, also of those for whom they cover; a manager's also of cases that
    nobody has.

    At most `limit`, the oldest due first. Two statements.
    """
    values = mine(actor, london_day(now))
    total = await fetch_one(
        f"SELECT count(*) AS total FROM task t JOIN child c ON c.id = t.child WHERE t.done_at IS NULL AND {MINE}",
        *values,
    )
    rows = await fetch(_list(OPEN, MINE), *values, "", "", limit)
    return Tasks(_lines(rows, now), total["total"] if total else 0)


async def tasks(actor: Actor, wanted: WantedTasks, *, now: datetime, limit: int = 0) -> TaskList:
    """The tasks of the actor's own cases or of a team: open ones by their day, done ones the last first.

    A page has `PAGE` lines, or `limit`. At most three statements.
    """
    choices = await whose_choices(actor)
    wanted = _known(wanted, choices)
    which, subject = await which_children(actor, wanted.whose, london_day(now))
    size, after = limit or PAGE, place_of(wanted.after, _ORDERS[wanted.state].kind)
    values = (*subject, wanted.kind, wanted.kind, *(after or ()), size + 1)
    rows = await fetch(_list(wanted.state, which, is_first=not after), *values)
    last = rows[size - 1] if len(rows) > size else None
    wanted = wanted if after else replace(wanted, after="")
    return TaskList(_lines(rows[:size], now), choices, wanted, _key(last) if last else "")


async def task_of(actor: Actor, public_id: str, *, now: datetime) -> TaskOfChild:
    """One task of a child whom the actor may see. Raises NotFound."""
    row = await fetch_one(f"{_LINE} WHERE t.public_id = {{}}", public_id)
    if row is None:
        raise NotFound
    return TaskOfChild(await child_of(actor, row["child"], now=now), _line(row, now))


async def open_of_child(child: ChildRecord, *, now: datetime) -> tuple[TaskLine, ...]:
    """The open tasks of a child whom the actor may see, the oldest due first; at most ten."""
    return _lines(await fetch(_list(OPEN, "c.id = {}"), child.id, "", "", OF_CHILD), now)


def _list(state: str, which: str, *, is_first: bool = True) -> str:
    order = _ORDERS[state]
    after = "" if is_first else f"AND ({order.place}, t.id) {order.sign} ({{}}, {{}})"
    return _LIST % {"line": _LINE, "which": which, "after": after, **asdict(order)}


def _key(row: Mapping[str, Any]) -> str:
    return key_of(row["done_at"] or row["due_on"] or _FARTHEST, row["id"])


def _known(wanted: WantedTasks, choices: tuple[tuple[str, str], ...]) -> WantedTasks:
    """The same with what nobody offers left out."""
    return replace(
        wanted,
        whose=known_whose(wanted.whose, choices),
        kind=wanted.kind if wanted.kind in KINDS else "",
        state=DONE if wanted.state == DONE else OPEN,
    )


def _lines(rows: list[dict[str, Any]], now: datetime) -> tuple[TaskLine, ...]:
    return tuple(_line(row, now) for row in rows)


def _line(row: Mapping[str, Any], now: datetime) -> TaskLine:
    due, today = row["due_on"], london_day(now)
    is_open = row["done_at"] is None
    return TaskLine(
        **{name: row[name] for name in row if name != "id"},
        days_left=left_or_late(due, today) if due and is_open else "",
        is_late=is_open and due is not None and due < today,
    )
