"""Only what was shown counts as read, and a long conversation shows its newest messages first."""

from datetime import timedelta

import pytest

from db.engine import fetch
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.messages import commands
from portal.messages.queries import MOST, ConversationView, conversation_of
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def first(cast: Cast, clock: Clock) -> str:
    """Dee's first message to Amal."""
    record = await record_of(cast.dee, cast, clock)
    to = cast.amal.public_id
    return await commands.start(
        cast.dee, record, message_type="Annual Review", subject="The bus", body="one", to=to, now=clock.now
    )


async def record_of(actor: Actor, cast: Cast, clock: Clock) -> ChildRecord:
    return await child_of(actor, cast.priya.public_id, now=clock.now)


async def opened(actor: Actor, cast: Cast, message: str, clock: Clock, **part: object) -> ConversationView:
    record = await record_of(actor, cast, clock)
    return await conversation_of(actor, record, message, now=clock.now, **part)  # type: ignore[arg-type]


async def answers(cast: Cast, message: str, clock: Clock, *bodies: str) -> None:
    conversation = await opened(cast.dee, cast, message, clock)
    for second, body in enumerate(bodies, 1):
        await commands.reply(cast.dee, conversation, body=body, now=clock.now + timedelta(seconds=second))


async def read() -> list[str]:
    return [row["body"] for row in await fetch("SELECT body FROM message WHERE read_at IS NOT NULL ORDER BY id")]


async def test_a_message_that_came_after_the_page_was_made_is_not_read(cast: Cast, first: str, clock: Clock) -> None:
    shown = await opened(cast.amal, cast, first, clock)
    await answers(cast, first, clock, "two")
    await commands.note_opened(cast.amal, shown, now=clock.now + timedelta(seconds=2))
    assert await read() == ["one"]
    assert len(await fetch("SELECT 1 FROM audit_entry WHERE event = 'family:message:opened'")) == 1


async def test_of_a_long_conversation_the_newest_are_shown_and_the_others_stay_unread(
    cast: Cast, first: str, clock: Clock
) -> None:
    await answers(cast, first, clock, "two", "three", "four", "five")
    newest = await opened(cast.amal, cast, first, clock, most=2)
    assert [one.body for one in newest.letters] == ["four", "five"]
    await commands.note_opened(cast.amal, newest, now=clock.now)
    assert await read() == ["four", "five"]
    earlier = await opened(cast.amal, cast, first, clock, before=newest.earlier, most=2)
    assert [one.body for one in earlier.letters] == ["two", "three"]
    last = await opened(cast.amal, cast, first, clock, before=earlier.earlier, most=2)
    assert [one.body for one in last.letters] == ["one"]
    assert not last.earlier


async def test_the_page_leads_to_the_earlier_messages_and_back(
    client: Client, cast: Cast, first: str, clock: Clock
) -> None:
    await fetch(
        "INSERT INTO message (public_id, conversation, sender, from_staff, body, sent_at)"
        " SELECT 'm' || n, v.id, {}, true, 'Number ' || n || '.', {}::timestamptz + n * interval '1 second'"
        " FROM conversation v, generate_series(1, {}::int) n",
        cast.dee.account, clock.now, MOST,
    )  # fmt: skip
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/messages/{first}")
    assert f"These are the newest {MOST} messages." in page.main
    assert f"Number {MOST}." in page.main
    earlier = await client.get(page.link("Earlier messages"))
    assert "Number 1." not in earlier.main
    assert "one" in earlier.main
    assert f"Number {MOST}." in (await client.get(earlier.link("The newest messages"))).main


async def test_a_key_that_is_none_of_the_conversation_shows_nothing(cast: Cast, first: str, clock: Clock) -> None:
    assert (await opened(cast.amal, cast, first, clock, before="x" * 16)).letters == ()
