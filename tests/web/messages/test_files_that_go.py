"""A file that is taken off a message is gone for good, and nobody can fill a record for the others."""

from datetime import timedelta
from typing import Any

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.files import commands, rules
from portal.files.store import DiskStore
from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in
from tests.web.messages.test_drafts_and_files import TYPED, as_amal, picture
from web.settings import Settings

pytestmark = pytest.mark.anyio

Upload = dict[str, tuple[str, bytes, str]]
PHOTO: Upload = {"attachments": ("photo.png", picture(), "image/png")}


def on_disk(settings: Settings) -> int:
    return sum(1 for path in settings.files.rglob("*") if path.is_file())


async def kept_files() -> list[dict[str, Any]]:
    return await fetch("SELECT id, name FROM stored_file ORDER BY id")


async def draft_with_photo(client: Client, base: str) -> None:
    page = await client.press(await client.get(f"{base}/new"), "Save draft", message="Look", files=PHOTO)
    assert "kept as a draft" in page.text


async def test_a_file_that_is_taken_off_is_removed_at_once(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    await draft_with_photo(client, base)
    assert on_disk(settings) == 1
    await client.press(await client.get(f"{base}/new"), "Remove photo.png")
    assert (await kept_files(), on_disk(settings)) == ([], 0)
    assert await fetch("SELECT 1 FROM audit_entry WHERE event = 'files:file:removed'")


async def test_the_files_of_a_draft_go_with_it(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    await draft_with_photo(client, base)
    await client.press(await client.get(f"{base}/new"), "Delete draft")
    assert (await kept_files(), on_disk(settings)) == ([], 0)


async def test_a_file_that_was_sent_cannot_be_taken_off(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    await draft_with_photo(client, base)
    old = await client.get(f"{base}/new")
    await client.press(old, "Send", **TYPED)
    await client.press(old, "Remove photo.png")
    assert on_disk(settings) == 1


async def test_what_belongs_to_nothing_is_swept_after_a_day(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    await draft_with_photo(client, base)
    await client.press(await client.get(f"{base}/new"), "Send", files=PHOTO, **TYPED)
    await draft_with_photo(client, base)
    sent, sent_too, draft = await kept_files()
    store, tomorrow = DiskStore(settings.files), clock.now + timedelta(days=1, seconds=1)
    await commands.sweep(store, now=tomorrow)
    assert await kept_files() == [sent, sent_too, draft]
    await fetch("DELETE FROM attachment WHERE file = {}", sent["id"])
    await commands.sweep(store, now=clock.now + timedelta(hours=23))
    assert len(await kept_files()) == 3
    await commands.sweep(store, now=tomorrow)
    assert await kept_files() == [sent_too, draft]
    assert on_disk(settings) == 2


async def test_one_account_adds_so_many_files_in_an_hour(client: Client, clock: Clock) -> None:
    cast, base = await as_amal(client, clock)
    for _ in range(rules.UPLOADS.tries // 5):
        five = [("attachments", ("plan.doc", b"old word", "application/msword"))] * 5
        await client.press(await client.get(f"{base}/new"), "Save draft", message="Look", files=five)
    page = await client.press(await client.get(f"{base}/new"), "Save draft", message="Look here", files=PHOTO)
    assert page.problems == [f"photo.png: {rules.TOO_MANY}"]
    assert page.field("message") == "Look here"
    clock.pass_time(hours=1)
    await sign_in(client, cast.amal, clock.now)
    await draft_with_photo(client, base)


async def test_one_parent_cannot_fill_the_record_for_the_other_or_the_team(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, base = await as_amal(client, clock)
    await draft_with_photo(client, base)
    await fetch("UPDATE stored_file SET size = {}", rules.ADULT_QUOTA)
    page = await client.press(await client.get(f"{base}/new"), "Send", files=PHOTO, **TYPED)
    assert page.problems == [f"photo.png: {rules.NO_ROOM}"]
    async with Client(app) as other:
        await sign_in(other, cast.ben, clock.now)
        page = await other.press(await other.get(f"{base}/new"), "Send", files=PHOTO, **TYPED)
        assert "has been sent" in page.text
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        page = await staff.get(f"/staff{base}/new")
        page = await staff.press(page, "Send", recipient=cast.ben.public_id, files=PHOTO, **TYPED)
        assert "has been sent" in page.text


async def test_a_file_taken_off_a_form_is_swept(client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    child, amal, now = cast.priya.id, cast.amal.account, clock.now
    await fetch(
        "INSERT INTO action (public_id, child, account, form_key, form_version, state, answers, reference, assigned_by,"
        " assigned_at) VALUES ('act', {}, {}, 'consent', 1, 'in_progress', {}::jsonb, '', {}, {})",
        child, amal, '{"file": ["named"]}', cast.dee.account, now,
    )  # fmt: skip
    for name in ("named", "taken off"):
        await fetch(
            "INSERT INTO stored_file (public_id, child, uploaded_by, name, media_type, size, sha256, stored_as,"
            " scan_state, scan_detail, created_at) VALUES ({}, {}, {}, {}, '', 1, '', {}, 'clean', '', {})",
            name, child, amal, name, "0" * 64, now,
        )  # fmt: skip
    await fetch("INSERT INTO action_file (action, file) SELECT a.id, f.id FROM action a, stored_file f")
    await commands.sweep(DiskStore(settings.files), now=clock.now + timedelta(days=2))
    assert [one["name"] for one in await kept_files()] == ["named"]
