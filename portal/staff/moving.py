"""Moving a whole caseload: from one caseworker, or from nobody, to one or several others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle

from db.engine import DB, fetch
from portal import audit
from portal.access.queries import child_of
from portal.actor import Actor
from portal.audit import Happened
from portal.cases.notify import tell_family
from portal.errors import RuleBroken
from portal.ids import digest_of
from portal.messages.assigning import let_go
from portal.notices import Recipient
from portal.staff.assigning import team_changed, tell_caseworker

NOBODY = "nobody"
MOST = 2_000
"""Children that are moved at once."""

_CASES = """
SELECT c.id, c.public_id, c.caseworker, c.team, k.due, count(*) OVER () AS total FROM child c
LEFT JOIN LATERAL (
    SELECT next_deadline AS due FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
WHERE (c.caseworker = {} OR ({} AND c.caseworker IS NULL AND c.team = {}))
ORDER BY k.due NULLS LAST, c.id LIMIT {}
"""

_ALONG = "SELECT id, public_id, team FROM child WHERE caseworker = {} ORDER BY id FOR NO KEY UPDATE"

_GIVERS = """
SELECT a.public_id, a.id, a.forename || ' ' || a.surname AS name, a.email, t.name AS team,
    t.id AS team_id, a.disabled_at IS NULL AS works
FROM account a JOIN team t ON t.id = a.team WHERE a.role <> 'family'
    AND (a.disabled_at IS NULL OR EXISTS (SELECT FROM child WHERE caseworker = a.id))
ORDER BY t.name, a.forename, a.surname, a.id
"""


@dataclass(frozen=True)
class Worker:
    """Somebody who has cases, or may get them. `works` is False for who can sign in no more."""

    public_id: str
    id: int
    name: str
    email: str
    team: str
    team_id: int
    works: bool


@dataclass(frozen=True)
class Case:
    """One child of the caseload that is to be moved, which has `total` children in all."""

    id: int
    public_id: str
    caseworker: int | None
    team: int
    due: date | None
    total: int


@dataclass(frozen=True)
class Move:
    """What is about to happen: how many children, how many of them late, and who gets how many.

    `to_other_teams` of them change team, since a child belongs to the team of its caseworker. `left` stay behind,
    because at most `MOST` are moved at once. `seen` says which children these are.
    """

    giver: str
    children: int
    late: int
    to_other_teams: int
    shares: tuple[tuple[str, int], ...]
    left: int
    seen: str


async def workers() -> tuple[Worker, ...]:
    """Everybody of the SEND team, by team and name."""
    return tuple(Worker(**row) for row in await fetch(_GIVERS))


async def plan(actor: Actor, giver: str, takers: Sequence[str], *, today: date, most: int = MOST) -> Move:
    """Look before moving. `giver` is an account's public id, or `NOBODY` for the actor's own team's children
    without a caseworker; `takers` are public ids; at most `most` children. Raises RuleBroken on `giver` or `takers`.
    """
    known = {one.public_id: one for one in await workers()}
    found = await _cases(actor, giver, known, most)
    shares = _shares(found, _takers(giver, takers, known))
    late = sum(1 for cases in shares.values() for case in cases if case.due and case.due < today)
    if not found:
        raise RuleBroken("giver", "There are no children to move")
    name = known[giver].name if giver in known else "Nobody"
    others = sum(1 for taker, cases in shares.items() for case in cases if case.team != known[taker].team_id)
    who = tuple((known[taker].name, len(cases)) for taker, cases in shares.items())
    return Move(name, len(found), late, others, who, found[0].total - len(found), _seen(found))


async def move(actor: Actor, giver: str, takers: Sequence[str], *, seen: str, now: datetime) -> int:
    """Move them, the most urgent spread evenly; all or none. Families are told. Gives how many children.

    Each child goes to the team of its new caseworker. `seen` is that of the plan that was looked at.

    Raises RuleBroken as `plan` does, and on `giver` when the children are not those of that plan.
    """
    async with DB.transaction():
        known = {one.public_id: one for one in await workers()}
        found = await _cases(actor, giver, known)
        shares = _shares(found, _takers(giver, takers, known))
        if _seen(found) != seen:
            raise RuleBroken("giver", "This caseload has changed since you looked. Look at it again, then move it")
        happened = []
        for taker, cases in shares.items():
            to, team, ids = known[taker].id, known[taker].team_id, [case.id for case in cases]
            await fetch("UPDATE child SET caseworker = {}, team = {} WHERE id = ANY({}::bigint[])", to, team, ids)
            if cases:
                await tell_caseworker(actor, Recipient(known[taker].email, to), len(cases), now=now)
            for case in cases:
                detail = {"from": case.caseworker, "to": to, **team_changed(case.team, team)}
                happened.append(Happened("staff:child:assigned", case.id, case.public_id, detail))
                await tell_family("caseworker_changed", await child_of(actor, case.public_id, now=now), now=now)
        if giver in known:
            await let_go(known[giver].id, [one.child for one in happened if one.child is not None])
        await audit.record_many(happened, now=now, actor=actor.account)
    return len(happened)


async def seen_of(caseworker: int) -> str:
    """Which children somebody has now, for `take_along`."""
    return digest_of(
        row["public_id"] for row in await fetch("SELECT public_id FROM child WHERE caseworker = {}", caseworker)
    )


async def take_along(actor: Actor, caseworker: int, team: int, *, seen: str, now: datetime) -> None:
    """Bring the children of a caseworker who changes team to the new one; part of the caller's transaction.

    No email: the caseworker stays. Raises RuleBroken on `cases` unless `seen` says which children these are.
    """
    children = await fetch(_ALONG, caseworker)
    if not children:
        return
    if digest_of(one["public_id"] for one in children) != seen:
        raise RuleBroken(
            "cases", "Their cases are not the same as when you looked. Look at the number, then choose again"
        )
    await fetch("UPDATE child SET team = {} WHERE caseworker = {}", team, caseworker)
    happened = [
        Happened("staff:child:assigned", one["id"], one["public_id"],
                 {"from": caseworker, "to": caseworker, **team_changed(one["team"], team)})
        for one in children
    ]  # fmt: skip
    await audit.record_many(happened, now=now, actor=actor.account)


def _seen(cases: Sequence[Case]) -> str:
    return digest_of(case.public_id for case in cases)


async def _cases(actor: Actor, giver: str, known: Mapping[str, Worker], most: int = MOST) -> list[Case]:
    if giver not in known and giver != NOBODY:
        raise RuleBroken("giver", "Choose whose caseload is moved")
    of = known[giver].id if giver in known else None
    return [Case(**row) for row in await fetch(_CASES, of, giver == NOBODY, actor.team, most)]


def _takers(giver: str, takers: Sequence[str], known: Mapping[str, Worker]) -> list[str]:
    chosen = [one for one in dict.fromkeys(takers) if one in known and known[one].works and one != giver]
    if not chosen or len(chosen) != len(set(takers)):
        raise RuleBroken("takers", "Choose at least one colleague, and not the one whose caseload is moved")
    return chosen


def _shares(cases: Sequence[Case], takers: Sequence[str]) -> dict[str, list[Case]]:
    """Each taker's children: dealt out one by one in the order of urgency, so that nobody gets all that is late."""
    shares: dict[str, list[Case]] = {taker: [] for taker in takers}
    for case, taker in zip(cases, cycle(takers), strict=False):
        shares[taker].append(case)
    return shares
