"""What a row may name, what is here already, and the pages of an import."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.cases.rules import STAGES
from portal.cases.stages import read_stages
from portal.errors import NotFound
from portal.imports.columns import plain
from portal.imports.known import ROLES, STAFF
from portal.imports.matching import LEFT_OUT, MATCHED, NEW, Judged, KnownChild
from portal.imports.rules import STATES, Choices, Problem, Row

PAGE = 25
KINDS = (NEW, MATCHED, LEFT_OUT)
UNDER_WAY = frozenset({"queued", "running"})

_BATCH = """
SELECT b.id, b.public_id, b.filename, b.uploaded_at, b.state, b.row_count, b.new_children, b.matched_rows,
    b.new_invitations, b.joining_invitations, b.left_out, b.bad_rows, b.done_rows, b.finished_at, b.note,
    b.join_matched, b.started_by, b.tries, b.undone_at, u.forename || ' ' || u.surname AS uploaded_by
FROM import_batch b JOIN account u ON u.id = b.uploaded_by
"""


@dataclass(frozen=True)
class Batch:
    """One import. `new_invitations` are codes for new children, `joining_invitations` for children who are here."""

    id: int
    public_id: str
    filename: str
    uploaded_at: datetime
    uploaded_by: str
    state: str
    row_count: int
    new_children: int
    matched_rows: int
    new_invitations: int
    joining_invitations: int
    left_out: int
    bad_rows: int
    done_rows: int
    finished_at: datetime | None
    note: str
    join_matched: bool
    started_by: int | None
    tries: int
    undone_at: datetime | None

    @property
    def may_take_in(self) -> bool:
        """Whether the file is right and has something that is not here yet."""
        return self.is_open and not self.bad_rows and bool(self.new_children or self.matched_rows)

    @property
    def state_in_words(self) -> str:
        return "Must be mended" if self.is_open and self.bad_rows else STATES[self.state]

    @property
    def codes(self) -> int:
        """How many emails with "Your unique code" go out, or went out."""
        return self.new_invitations + (self.joining_invitations if self.join_matched else 0)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say what becomes of it."""
        return self.state in {"checked", "failed"}

    @property
    def may_be_undone(self) -> bool:
        """Whether it was taken in. What has happened since may still stand in the way."""
        return self.state == "done"

    @property
    def is_finishing(self) -> bool:
        """Whether every row has been gone through, and only the end is to come."""
        return self.state == "running" and self.done_rows >= self.row_count

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(frozen=True)
class Imports:
    """A page of past imports, newest first. `next` goes on, empty at the end."""

    batches: tuple[Batch, ...]
    next: str


@dataclass(frozen=True)
class Preview:
    """An import, some of its rows of one kind, and some of its problems. `next…` go on, 0 at the end."""

    batch: Batch
    kind: str
    rows: tuple[Judged, ...] = ()
    next: int = 0
    problems: tuple[Problem, ...] = ()
    next_problem: int = 0


async def choices_of(actor: Actor, *, today: date) -> Choices:
    """What the rows of the actor's file may name."""
    teams = await fetch("SELECT id, name FROM team WHERE {} OR id = {}", actor.is_manager, actor.team)
    staff = await fetch(STAFF, ROLES)
    return Choices(
        today=today,
        own_team=actor.team,
        teams={row["name"].casefold(): row["id"] for row in teams},
        caseworkers={(row["team"], row["email_key"]): row["id"] for row in staff},
        stages=_stages(),
        may_choose_team=actor.is_manager,
    )


async def imports_of(actor: Actor, before: str = "") -> Imports:
    """The imports of the actor's team, all for managers; 25, those before the one with the public id `before`."""
    rows = await fetch(
        _BATCH + "WHERE ({} OR b.team = {}) AND ({} = '' OR b.id < (SELECT id FROM import_batch WHERE public_id = {}))"
        " ORDER BY b.id DESC LIMIT {}",
        actor.is_manager,
        actor.team,
        before,
        before,
        PAGE + 1,
    )
    batches = tuple(Batch(**row) for row in rows[:PAGE])
    return Imports(batches, batches[-1].public_id if len(rows) > PAGE else "")


async def batch_of(actor: Actor, public_id: str) -> Batch:
    """One import, if the actor's team made it or the actor is a manager. Raises NotFound."""
    row = await fetch_one(
        _BATCH + "WHERE b.public_id = {} AND ({} OR b.team = {})", public_id, actor.is_manager, actor.team
    )
    if row is None:
        raise NotFound
    return Batch(**row)


async def preview(batch: Batch, *, kind: str, after: int, problems_after: int) -> Preview:
    """25 rows of one kind after a line, and 25 problems after the one with an id."""
    kind = kind if kind in KINDS else _first_kind(batch)
    rows = await fetch(
        "SELECT data FROM import_row WHERE import_batch = {} AND kind = {} AND line > {} ORDER BY line LIMIT {}",
        batch.id,
        kind,
        after,
        PAGE + 1,
    )
    judged = tuple(judged_from(row["data"]) for row in rows[:PAGE])
    problems = await _problems(batch, problems_after, PAGE + 1)
    return Preview(
        batch,
        kind,
        judged,
        judged[-1].row.line if len(rows) > PAGE else 0,
        tuple(problem for _, problem in problems[:PAGE]),
        problems[PAGE - 1][0] if len(problems) > PAGE else 0,
    )


async def all_problems(batch: Batch) -> list[Problem]:
    """Everything to mend, in the order of the file."""
    return [problem for _, problem in await _problems(batch, 0, 1_000_000)]


async def rows_of(batch: int) -> list[Judged]:
    """Every row of the import with this id, in the order of the file."""
    rows = await fetch("SELECT data FROM import_row WHERE import_batch = {} ORDER BY line", batch)
    return await asyncio.to_thread(lambda: [judged_from(row["data"]) for row in rows])


def judged_text(judged: Judged) -> str:
    """A row as it is kept."""
    return json.dumps(asdict(judged), default=str)


def judged_from(text: str) -> Judged:
    """The same, read again."""
    kept: Mapping[str, Any] = json.loads(text)
    child = KnownChild(**_with_days(KnownChild, kept["child"])) if kept["child"] else None
    return Judged(Row(**_with_days(Row, kept["row"])), kept["kind"], child, kept["note"])


def _with_days(kind: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    days = {item.name for item in fields(kind) if item.type in (date, date | None)}
    return {key: date.fromisoformat(value) if key in days and value else value for key, value in kept.items()}


async def _problems(batch: Batch, after: int, limit: int) -> list[tuple[int, Problem]]:
    rows = await fetch(
        "SELECT id, line, column_name, reason, value FROM import_problem WHERE import_batch = {} AND id > {}"
        " ORDER BY id LIMIT {}",
        batch.id,
        after,
        limit,
    )
    return [(row["id"], Problem(row["line"], row["column_name"], row["reason"], row["value"])) for row in rows]


def _stages() -> dict[str, str]:
    """The stages by key and by the council's name."""
    texts = read_stages().stages
    return {plain(name): stage for stage in STAGES for name in (stage, texts[stage].name)}


def _first_kind(batch: Batch) -> str:
    counts = {NEW: batch.new_children, MATCHED: batch.matched_rows, LEFT_OUT: batch.left_out}
    return next((kind for kind in KINDS if counts[kind]), NEW)
