"""Giving cases to a caseworker, or taking them from one."""

from collections.abc import Sequence
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.errors import RuleBroken
from portal.messages.assigning import let_go
from portal.notices import Recipient
from portal.staff.choices import AWAY_UNTIL, Choices, with_absence

MOST = 200
"""At most so many at once; whole caseloads are moved elsewhere."""

NOBODY = "nobody"
"""In place of a colleague: the cases have no caseworker then."""

_COLLEAGUES = f"""
SELECT a.public_id, a.forename || ' ' || a.surname AS name, t.name AS team, {AWAY_UNTIL} AS away
FROM account a JOIN team t ON t.id = a.team
WHERE a.role <> 'family' AND a.disabled_at IS NULL AND ({{}} OR a.team = {{}})
ORDER BY (a.team = {{}}) IS NOT TRUE, t.name, a.forename, a.surname, a.id
"""

_COLLEAGUE = """
SELECT id, email FROM account WHERE public_id = {} AND role <> 'family' AND disabled_at IS NULL AND ({} OR team = {})
"""


async def colleagues(actor: Actor, *, today: date) -> Choices:
    """Who may get a case from the actor, as choices: the own team; for managers everybody, the own team first.

    Who is away `today`, a day in London, is marked as such.
    """
    rows = await fetch(_COLLEAGUES, today, actor.is_manager, actor.team, actor.team)
    with_team = "{name}, {team}" if actor.is_manager else "{name}"
    return tuple((row["public_id"], with_absence(with_team.format(**row), row["away"])) for row in rows)


async def assign(actor: Actor, children: Sequence[str], colleague: str, *, now: datetime) -> int:
    """Give the children with these public ids to a colleague or to `NOBODY`, all or none. Gives how many changed hands.

    Families are told by email that something changed, and the colleague that they have more cases. Raises
    RuleBroken on `child` or `caseworker`, NotFound when the actor may not see one of the children.
    """
    if not children:
        raise RuleBroken("child", "Tick at least one child")
    if len(children) > MOST:
        raise RuleBroken("child", f"Tick {MOST} children or fewer")
    to = await _colleague(actor, colleague)
    async with DB.transaction():
        records = [await child_of(actor, public_id, now=now) for public_id in sorted(set(children))]
        changed = [record for record in records if record.caseworker != (to.account if to else None)]
        for record in changed:
            await _give(actor, record, to, now)
        if to and changed:
            await tell_caseworker(actor, to, len(changed), now=now)
    return len(changed)


async def tell_caseworker(actor: Actor, to: Recipient, cases: int, *, now: datetime) -> None:
    """Owe a colleague an email that so many cases are theirs now, unless they took them themself."""
    if to.account != actor.account:
        await notices.queue("cases_given", to, {"cases": cases}, now=now)


async def _colleague(actor: Actor, colleague: str) -> Recipient | None:
    """Who gets the cases; None for nobody. Raises RuleBroken."""
    if colleague == NOBODY:
        return None
    row = await fetch_one(_COLLEAGUE, colleague, actor.is_manager, actor.team)
    if row is None:
        raise RuleBroken("caseworker", "Choose a colleague")
    return Recipient(row["email"], row["id"])


async def _give(actor: Actor, child: ChildRecord, to: Recipient | None, now: datetime) -> None:
    caseworker = to.account if to else None
    await fetch("UPDATE child SET caseworker = {} WHERE id = {}", caseworker, child.id)
    if child.caseworker is not None:
        await let_go(child.caseworker, [child.id])
    detail = {"from": child.caseworker, "to": caseworker}
    subject = child.public_id
    await audit.record("staff:child:assigned", now=now, actor=actor, child=child.id, subject=subject, detail=detail)
    await tell_family("caseworker_changed" if to else "caseworker_gone", child, now=now)
