"""Looking at Actions to Complete."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases.served import stands
from portal.drafts import rules as drafts
from portal.drafts.running import RUNS
from portal.errors import NotFound
from portal.forms.library import load_forms
from portal.words import counted

NEAREST = 3
"""How many forms the dashboard names."""


@dataclass(frozen=True)
class FormToFill:
    """One form that waits for a person; `due_on` is None when it has no last day."""

    public_id: str
    title: str
    due_on: date | None


@dataclass(frozen=True)
class ActionsPanel:
    """What the dashboard says about the forms that one person is asked to fill, and about an open draft plan.

    `nearest`: the first of the `waiting` forms, by the day they are due. `draft_last_day` is the last
    day to comment on the draft; `draft_plan` the same as words, which depend on the day.
    """

    child: str
    waiting: int
    nearest: tuple[FormToFill, ...]
    draft_last_day: date | None = None
    draft_plan: str = ""

    @property
    def fact(self) -> str:
        """The number that matters, in words."""
        if not self.waiting:
            return "No forms to fill in now" if self.draft_last_day else "Nothing to do now"
        return counted(self.waiting, "action to complete", "actions to complete")


_WAITING = f"""
SELECT coalesce(json_agg(json_build_array(public_id, form_key, form_version, due_on)
        ORDER BY due_on NULLS LAST, id), '[]') AS forms,
    (SELECT array_prepend(r.served_on, array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id))
     FROM draft_plan p JOIN document d ON d.id = p.document
     JOIN draft_plan_recipient r ON r.draft_plan = p.id AND r.account = {{}} AND {stands()}
     JOIN ehc_case k ON k.id = p.ehc_case AND {RUNS}
     WHERE p.child = {{}} ORDER BY r.id DESC LIMIT 1) AS draft_days
FROM action WHERE child = {{}} AND account = {{}} AND state IN ('to_do', 'in_progress')
"""


async def panel(actor: Actor, child: ChildRecord, *, now: datetime) -> ActionsPanel:
    """Which forms this account has still to send in for `child`, the nearest due first. One query."""
    row = await fetch_one(_WAITING, actor.account, child.id, child.id, actor.account)
    assert row is not None, "an aggregate always gives a row"
    served, *untils = row["draft_days"] or [None]
    until = drafts.last_day(served, untils) if served else None
    forms = json.loads(row["forms"])
    return ActionsPanel(child.public_id, len(forms), tuple(_to_fill(*form) for form in forms[:NEAREST]), until)


def _to_fill(public_id: str, key: str, version: int, due_on: str | None) -> FormToFill:
    title = load_forms().form(key, version).title
    return FormToFill(public_id, title, date.fromisoformat(due_on) if due_on else None)


@dataclass(frozen=True)
class ActionRecord:
    """One form that one person was asked to fill, with the answers so far."""

    id: int
    public_id: str
    account: int
    form_key: str
    form_version: int
    due_on: date | None
    state: str
    answers: Mapping[str, Any]
    assigned_at: datetime
    saved_at: datetime | None
    submitted_at: datetime | None
    reference: str
    read_at: datetime | None
    adult: str
    assigned_by: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be filled."""
        return self.state in OPEN


OPEN = ("to_do", "in_progress")

_RECORD = """
SELECT x.id, x.public_id, x.account, x.form_key, x.form_version, x.due_on, x.state, x.answers, x.assigned_at,
    x.saved_at, x.submitted_at, x.reference, x.read_at, a.forename || ' ' || a.surname AS adult,
    s.forename || ' ' || s.surname AS assigned_by
FROM action x JOIN account a ON a.id = x.account JOIN account s ON s.id = x.assigned_by
"""


async def actions_of(actor: Actor, child: ChildRecord, *, limit: int = 200) -> tuple[ActionRecord, ...]:
    """Every form about `child`: for families their own, for staff everybody's; open ones first.

    A child has a handful in a year, at most `limit` are given.
    """
    own = "" if actor.is_staff else "AND x.account = {} AND x.state <> 'withdrawn'"
    rows = await fetch(
        f"{_RECORD} WHERE x.child = {{}} {own}"
        " ORDER BY x.state IN ('to_do', 'in_progress') DESC, x.due_on NULLS LAST, x.id DESC LIMIT {}",
        *((child.id,) if actor.is_staff else (child.id, actor.account)),
        limit,
    )
    return tuple(_record(row) for row in rows)


async def action_of(actor: Actor, child: ChildRecord, public_id: str, *, now: datetime) -> ActionRecord:
    """One form, if it is the actor's own or the actor is staff. Raises NotFound; the refusal is audited."""
    row = await fetch_one(f"{_RECORD} WHERE x.child = {{}} AND x.public_id = {{}}", child.id, public_id)
    if row is None or not (actor.is_staff or (row["account"] == actor.account and row["state"] != "withdrawn")):
        await audit.record("access:form:refused", now=now, actor=actor, child=child.id, subject=public_id[:40])
        raise NotFound
    return _record(row)


def _record(row: dict[str, Any]) -> ActionRecord:
    return ActionRecord(**{**row, "answers": json.loads(row["answers"])})
