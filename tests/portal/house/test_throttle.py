"""Limits hold when many tries come at once, open again by themselves, and never lock for ever."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from portal import throttle
from portal.errors import TooManyTries
from portal.limits import Limit
from tests.conftest import Clock

pytestmark = pytest.mark.anyio

LIMIT = Limit("test", tries=5, window=timedelta(minutes=5))
GROWING = Limit("growing", tries=10, window=timedelta(days=1), delays=(0, 0, 30, 60))


async def tries(limit: Limit, clock: Clock, times: int) -> int:
    """How many of `times` tries at once are let through."""

    async def one() -> bool:
        try:
            await throttle.spend(limit, "somebody", now=clock.now, message="Wait")
        except TooManyTries:
            return False
        return True

    return sum(await asyncio.gather(*(one() for _ in range(times))))


async def test_fifty_tries_at_once_get_five(db: asyncpg.Connection, clock: Clock) -> None:
    assert await tries(LIMIT, clock, 50) == 5


async def test_it_opens_again_when_the_window_ends(db: asyncpg.Connection, clock: Clock) -> None:
    await tries(LIMIT, clock, 6)
    clock.pass_time(minutes=5)
    assert await tries(LIMIT, clock, 50) == 5


async def test_it_says_how_long_to_wait(db: asyncpg.Connection, clock: Clock) -> None:
    await tries(LIMIT, clock, 5)
    clock.pass_time(minutes=2)
    with pytest.raises(TooManyTries) as refused:
        await throttle.spend(LIMIT, "somebody", now=clock.now, message="Wait")
    assert refused.value.wait_seconds == 181


async def test_the_wait_grows(db: asyncpg.Connection, clock: Clock) -> None:
    assert await tries(GROWING, clock, 50) == 3
    clock.pass_time(seconds=29)
    assert await tries(GROWING, clock, 1) == 0
    clock.pass_time(seconds=1)
    assert await tries(GROWING, clock, 50) == 1
    clock.pass_time(seconds=59)
    assert await tries(GROWING, clock, 1) == 0
    clock.pass_time(seconds=1)
    assert await tries(GROWING, clock, 1) == 1


async def test_one_person_does_not_use_up_the_tries_of_another(db: asyncpg.Connection, clock: Clock) -> None:
    await tries(LIMIT, clock, 6)
    await throttle.spend(LIMIT, "somebody else", now=clock.now, message="Wait")


async def test_a_right_try_clears_and_a_try_given_back_does_not_count(db: asyncpg.Connection, clock: Clock) -> None:
    await tries(LIMIT, clock, 6)
    await throttle.clear(LIMIT, "somebody")
    assert await tries(LIMIT, clock, 4) == 4
    await throttle.give_back(LIMIT, "somebody")
    assert await tries(LIMIT, clock, 50) == 2


async def test_the_table_names_nobody(db: asyncpg.Connection, clock: Clock) -> None:
    await throttle.spend(LIMIT, "amal@example.com", now=clock.now, message="Wait")
    assert "amal" not in await db.fetchval("SELECT key FROM throttle")
