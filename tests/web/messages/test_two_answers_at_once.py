"""A parent who sends a file and a caseworker who answers at the same moment do not wait for each other for ever."""

import asyncio
from contextvars import copy_context

import pytest

from db.engine import DB, fetch
from portal.access.queries import child_of
from portal.actor import Actor
from portal.files.check import check_upload
from portal.files.store import DiskStore
from portal.messages import commands, drafts
from portal.messages.drafts import Place
from portal.messages.queries import ConversationView, conversation_of
from tests.conftest import Clock
from tests.people import Cast
from tests.web.messages.test_drafts_and_files import picture
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def opened(actor: Actor, cast: Cast, message: str, clock: Clock) -> ConversationView:
    record = await child_of(actor, cast.priya.public_id, now=clock.now)
    return await conversation_of(actor, record, message, now=clock.now)


async def somebody_waits() -> None:
    """Come back when another connection waits for a lock of this one."""
    waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(1_000):
        if await fetch(waits):
            return
        await asyncio.sleep(0.01)


async def test_both_answers_go(cast: Cast, settings: Settings, clock: Clock) -> None:
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    to, store = cast.amal.public_id, DiskStore(settings.files)
    first = await commands.start(
        cast.dee, record, message_type="Annual Review", subject="The bus", body="one", to=to, now=clock.now
    )
    parents, teams = await opened(cast.amal, cast, first, clock), await opened(cast.dee, cast, first, clock)
    outside = copy_context()
    async with DB.transaction():
        files = [check_upload("photo.png", picture())]
        await drafts.attach(cast.amal, Place(parents.child, parents.id), files, store, now=clock.now)
        team = asyncio.create_task(commands.reply(cast.dee, teams, body="two", now=clock.now), context=outside)
        await somebody_waits()
        await commands.reply(cast.amal, parents, body="three", now=clock.now)
    await team
    assert len(await fetch("SELECT id FROM message")) == 3
