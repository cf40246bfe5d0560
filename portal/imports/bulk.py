"""Some hundred children at a time: records, cases, invitations and their emails, a few statements in all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal import ids, notices
from portal.audit import Happened
from portal.cases.rules import DECISIONS, STAGES, CaseFacts, Decision, next_deadline
from portal.dates import london_day
from portal.errors import Busy
from portal.imports.history import DECIDED
from portal.imports.matching import Judged
from portal.imports.rules import Row
from portal.invitations.rules import CODE_LIFETIME, State

_REFERENCES_TRIED = 20

_CHILDREN = """
INSERT INTO child
    (public_id, case_reference, forename, surname, date_of_birth, team, caseworker, created_at, created_by,
    import_batch)
SELECT w.*, {}, {}, {} FROM unnest(
    {}::text[], {}::text[], {}::text[], {}::text[], {}::date[], {}::bigint[], {}::bigint[]) w
ON CONFLICT (case_reference) DO NOTHING RETURNING id, public_id
"""

_CASES = """
INSERT INTO ehc_case (child, received_on, source, stage, branch, next_deadline, opened_at, updated_at, came_in_at)
SELECT w.child, w.received_on, w.source, w.stage, '', w.deadline, {}, {}, w.came_in_at FROM unnest(
    {}::bigint[], {}::date[], {}::text[], {}::text[], {}::date[], {}::text[])
    w (child, received_on, source, stage, deadline, came_in_at)
RETURNING id, child
"""

_DECISIONS = """
INSERT INTO case_decision (ehc_case, public_id, kind, happened_on, note, recorded_by, recorded_at)
SELECT w.ehc_case, w.public_id, w.kind, w.happened_on, '', {}, {}
FROM unnest({}::bigint[], {}::text[], {}::text[], {}::date[]) WITH ORDINALITY
    w (ehc_case, public_id, kind, happened_on, place) ORDER BY w.place
"""

_INVITATIONS = """
INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_version, code_expires_at,
    code_tries, identity_method, link_version, link_hash, created_at, created_by, import_batch)
SELECT w.public_id, w.child, w.email, w.email_key, w.adult_name, w.basis, w.state, 1, w.expires,
    0, '', 0, '', {}, {}, {}
FROM unnest({}::text[], {}::bigint[], {}::text[], {}::text[], {}::text[], {}::text[], {}::text[], {}::timestamptz[])
    w (public_id, child, email, email_key, adult_name, basis, state, expires)
ON CONFLICT (child, email_key) WHERE state <> 'withdrawn' DO NOTHING
RETURNING public_id, child, email, code_version, state
"""


@dataclass(frozen=True)
class Group:
    """Children, each with all the rows about it."""

    children: Sequence[Sequence[Judged]]

    @property
    def size(self) -> int:
        """How many rows."""
        return sum(map(len, self.children))


@dataclass(frozen=True)
class Made:
    """By whom (the account’s id), from which import (public id and id), and when; `today` is the day in London."""

    by: int | None
    batch: str
    batch_id: int
    now: datetime

    @property
    def today(self) -> date:
        return london_day(self.now)


async def insert_group(group: Group, made: Made) -> list[Happened]:
    """Insert new children with their cases, and everybody's invitations. Gives what the audit trail says."""
    new = [rows for rows in group.children if rows[0].child is None]
    children = await _insert_children([rows[0].row for rows in new], made)
    await _insert_cases([(child["id"], rows[0].row) for child, rows in zip(children, new, strict=True)], made)
    known = [(one.child.id, one.row) for rows in group.children for one in rows if one.child]
    adults = [(child["id"], one.row) for child, rows in zip(children, new, strict=True) for one in rows]
    invitations = await _invite([(child, row) for child, row in (*adults, *known) if row.email], made)
    about = {"import": made.batch}
    added = [Happened("staff:child:added", child["id"], child["public_id"], about) for child in children]
    return added + [_invited(one, made) for one in invitations]


async def _insert_children(rows: Sequence[Row], made: Made) -> list[dict[str, Any]]:
    """In the order of `rows`. A case reference that is taken is drawn again."""
    waiting = {ids.public_id(): row for row in rows}
    order, done = list(waiting), dict[str, dict[str, Any]]()
    for _ in range(_REFERENCES_TRIED):
        if not waiting:
            return [done[public_id] for public_id in order]
        found = await fetch(
            _CHILDREN,
            made.now,
            made.by,
            made.batch_id,
            list(waiting),
            [ids.case_reference() for _ in waiting],
            *_columns(waiting.values(), "forename", "surname", "date_of_birth", "team", "caseworker"),
        )
        done |= {child["public_id"]: child for child in found}
        waiting = {public_id: row for public_id, row in waiting.items() if public_id not in done}
    raise Busy


async def _insert_cases(cases: Sequence[tuple[int, Row]], made: Made) -> None:
    """Each with what was decided before it came here. No family is told: they have been, in their time."""
    if not cases:
        return
    rows, before = dict(cases), {child: decided_before(row, made.today) for child, row in cases}
    opened = await fetch(
        _CASES,
        made.now,
        made.now,
        list(rows),
        *_columns(rows.values(), "received_on", "source", "stage"),
        [_deadline(row, before[child]) for child, row in rows.items()],
        ["" if row.stage == STAGES[0] else row.stage for row in rows.values()],
    )
    decisions = [(case["id"], one) for case in opened for one in before[case["child"]]]
    await fetch(
        _DECISIONS,
        made.by,
        made.now,
        [case for case, _ in decisions],
        [ids.public_id() for _ in decisions],
        [one.kind for _, one in decisions],
        [one.on for _, one in decisions],
    )


def decided_before(row: Row, today: date) -> tuple[Decision, ...]:
    """What the file says was decided, earliest first, and the move to the row's stage where that did not lead there."""
    dated = [Decision(kind, on) for name, kind in DECIDED.items() if (on := getattr(row, name))]
    stage = max((DECISIONS[one.kind].stage for one in dated), key=STAGES.index, default=STAGES[0])
    moved = () if stage == row.stage else (Decision(f"moved_to_{row.stage}", today),)
    return (*dated, *moved)


def _deadline(row: Row, decisions: tuple[Decision, ...]) -> date | None:
    assert row.received_on is not None, "the rules ask for it when the child is new"
    return next_deadline(CaseFacts(row.received_on, row.stage, decisions=decisions, born=row.date_of_birth))


async def _invite(adults: Sequence[tuple[int, Row]], made: Made) -> list[dict[str, Any]]:
    """An adult who is not to be written to yet is kept: a code can be sent later."""
    invitations = await fetch(
        _INVITATIONS,
        made.now,
        made.by,
        made.batch_id,
        [ids.public_id() for _ in adults],
        [child for child, _ in adults],
        *_columns([row for _, row in adults], "email", "email_key", "adult_name", "basis"),
        [(State.CODE_SENT if row.send else State.KEPT).value for _, row in adults],
        [made.now + CODE_LIFETIME if row.send else made.now for _, row in adults],
    )
    owed = [
        (one["email"], {"invitation": one["public_id"], "version": one["code_version"]})
        for one in invitations
        if one["state"] == State.CODE_SENT
    ]
    await notices.queue_many("unique_code", owed, now=made.now)
    return invitations


def _invited(invitation: dict[str, Any], made: Made) -> Happened:
    return Happened(
        f"staff:invitation:{invitation['state']}", invitation["child"], invitation["public_id"], {"import": made.batch}
    )


def _columns(rows: Iterable[Row], *names: str) -> list[list[Any]]:
    rows = list(rows)
    return [[getattr(row, name) for row in rows] for name in names]
