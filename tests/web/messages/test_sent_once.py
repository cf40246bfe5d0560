"""A message goes once with its files, however often Send is pressed; and what is too long to send is kept whole."""

import asyncio

import pytest

from db.engine import fetch
from portal.messages import rules
from tests.client import Client
from tests.conftest import Clock
from tests.web.messages.test_drafts_and_files import TYPED, as_amal
from tests.web.messages.test_files_that_go import PHOTO
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def count(table: str) -> int:
    (row,) = await fetch(f"SELECT count(*) AS n FROM {table}")
    return int(row["n"])


async def test_send_pressed_twice_leaves_no_second_copy_as_a_draft(
    client: Client, settings: Settings, clock: Clock
) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    await client.press(page, "Send", files=PHOTO, **TYPED)
    again = await client.press(page, "Send", files=PHOTO, **TYPED)
    assert "has been sent" in again.text
    assert [await count(table) for table in ("message", "attachment", "stored_file", "message_draft")] == [1, 1, 1, 0]


async def test_send_pressed_three_times_at_once_sends_one(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    answers = await asyncio.gather(*(client.press(page, "Send", files=PHOTO, **TYPED) for _ in range(3)))
    assert {answer.status for answer in answers} == {200}
    assert [await count(table) for table in ("message", "attachment", "stored_file", "message_draft")] == [1, 1, 1, 0]


async def test_save_draft_pressed_twice_keeps_the_file_once(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    await client.press(page, "Save draft", message="Look", files=PHOTO)
    await client.press(page, "Save draft", message="Look here", files=PHOTO)
    assert await count("attachment") == 1
    assert (await client.get(f"{base}/new")).field("message") == "Look here"


async def test_what_could_not_be_sent_is_kept_with_its_file_and_can_be_sent(
    client: Client, settings: Settings, clock: Clock
) -> None:
    _, base = await as_amal(client, clock)
    await client.press(await client.get(f"{base}/new"), "Send", **TYPED)
    page = await client.get(f"{base}/new")
    await fetch("UPDATE throttle SET used = {} WHERE key LIKE 'sent_messages:%'", rules.SENT_MESSAGES.tries)
    for _ in range(2):
        await client.press(page, "Send", files=PHOTO, **TYPED)
    await fetch("DELETE FROM throttle")
    assert (await client.get(f"{base}/new")).field("message") == TYPED["message"]
    assert [await count(table) for table in ("message", "attachment", "stored_file", "message_draft")] == [1, 1, 1, 1]
    assert "has been sent" in (await client.press(page, "Send", files=PHOTO, **TYPED)).text
    assert [await count(table) for table in ("message", "attachment", "stored_file", "message_draft")] == [2, 1, 1, 0]


async def test_a_draft_keeps_more_than_can_be_sent(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    long = "x" * (rules.MAX_BODY + 2_000) + "END"
    await client.press(await client.get(f"{base}/new"), "Save draft", subject="s" * 200, message=long)
    page = await client.get(f"{base}/new")
    assert (page.field("message"), page.field("subject")) == (long, "s" * 200)
    page = await client.press(page, "Send", message_type="Annual Review", subject="Long")
    assert page.problems == ["Your message must be 10,000 characters or fewer"]
    assert (await client.get(f"{base}/new")).field("message") == long


async def test_what_is_kept_while_it_is_typed_is_whole_too(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    token = page.form("Send").xpath(".//input[@name='csrf_token']")[0].get("value")
    long = "y" * (rules.MAX_BODY + 1)
    await client.post(page.url, {"csrf_token": token, "press": "autosave", "message": long})
    assert (await client.get(f"{base}/new")).field("message") == long
