"""Giving cases to a caseworker."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.errors import RuleBroken

MOST = 200
"""At most so many at once by ticking; whole caseloads are moved elsewhere."""

_COLLEAGUES = """
SELECT a.public_id, a.forename || ' ' || a.surname AS name, t.name AS team FROM account a JOIN team t ON t.id = a.team
WHERE a.role <> 'family' AND a.disabled_at IS NULL AND ({} OR a.team = {})
ORDER BY (a.team = {}) IS NOT TRUE, t.name, a.forename, a.surname, a.id
"""

_COLLEAGUE = "SELECT id FROM account WHERE public_id = {} AND role <> 'family' AND disabled_at IS NULL"


async def colleagues(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Who may get a case from the actor, as choices: the own team; for managers everybody, the own team first."""
    rows = await fetch(_COLLEAGUES, actor.is_manager, actor.team, actor.team)
    with_team = "{name}, {team}" if actor.is_manager else "{name}"
    return tuple((row["public_id"], with_team.format(**row)) for row in rows)


async def assign(actor: Actor, children: Sequence[str], colleague: str, *, now: datetime) -> int:
    """Give the children with these public ids to a colleague, all or none. Gives how many changed hands.

    Families are told by email that they have another caseworker. Raises RuleBroken on `child` or
    `caseworker`, NotFound when the actor may not see one of the children.
    """
    if not children:
        raise RuleBroken("child", "Tick at least one child")
    if len(children) > MOST:
        raise RuleBroken("child", f"Tick {MOST} children or fewer")
    if colleague not in dict(await colleagues(actor)):
        raise RuleBroken("caseworker", "Choose a colleague")
    async with DB.transaction():
        row = await fetch_one(_COLLEAGUE, colleague)
        assert row is not None, "colleagues() gave it"
        records = [await child_of(actor, public_id, now=now) for public_id in sorted(set(children))]
        changed = [record for record in records if record.caseworker != row["id"]]
        for record in changed:
            await _give(actor, record, row["id"], now)
    return len(changed)


async def _give(actor: Actor, child: ChildRecord, caseworker: int, now: datetime) -> None:
    await fetch("UPDATE child SET caseworker = {} WHERE id = {}", caseworker, child.id)
    detail = {"from": child.caseworker, "to": caseworker}
    subject = child.public_id
    await audit.record("staff:child:assigned", now=now, actor=actor, child=child.id, subject=subject, detail=detail)
    await tell_family("caseworker_changed", child, now=now)
