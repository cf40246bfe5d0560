"""Pressing twice does the thing once."""

import asyncio

import asyncpg
import pytest

from portal.once import only_once
from tests.conftest import Clock

pytestmark = pytest.mark.anyio


async def test_eight_presses_at_once_do_it_once_and_get_the_same_answer(db: asyncpg.Connection, clock: Clock) -> None:
    done: list[int] = []

    async def send() -> str:
        done.append(1)
        await asyncio.sleep(0.05)
        return "the message"

    answers = await asyncio.gather(*(only_once("key", send, now=clock.now) for _ in range(8)))
    assert (len(done), set(answers)) == (1, {"the message"})


async def test_what_failed_can_be_tried_again(db: asyncpg.Connection, clock: Clock) -> None:
    async def fails() -> str:
        raise ZeroDivisionError

    async def works() -> str:
        return "sent"

    with pytest.raises(ZeroDivisionError):
        await only_once("key", fails, now=clock.now)
    assert await only_once("key", works, now=clock.now) == "sent"


async def test_another_key_does_it_again(db: asyncpg.Connection, clock: Clock) -> None:
    done: list[int] = []

    async def send() -> str:
        done.append(1)
        return ""

    await only_once("one", send, now=clock.now)
    await only_once("two", send, now=clock.now)
    assert len(done) == 2
