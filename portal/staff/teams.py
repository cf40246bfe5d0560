"""The teams, with the phone and email that families are told to use."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.accounts.rules import check_email
from portal.actor import Actor
from portal.errors import NotFound, RuleBroken

_TEAMS = """
SELECT t.id, t.name, t.phone, t.email,
    (SELECT count(*) FROM account WHERE team = t.id AND role <> 'family' AND disabled_at IS NULL) AS people,
    (SELECT count(*) FROM child WHERE team = t.id) AS children
FROM team t
"""


@dataclass(frozen=True)
class TeamLine:
    """One team, and how many people and children it has. `id` names it in addresses: teams are no secret."""

    id: int
    name: str
    phone: str
    email: str
    people: int
    children: int


async def teams() -> tuple[TeamLine, ...]:
    """All of them by name."""
    return tuple(TeamLine(**row) for row in await fetch(f"{_TEAMS} ORDER BY lower(t.name)"))


async def team(team_id: int) -> TeamLine:
    """One of them. Raises NotFound."""
    row = await fetch_one(f"{_TEAMS} WHERE t.id = {{}}", team_id)
    if row is None:
        raise NotFound
    return TeamLine(**row)


async def save_team(actor: Actor, kept: TeamLine | None, name: str, phone: str, email: str, *, now: datetime) -> str:
    """Add a team, or change `kept`. Gives its name. Raises RuleBroken on `name` or `email`."""
    try:
        email = check_email(email)
    except ValueError as error:
        raise RuleBroken("email", str(error)) from error
    async with DB.transaction():
        if await fetch("SELECT 1 FROM team WHERE lower(name) = lower({}) AND id <> {}", name, kept.id if kept else 0):
            raise RuleBroken("name", "There is a team with this name already")
        if kept:
            await fetch("UPDATE team SET name = {}, phone = {}, email = {} WHERE id = {}", name, phone, email, kept.id)
        else:
            await fetch("INSERT INTO team (name, phone, email) VALUES ({}, {}, {})", name, phone, email)
        await audit.record(f"staff:team:{'changed' if kept else 'added'}", now=now, actor=actor, detail={"name": name})
    return name
