"""The worker takes an import in: all of it in one transaction, or nothing."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from db.engine import DATABASE_IS_AWAY, DB, fetch, fetch_one
from portal import audit
from portal.imports.bulk import Group, Made, insert_group
from portal.imports.commands import AT_ONCE, STALE, counts_of, forget_rows, keep_plan
from portal.imports.known import known_to
from portal.imports.matching import LEFT_OUT, MATCHED, Judged, Plan, judge
from portal.imports.queries import rows_of

log = structlog.get_logger()

MAX_TRIES = 3
EVERY_SECOND = 1.0
_ONE_AT_A_TIME = 7_110_011
"""The advisory lock of all imports, so that two cannot bring the same child."""

CHANGED = "The records have changed since this file was checked. Look at it again, then press once more."
FAILED = "Something went wrong on our side, and nothing was taken in. You can press again."

_CLAIM = """
UPDATE import_batch b SET state = 'running', tries = tries + 1, touched_at = {}, done_rows = 0
WHERE id = {} AND tries < {} AND (state = 'queued' OR (state = 'running' AND touched_at < {}))
    AND NOT EXISTS (SELECT FROM import_batch o WHERE o.id <> b.id AND o.state = 'running' AND o.touched_at >= {})
RETURNING id, public_id, tries, started_by, join_matched,
    (SELECT role <> 'caseworker' FROM account WHERE id = uploaded_by) AS of_manager
"""

_FAIL = """
UPDATE import_batch SET state = 'failed', note = {}, touched_at = {}
WHERE id = {} AND state = 'running' AND (tries = {} OR (tries >= {} AND touched_at < {}))
"""

_FINISH = """
UPDATE import_batch SET state = 'done', done_rows = row_count, finished_at = {}, touched_at = {}
WHERE id = {} AND state = 'running' AND tries = {} RETURNING id
"""

_TELL = """
UPDATE import_batch SET done_rows = {}, touched_at = {} WHERE id = {} AND state = 'running' AND tries = {}
"""

_SHOW_AGAIN = """
UPDATE import_batch SET state = 'checked', note = {}, touched_at = {}, new_children = {}, matched_rows = {},
    new_invitations = {}, joining_invitations = {}, left_out = {}, bad_rows = {},
    team = CASE WHEN {} THEN NULL ELSE team END
WHERE id = {}
"""


class Overtaken(Exception):
    """Another worker has taken the import over; what this one did is rolled back."""


LEFT_TO_OTHERS: tuple[type[Exception], ...] = (Overtaken, *DATABASE_IS_AWAY)
"""After these, whoever has it or finds it goes on."""


@dataclass
class Progress:
    """How many rows have been done."""

    rows: int = 0


async def take_in(batch: int, *, clock: Callable[[], datetime]) -> None:
    """Take in the import with this id if it is waiting, or if the worker that was at it has died."""
    now = clock()
    claimed = await fetch_one(_CLAIM, now, batch, MAX_TRIES, now - STALE, now - STALE)
    if claimed is None:
        await fetch(_FAIL, FAILED, now, batch, -1, MAX_TRIES, now - STALE)
        return
    progress = Progress()
    telling = asyncio.create_task(_tell(batch, claimed["tries"], progress, clock))
    try:
        await _take_in(claimed, progress, clock)
    except LEFT_TO_OTHERS as error:
        log.warning("import_left", batch=batch, error=type(error).__name__)
    except Exception as error:
        log.warning("import_failed", batch=batch, error=type(error).__name__)
        await fetch(_FAIL, FAILED, clock(), batch, claimed["tries"], MAX_TRIES, now - STALE)
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError, TimeoutError, *DATABASE_IS_AWAY):
            await telling


async def _take_in(batch: dict[str, Any], progress: Progress, clock: Callable[[], datetime]) -> None:
    async with DB.transaction():
        await fetch("SELECT pg_advisory_xact_lock({})", _ONE_AT_A_TIME)
        kept = await rows_of(batch["id"])
        plan = await _judged_again(kept, everywhere=batch["of_manager"])
        if plan.problems or list(plan.judged) != kept:
            await _show_again(batch["id"], plan, clock())
            return
        happened = await _insert(batch, plan.judged, progress, clock())
        await _finish(batch, happened, clock())


async def _insert(
    batch: dict[str, Any], judged: Sequence[Judged], progress: Progress, now: datetime
) -> list[audit.Happened]:
    """Everything but the audit trail, whose end nobody else can write to while it is held."""
    left_out = {LEFT_OUT} if batch["join_matched"] else {LEFT_OUT, MATCHED}
    wanted = [one for one in judged if one.kind not in left_out]
    progress.rows = len(judged) - len(wanted)
    happened: list[audit.Happened] = []
    made = Made(batch["started_by"], batch["public_id"], batch["id"], now)
    for group in _groups(wanted):
        happened += await insert_group(group, made)
        progress.rows += group.size
    return happened


async def _finish(batch: dict[str, Any], happened: list[audit.Happened], now: datetime) -> None:
    detail = {"entries": len(happened)}
    happened.append(audit.Happened("staff:import:taken_in", subject=batch["public_id"], detail=detail))
    await forget_rows(batch["id"])
    await audit.record_many(happened, now=now, actor=batch["started_by"])
    if await fetch_one(_FINISH, now, now, batch["id"], batch["tries"]) is None:
        raise Overtaken


async def _judged_again(kept: Sequence[Judged], *, everywhere: bool) -> Plan:
    rows = [one.row for one in kept]
    return await asyncio.to_thread(judge, rows, await known_to(rows, everywhere=everywhere))


async def _show_again(batch: int, plan: Plan, now: datetime) -> None:
    await forget_rows(batch)
    await keep_plan(batch, plan)
    await fetch(_SHOW_AGAIN, CHANGED, now, *counts_of(plan), plan.tells_of_other_teams, batch)


async def _tell(batch: int, tries: int, progress: Progress, clock: Callable[[], datetime]) -> None:
    """Write how far it is, outside the transaction; it is the sign of life as well."""
    while True:
        await asyncio.sleep(EVERY_SECOND)
        await fetch(_TELL, progress.rows, clock(), batch, tries)


def _groups(judged: Sequence[Judged]) -> Iterator[Group]:
    """The children with all their rows, so many at a time."""
    by_child: dict[object, list[Judged]] = {}
    for one in judged:
        by_child.setdefault(one.about, []).append(one)
    children = list(by_child.values())
    for begin in range(0, len(children), AT_ONCE):
        yield Group(children[begin : begin + AT_ONCE])
