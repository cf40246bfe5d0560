"""Asks every query in the name of one person, and says what they read that is not theirs."""

from portal.access.queries import child_of
from portal.actor import Actor
from portal.errors import NotFound, PortalError
from tests.portal.access.asking import (
    BY_ID,
    FOR_TEAM,
    LISTS,
    NAMED_BEFORE,
    OF_A_CHILD,
    ONES_OWN,
    TEAM_LISTS,
    Ask,
    Asker,
)
from tests.portal.access.world import World


async def has_door(world: World, actor: Actor, child: str) -> bool:
    """Whether the record opens."""
    try:
        await child_of(actor, world.children[child].public_id, now=world.now)
    except NotFound:
        return False
    return True


async def read(ask: Ask, asker: Asker) -> str:
    """Everything that a query gives, as text; nothing when it refuses."""
    try:
        return repr(await ask(asker))
    except PortalError:
        return ""


async def of_child(world: World, person: str, actor: Actor, child: str) -> None:
    """With the record open: one's own things are there, and nobody else's."""
    record = await child_of(actor, world.children[child].public_id, now=world.now)
    own = world.has[person, child]
    asker = Asker(actor, record, own, world.now)
    for name, ask in ONES_OWN.items():
        text = await read(ask, asker)
        assert own.mark in text, f"{person} does not read what is theirs: {name}"
        _nothing_of_others(world, text, person, {child}, name)
    for name, ask in OF_A_CHILD.items():
        _nothing_of_others(world, await read(ask, asker), person, {child}, name)


async def of_somebody_else(world: World, person: str, actor: Actor, child: str, other: tuple[str, str]) -> None:
    """With the record open and the ids of what another person has, in this record or in another one."""
    if other != (person, child):
        record = await child_of(actor, world.children[child].public_id, now=world.now)
        for name in BY_ID:
            text = await read(ONES_OWN[name], Asker(actor, record, world.has[other], world.now))
            assert text == "", f"{name} gives {person} something of {other}"


async def lists(world: World, person: str, actor: Actor, allowed: set[str]) -> None:
    """What one person's own pages show without a record being open."""
    anything = next(iter(world.children))
    asker = Asker(actor, world.children[anything], world.has[person, anything], world.now)
    for name, ask in LISTS.items():
        text = await read(ask, asker)
        _nothing_of_others(world, text, person, allowed, name)
        _no_other_child(world, text, allowed, name)
    for name, ask in NAMED_BEFORE.items():
        _nothing_of_others(world, await read(ask, asker), person, allowed, name)


async def for_team(world: World, actor: Actor, person: str, child: str) -> None:
    """What the team sees of a child and of one adult is there."""
    record = await child_of(actor, world.children[child].public_id, now=world.now)
    asker = Asker(actor, record, world.has[person, child], world.now)
    for name in ("messages.queries.conversation_of", "actions.queries.action_of", "files.queries.sent_file"):
        assert world.has[person, child].mark in await read(ONES_OWN[name], asker), name
    assert record.public_id in await read(FOR_TEAM["children.queries.child_page"], asker)


async def team_lists(world: World, actor: Actor, person: str, allowed: set[str]) -> None:
    """What one colleague's lists show, and what they give for the relationships of other teams' children."""
    school = next(iter(world.schools.values()))[1]
    for child, record in world.children.items():
        asker = Asker(
            actor, record, world.has[person, child], world.now, school, await world.relationship(person, child)
        )
        if child not in allowed:
            assert await read(FOR_TEAM["relationships.waiting.access_request"], asker) == ""
    for name, ask in TEAM_LISTS.items():
        _no_other_child(world, await read(ask, asker), allowed, name)


def _nothing_of_others(world: World, text: str, person: str, children: set[str], query: str) -> None:
    own = {world.has[person, child].mark for child in children}
    read_too = {has.mark for has in world.has.values() if has.mark in text} - own
    assert not read_too, f"{query} gives {person} what is {read_too}"


def _no_other_child(world: World, text: str, allowed: set[str], query: str) -> None:
    shown = {name for name, record in world.children.items() if record.public_id in text or record.name in text}
    assert shown <= allowed, f"{query} shows {shown - allowed}"
