"""The teams, with the phone and email that families are told to use."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.actor import Actor
from portal.errors import NotFound, RuleBroken
from portal.personal.rules import check_email

_TEAMS = """
SELECT t.id, t.name, t.phone, t.email, t.takes_new_requests,
    (SELECT count(*) FROM account WHERE team = t.id AND role <> 'family' AND disabled_at IS NULL) AS people,
    (SELECT count(*) FROM child WHERE team = t.id) AS children
FROM team t
"""

_CHANGE = "UPDATE team SET name = {}, phone = {}, email = {}, takes_new_requests = {} WHERE id = {}"

_ADD = "INSERT INTO team (name, phone, email, takes_new_requests) VALUES ({}, {}, {}, {})"


@dataclass(frozen=True)
class TeamLine:
    """One team, and how many people and children it has. `id` names it in addresses: teams are no secret.

    `takes_new_requests`: a child for whom somebody asks for an assessment may come to it.
    """

    id: int
    name: str
    phone: str
    email: str
    takes_new_requests: bool
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


@dataclass(frozen=True)
class TeamDetails:
    """What a manager says about a team."""

    name: str
    phone: str
    email: str
    takes_new_requests: bool = True


async def save_team(actor: Actor, kept: TeamLine | None, said: TeamDetails, *, now: datetime) -> str:
    """Add a team, or change `kept`. Gives its name.

    Raises RuleBroken on `name`, `email`, or `takes_new_requests` when no team would get new children.
    """
    try:
        email = check_email(said.email)
    except ValueError as error:
        raise RuleBroken("email", str(error)) from error
    async with DB.transaction():
        if await fetch(
            "SELECT 1 FROM team WHERE lower(name) = lower({}) AND id <> {}", said.name, kept.id if kept else 0
        ):
            raise RuleBroken("name", "There is a team with this name already")
        details = (said.name, said.phone, email, said.takes_new_requests)
        await fetch(_CHANGE, *details, kept.id) if kept else await fetch(_ADD, *details)
        if not await fetch("SELECT 1 FROM team WHERE takes_new_requests LIMIT 1"):
            raise RuleBroken("takes_new_requests", "At least one team must take new requests")
        detail = {"name": said.name, "takes_new_requests": said.takes_new_requests}
        await audit.record(f"staff:team:{'changed' if kept else 'added'}", now=now, actor=actor, detail=detail)
    return said.name
