"""Keeping answer templates, and beginning an answer with one."""

from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.answers import rules
from portal.cases import rules as cases
from portal.cases.queries import case_of
from portal.dates import day_in_words
from portal.errors import NotFound, RuleBroken
from portal.ids import public_id

_SAVE = """
INSERT INTO answer_template (public_id, name, body, active, changed_at, changed_by) VALUES ({}, {}, {}, true, {}, {})
ON CONFLICT DO NOTHING RETURNING public_id
"""

_CHANGE = """
UPDATE answer_template SET name = {}, body = {}, active = {}, changed_at = {}, changed_by = {} WHERE public_id = {}
    AND NOT EXISTS (SELECT FROM answer_template o WHERE lower(o.name) = lower({}) AND o.public_id <> {})
RETURNING public_id
"""


@dataclass(frozen=True)
class Template:
    """One of them; `active` ones are offered where an answer is written."""

    public_id: str
    name: str
    body: str
    active: bool


async def templates(*, only_active: bool = False) -> tuple[Template, ...]:
    """All of them by name; at most 500."""
    rows = await fetch(
        "SELECT public_id, name, body, active FROM answer_template WHERE active OR NOT {}"
        " ORDER BY lower(name) LIMIT 500",
        only_active,
    )
    return tuple(Template(**row) for row in rows)


async def template(public_id: str) -> Template:
    """One of them. Raises NotFound."""
    row = await fetch_one("SELECT public_id, name, body, active FROM answer_template WHERE public_id = {}", public_id)
    if row is None:
        raise NotFound
    return Template(**row)


async def add(actor: Actor, name: str, body: str, *, now: datetime) -> str:
    """Add a template. Gives its public id. Raises RuleBroken on `name` or `body`."""
    name, body = rules.check(name, body)
    async with DB.transaction():
        row = await fetch_one(_SAVE, public_id(), name, body, now, actor.account)
        if row is None:
            raise RuleBroken("name", "There is a template with this name already")
        await audit.record("staff:template:added", now=now, actor=actor, subject=row["public_id"])
    return str(row["public_id"])


async def change(actor: Actor, kept: Template, name: str, body: str, *, active: bool, now: datetime) -> str:
    """Change a template, or switch it on or off. Gives its public id. Raises what `add` raises."""
    name, body = rules.check(name, body)
    async with DB.transaction():
        values = (name, body, active, now, actor.account, kept.public_id, name, kept.public_id)
        if await fetch_one(_CHANGE, *values) is None:
            raise RuleBroken("name", "There is a template with this name already")
        detail = {"active": active}
        await audit.record("staff:template:changed", now=now, actor=actor, subject=kept.public_id, detail=detail)
    return kept.public_id


async def add_first_templates(*, now: datetime) -> None:
    """Give an empty list the first ones."""
    async with DB.transaction():
        if not await fetch("SELECT id FROM answer_template LIMIT 1"):
            for name, body in rules.FIRST.items():
                await fetch(_SAVE, public_id(), name, body, now, None)


async def filled(actor: Actor, child: ChildRecord, adult: str, public_id: str, *, today: date) -> str:
    """A template's text about a child whom the actor may see, for `adult`. Raises NotFound."""
    kept = await template(public_id)
    case = await case_of(actor, child, today=today)
    due = cases.next_deadline(case.facts)
    values = {
        "child": child.forename,
        "adult": adult,
        "caseworker": actor.name,
        "team phone": case.caseworker.phone,
        "case reference": child.case_reference,
        "next date": day_in_words(due) if due else "",
    }
    return rules.fill(kept.body, values)
