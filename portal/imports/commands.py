"""Reading a file without changing anything, and what people press at an import."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.engine import DB, fetch, fetch_one
from portal import audit, ids, jobs
from portal.actor import Actor
from portal.errors import Refused, RuleBroken
from portal.imports.known import known_to
from portal.imports.matching import LEFT_OUT, MATCHED, NEW, Judged, Plan, judge
from portal.imports.queries import batch_of, choices_of, judged_text
from portal.imports.reading import CannotRead, RawRow, Table, table_of
from portal.imports.rules import KEPT, Choices, Problem, Row, check_row, shortened

TAKE_IN = "take_in_import"
AT_ONCE = 500
"""Rows that are checked, or taken in, before others get their turn."""
STALE = timedelta(minutes=1)
"""Without a sign of life for so long, a worker that took an import in has died."""

NO_TEAM = "Your account belongs to no team, so it cannot import children. Ask a manager to put it into one."
MOVED_ON = "This import has moved on since you opened the page. Look at where it stands now."

NOTHING = (
    "Without the rows about children who are here already there is nothing to take in. Join them, or cancel the import."
)

_reading = asyncio.Semaphore(1)

_KEEP = """
INSERT INTO import_batch (public_id, filename, team, uploaded_by, uploaded_at, state, touched_at, row_count,
    new_children, matched_rows, new_invitations, joining_invitations, left_out, bad_rows)
VALUES ({}, {}, {}, {}, {}, 'checked', {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id
"""

_START = """
UPDATE import_batch SET state = 'queued', join_matched = {}, started_by = {}, touched_at = {}, tries = 0,
    done_rows = 0, note = ''
WHERE id = {} AND state IN ('checked', 'failed') AND bad_rows = 0
    AND (new_children > 0 OR (matched_rows > 0 AND {})) RETURNING id
"""

_EXPIRE = """
WITH old AS (
    UPDATE import_batch SET state = 'expired' WHERE state IN ('checked', 'failed') AND touched_at < {} RETURNING id
), gone AS (DELETE FROM import_problem WHERE import_batch IN (SELECT id FROM old))
DELETE FROM import_row WHERE import_batch IN (SELECT id FROM old)
"""


@dataclass(frozen=True)
class Reading:
    """A file that was read and checked. `team` is the one that all rows are of; None when there are more."""

    row_count: int
    plan: Plan
    team: int | None


async def read(actor: Actor, content: bytes, *, today: date) -> Reading:
    """Read and check a file; nothing is kept. One file at a time, so that pages stay quick meanwhile.

    Raises RuleBroken on `file` when it is no CSV file, is too large, or has no rows, and Refused for
    somebody without a team who is no manager.
    """
    if actor.team is None and not actor.is_manager:
        raise Refused(NO_TEAM)
    choices = await choices_of(actor, today=today)
    async with _reading:
        try:
            table = await asyncio.to_thread(table_of, content)
        except CannotRead as error:
            raise RuleBroken("file", str(error)) from None
        rows, problems = await _check(table, choices)
        plan = await asyncio.to_thread(judge, rows, await known_to(rows, everywhere=actor.is_manager))
    problems = sorted([*problems, *plan.problems], key=lambda problem: problem.line)
    team = None if plan.tells_of_other_teams else _team_of(table.rows, choices)
    return Reading(len(table.rows), Plan(plan.judged, tuple(problems)), team)


async def keep(actor: Actor, filename: str, reading: Reading, *, now: datetime) -> str:
    """Keep what was read, to be looked at and taken in. Gives the import's public id."""
    made, plan = ids.public_id(), reading.plan
    async with DB.transaction():
        row = await fetch_one(
            _KEEP,
            made,
            shortened(filename),
            reading.team,
            actor.account,
            now,
            now,
            reading.row_count,
            *counts_of(plan),
        )
        assert row is not None, "every insertion gives its row"
        await keep_plan(row["id"], plan)
        detail = {"rows": reading.row_count, "problems": len(plan.problems)}
        await audit.record("staff:import:checked", now=now, actor=actor, subject=made, detail=detail)
    return made


async def start(actor: Actor, batch: str, *, join_matched: bool, now: datetime) -> str:
    """Have the worker take the import in. `join_matched`: add adults to children who are here already.

    Gives the public id. Raises NotFound, and Refused when it cannot be taken in, when nothing would be, or when it was
    started before.
    """
    async with DB.transaction():
        found = await batch_of(actor, batch)
        if found.may_take_in and not found.new_children and not join_matched:
            raise Refused(NOTHING)
        row = await fetch_one(_START, join_matched, actor.account, now, found.id, join_matched)
        if row is None:
            raise Refused(MOVED_ON)
        await jobs.enqueue(TAKE_IN, str(found.id))
        await audit.record("staff:import:started", now=now, actor=actor, subject=batch, detail={"join": join_matched})
    return batch


async def cancel(actor: Actor, batch: str, *, now: datetime) -> str:
    """Drop an import that has not started: its rows are gone at once. Raises NotFound, or Refused when it has."""
    async with DB.transaction():
        found = await batch_of(actor, batch)
        row = await fetch_one(
            "UPDATE import_batch SET state = 'cancelled', finished_at = {}"
            " WHERE id = {} AND state IN ('checked', 'queued', 'failed') RETURNING id",
            now,
            found.id,
        )
        if row is None:
            raise Refused(MOVED_ON)
        await forget_rows(found.id)
        await audit.record("staff:import:cancelled", now=now, actor=actor, subject=batch)
    return batch


async def forget_old(*, now: datetime) -> None:
    """Drop the rows of imports that nobody took in for a day."""
    await fetch(_EXPIRE, now - KEPT)


async def start_forgotten(*, now: datetime) -> None:
    """Queue imports again whose worker has died, or whose job was lost."""
    rows = await fetch(
        "SELECT id FROM import_batch WHERE state IN ('queued', 'running') AND touched_at < {}", now - STALE
    )
    for row in rows:
        await jobs.enqueue(TAKE_IN, str(row["id"]))


async def keep_plan(batch: int, plan: Plan) -> None:
    """Write the rows and the problems of a plan under the import with this id."""
    texts = await asyncio.to_thread(lambda: [judged_text(one) for one in plan.judged])
    await fetch(
        "INSERT INTO import_row (import_batch, line, kind, data)"
        " SELECT {}, w.* FROM unnest({}::integer[], {}::text[], {}::jsonb[]) w",
        batch,
        [one.row.line for one in plan.judged],
        [one.kind for one in plan.judged],
        texts,
    )
    await fetch(
        "INSERT INTO import_problem (import_batch, line, column_name, reason, value)"
        " SELECT {}, w.* FROM unnest({}::integer[], {}::text[], {}::text[], {}::text[]) w",
        batch,
        [one.line for one in plan.problems],
        [one.column for one in plan.problems],
        [one.reason for one in plan.problems],
        [one.value for one in plan.problems],
    )


async def forget_rows(batch: int) -> None:
    """Drop what the file said of people; the counts stay."""
    await fetch("DELETE FROM import_row WHERE import_batch = {}", batch)
    await fetch("DELETE FROM import_problem WHERE import_batch = {}", batch)


def counts_of(plan: Plan) -> tuple[int, int, int, int, int, int]:
    """New children, matched rows, codes for new children, codes for matched ones, rows left out, bad lines."""
    of = {kind: [one for one in plan.judged if one.kind == kind] for kind in (NEW, MATCHED, LEFT_OUT)}
    return (
        len({one.about for one in of[NEW]}),
        len(of[MATCHED]),
        _sent(of[NEW]),
        _sent(of[MATCHED]),
        len(of[LEFT_OUT]),
        len({problem.line for problem in plan.problems}),
    )


def _sent(judged: Sequence[Judged]) -> int:
    return sum(one.row.send for one in judged)


async def _check(table: Table, choices: Choices) -> tuple[list[Row], list[Problem]]:
    problems = [Problem(table.line, shortened(heading), reason) for heading, reason in table.problems]
    rows: list[Row] = []
    for begin in range(0, len(table.rows), AT_ONCE):
        chunk = table.rows[begin : begin + AT_ONCE]
        for row, found in await asyncio.to_thread(_check_rows, chunk, choices):
            problems += found
            if row:
                rows.append(row)
    return rows, problems


def _check_rows(rows: Sequence[RawRow], choices: Choices) -> list[tuple[Row | None, list[Problem]]]:
    return [check_row(row, choices) for row in rows]


def _team_of(rows: Sequence[RawRow], choices: Choices) -> int | None:
    """A file with another team's children, or what may be one, is for managers' eyes only."""
    named = {name.casefold() for row in rows if (name := row.cells.get("team", ""))}
    only_own = not choices.may_choose_team or all(choices.teams.get(name) == choices.own_team for name in named)
    return choices.own_team if only_own else None
