"""Giving cases to a caseworker, or taking them from one. A child belongs to the team of its caseworker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.notify import tell_family
from portal.colleagues.queries import AWAY_UNTIL, Choices, teams_to_choose, with_absence
from portal.errors import RuleBroken
from portal.messages.assigning import let_go
from portal.notices import Recipient

MOST = 200
"""At most so many at once; whole caseloads are moved elsewhere."""

NOBODY = "nobody"
"""In place of a colleague: the cases have no caseworker then."""

ONLY_TEAM = "team:"
"""Before a team's id, in place of a colleague: the cases are that team's, and have no caseworker yet."""

_COLLEAGUES = f"""
SELECT a.public_id, a.forename || ' ' || a.surname AS name, t.name AS team, {AWAY_UNTIL} AS away
FROM account a JOIN team t ON t.id = a.team
WHERE a.role <> 'family' AND a.disabled_at IS NULL AND ({{}} OR a.team = {{}})
ORDER BY (a.team = {{}}) IS NOT TRUE, t.name, a.forename, a.surname, a.id
"""

_COLLEAGUE = """
SELECT id, email, team FROM account
WHERE public_id = {} AND role <> 'family' AND disabled_at IS NULL AND ({} OR team = {})
"""


@dataclass(frozen=True)
class Taker:
    """Who gets cases: an account and its team. Without an account they have no caseworker; without a team they stay."""

    account: int | None
    email: str
    team: int | None


async def colleagues(actor: Actor, *, today: date) -> Choices:
    """Who may get a case from the actor, as choices: the own team; for managers everybody, the own team first.

    Who is away `today`, a day in London, is marked as such.
    """
    rows = await fetch(_COLLEAGUES, today, actor.is_manager, actor.team, actor.team)
    with_team = "{name}, {team}" if actor.is_manager else "{name}"
    return tuple((row["public_id"], with_absence(with_team.format(**row), row["away"])) for row in rows)


async def takers(actor: Actor, *, today: date) -> Choices:
    """Who may take a child over, for managers: everybody of every team, and each team without naming somebody."""
    nobody = tuple((f"{ONLY_TEAM}{team}", f"Nobody yet, {name}") for team, name in await teams_to_choose())
    return (*await colleagues(actor, today=today), *nobody)


async def assign(actor: Actor, children: Sequence[str], colleague: str, *, now: datetime) -> int:
    """Give the children with these public ids to a colleague or to `NOBODY`, all or none. Gives how many changed hands.

    With a colleague of another team, or `ONLY_TEAM` and a team's id, a manager moves the children to that team: who
    is of the old one sees them no more, and families read the new one's phone number. Families are told by email
    that something changed, and the colleague that they have more cases. Raises RuleBroken on `child` or
    `caseworker`, NotFound when the actor may not see one of the children.
    """
    if not children:
        raise RuleBroken("child", "Tick at least one child")
    if len(children) > MOST:
        raise RuleBroken("child", f"Tick {MOST} children or fewer")
    to = await _colleague(actor, colleague)
    async with DB.transaction():
        records = [await child_of(actor, public_id, now=now) for public_id in sorted(set(children))]
        changed = [one for one in records if (one.caseworker, one.team) != (to.account, to.team or one.team)]
        for record in changed:
            await _give(record, to)
        for record in changed:
            await _tell(actor, record, to, now)
        if to.account and changed:
            await tell_caseworker(actor, Recipient(to.email, to.account), len(changed), now=now)
    return len(changed)


async def tell_caseworker(actor: Actor, to: Recipient, cases: int, *, now: datetime) -> None:
    """Owe a colleague an email that so many cases are theirs now, unless they took them themself."""
    if to.account != actor.account:
        await notices.queue("cases_given", to, {"cases": cases}, now=now)


async def _colleague(actor: Actor, colleague: str) -> Taker:
    """Who gets the cases. Raises RuleBroken."""
    if colleague == NOBODY:
        return Taker(None, "", None)
    if actor.is_manager and colleague.startswith(ONLY_TEAM):
        chosen = colleague.removeprefix(ONLY_TEAM)
        if chosen in dict(await teams_to_choose()):
            return Taker(None, "", int(chosen))
    row = await fetch_one(_COLLEAGUE, colleague, actor.is_manager, actor.team)
    if row is None:
        raise RuleBroken("caseworker", "Choose a colleague")
    return Taker(row["id"], row["email"], row["team"])


async def _give(child: ChildRecord, to: Taker) -> None:
    team = to.team or child.team
    await fetch("UPDATE child SET caseworker = {}, team = {} WHERE id = {}", to.account, team, child.id)
    if child.caseworker is not None:
        await let_go(child.caseworker, [child.id])


async def _tell(actor: Actor, child: ChildRecord, to: Taker, now: datetime) -> None:
    """After all are given: whoever holds the end of the audit trail must wait for no child that another holds."""
    detail = {"from": child.caseworker, "to": to.account, **team_changed(child.team, to.team or child.team)}
    subject = child.public_id
    await audit.record("staff:child:assigned", now=now, actor=actor, child=child.id, subject=subject, detail=detail)
    await tell_family("caseworker_changed" if to.account else "caseworker_gone", child, now=now)


def team_changed(was: int, becomes: int) -> dict[str, int]:
    """For the audit trail: which team a child left and which it came to; nothing when it stayed."""
    return {} if was == becomes else {"team_was": was, "team_is": becomes}
