"""Somebody who sees a child through their work says yes to an invitation of their own: the yes is not lost."""

import asyncio

import asyncpg
import pytest

from db.engine import fetch_one
from portal.invitations.queries import YES_AND_AT_WORK, invitations_of
from portal.relationships.waiting import access_request, waiting_access
from tests.portal.access.looking import has_door
from tests.portal.access.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(db: asyncpg.Connection) -> World:
    """Ann is invited to Priya by name, works at Lakeside where Priya is, and then says yes."""
    made = World()
    await made.begin()
    await made.invite("ann", "priya", "professional")
    await made.verify("ann", "priya")
    await made.place("priya", "lakeside")
    await made.join("ann", "lakeside")
    await made.answer("accept", "ann", "ann", "priya")
    await made.pass_days(1)
    return made


async def state(world: World) -> str:
    row = await fetch_one("SELECT state FROM invitation WHERE public_id = {}", world.invitations["ann", "priya"])
    assert row
    return str(row["state"])


async def sees(world: World) -> bool:
    return await has_door(world, world.people["ann"], "priya")


async def test_nobody_waits_while_the_work_gives_access(world: World) -> None:
    assert not await world.waits("ann", "priya")
    assert await sees(world)
    (sent,) = await invitations_of(world.people["mo"], world.children["priya"], now=world.now)
    assert sent.state_in_words == YES_AND_AT_WORK


async def test_when_the_work_ends_the_yes_waits_for_the_team_and_says_where_it_comes_from(world: World) -> None:
    await world.leave("ann", "lakeside")
    assert not await sees(world)
    (waiting,) = (await waiting_access(world.people["mo"], now=world.now)).requests
    assert (waiting.email, waiting.worked_at, waiting.basis) == ("ann@example.com", "Lakeside", "professional")
    assert waiting.said_yes_at is not None
    assert waiting.waiting_days == 0
    await world.activate("ann", "priya")
    assert await sees(world)
    assert await state(world) == "active"


async def test_when_the_child_leaves_the_school_it_waits_too(world: World) -> None:
    await world.unplace("priya", "lakeside")
    assert await world.waits("ann", "priya")


async def test_it_does_not_wait_while_another_workplace_gives_access(world: World) -> None:
    await world.place("priya", "hillside")
    await world.join("ann", "hillside")
    await world.leave("ann", "lakeside")
    assert await sees(world)
    assert not await world.waits("ann", "priya")
    await world.leave("ann", "hillside")
    assert await world.waits("ann", "priya")


async def test_what_the_team_withdrew_by_hand_is_forgotten(world: World) -> None:
    await world.withdraw("ann", "priya")
    await world.leave("ann", "lakeside")
    assert not await world.waits("ann", "priya")
    assert await state(world) == "withdrawn"


async def test_what_was_refused_does_not_wait_again(world: World) -> None:
    await world.leave("ann", "lakeside")
    await world.refuse("ann", "priya")
    await world.join("ann", "lakeside")
    await world.leave("ann", "lakeside")
    assert not await world.waits("ann", "priya")


async def test_whoever_says_yes_at_the_moment_when_the_work_ends_waits(world: World) -> None:
    for person in ("bea", "sam"):
        await world.invite(person, "priya", "carer")
        await world.verify(person, "priya")
        await world.join(person, "lakeside")
        yes, end = world.answer("accept", person, person, "priya"), world.leave(person, "lakeside")
        await asyncio.gather(*((yes, end) if person == "bea" else (end, yes)))
        assert await world.waits(person, "priya")


async def test_an_ordinary_request_says_nothing_of_work(world: World) -> None:
    await world.invite("bea", "priya", "carer")
    await world.verify("bea", "priya")
    await world.answer("accept", "bea", "bea", "priya")
    found = await access_request(world.people["mo"], await world.relationship("bea", "priya"), now=world.now)
    assert found.worked_at == ""
