"""The council's list of message types, as a manager keeps it. Old conversations keep the name they were begun with."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.actor import Actor
from portal.errors import NotFound, RuleBroken

MAX_NAME = 80

_HOLD = "SELECT pg_advisory_xact_lock(2, 0)"
"""One change of the list after the other: two at once cannot switch off the last two, or add one name twice."""


@dataclass(frozen=True)
class KeptType:
    """One type. `id` names it in addresses: the list is the council's, and nobody's secret."""

    id: int
    name: str
    active: bool


async def kept_types() -> tuple[KeptType, ...]:
    """All of them in the council's order, those switched off too."""
    rows = await fetch("SELECT id, name, active FROM message_type ORDER BY position, name")
    return tuple(KeptType(**row) for row in rows)


async def add_type(actor: Actor, name: str, *, now: datetime) -> str:
    """Add one at the end. Gives its name. Raises RuleBroken on `name`."""
    name = _checked(name)
    async with DB.transaction():
        await fetch(_HOLD)
        await _check_new(name)
        await fetch(
            "INSERT INTO message_type (name, position, active)"
            " VALUES ({}, (SELECT coalesce(max(position), 0) + 1 FROM message_type), true)",
            name,
        )
        await _record(actor, "added", name, now)
    return name


async def rename_type(actor: Actor, type_id: int, name: str, *, now: datetime) -> str:
    """Give one another name. Gives it. Raises RuleBroken on `name`, or NotFound."""
    name = _checked(name)
    async with DB.transaction():
        await fetch(_HOLD)
        await _check_new(name, but=type_id)
        if await fetch_one("UPDATE message_type SET name = {} WHERE id = {} RETURNING id", name, type_id) is None:
            raise NotFound
        await _record(actor, "renamed", name, now)
    return name


async def switch_type(actor: Actor, type_id: int, *, on: bool, now: datetime) -> str:
    """Offer one to families, or no longer. Gives its name. Raises RuleBroken for the last one, or NotFound."""
    async with DB.transaction():
        await fetch(_HOLD)
        types = {one.id: one for one in await kept_types()}
        if type_id not in types:
            raise NotFound
        if not on and [one.id for one in types.values() if one.active] == [type_id]:
            raise RuleBroken("name", "One message type must stay on, so that families can write")
        await fetch("UPDATE message_type SET active = {} WHERE id = {}", on, type_id)
        await _record(actor, "switched_on" if on else "switched_off", types[type_id].name, now)
    return types[type_id].name


async def move_type_up(actor: Actor, type_id: int, *, now: datetime) -> str:
    """Put one before the one above it. Gives its name. Raises NotFound."""
    async with DB.transaction():
        await fetch(_HOLD)
        order = list(await kept_types())
        place = next((number for number, one in enumerate(order) if one.id == type_id), None)
        if place is None:
            raise NotFound
        order.insert(max(place - 1, 0), order.pop(place))
        for number, one in enumerate(order):
            await fetch("UPDATE message_type SET position = {} WHERE id = {}", number, one.id)
        await _record(actor, "moved", order[max(place - 1, 0)].name, now)
    return order[max(place - 1, 0)].name


async def _check_new(name: str, but: int = 0) -> None:
    if await fetch("SELECT 1 FROM message_type WHERE lower(name) = lower({}) AND id <> {}", name, but):
        raise RuleBroken("name", "There is a message type with this name already")


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken("name", "Enter the name of the message type")
    if len(name) > MAX_NAME:
        raise RuleBroken("name", f"The name must be {MAX_NAME} characters or fewer")
    return name


async def _record(actor: Actor, what: str, name: str, now: datetime) -> None:
    await audit.record(f"staff:message_type:{what}", now=now, actor=actor, detail={"name": name})
