"""Panels refresh themselves: quietly, politely, and without keeping a session alive."""

import json
from datetime import date

import pytest

from portal.access.queries import child_of
from portal.cases import commands
from tests.client import Client, Page, words
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

NAMES = "timescale key-dates actions messages documents caseworker".split()


async def poll(client: Client, dashboard: Page, name: str) -> Page:
    """What htmx asks for after a minute, with what the page told it to send."""
    panel = dashboard.one(f"//*[@id='panel-{name}']")
    headers = {"HX-Request": "true", **json.loads(panel.get("hx-headers"))}
    return await client.get(panel.get("hx-get"), headers=headers)


async def at_dashboard(client: Client, cast: Cast, clock: Clock) -> Page:
    await sign_in(client, cast.amal, clock.now)
    return await client.get(f"/children/{cast.priya.public_id}")


async def add_meeting(cast: Cast, clock: Clock) -> None:
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    on, today = date(2026, 3, 12), clock.now.date()
    await commands.add_key_date(cast.dee, child, on, "Meeting at school", today=today, now=clock.now)


@pytest.mark.parametrize("name", NAMES)
async def test_an_unchanged_panel_answers_304_with_nothing(client: Client, clock: Clock, name: str) -> None:
    page = await at_dashboard(client, await gather(clock.now), clock)
    answer = await poll(client, page, name)
    assert (answer.status, answer.text) == (304, "")


@pytest.mark.parametrize("name", NAMES)
async def test_a_panel_has_one_root_and_its_news(client: Client, clock: Clock, name: str) -> None:
    cast = await gather(clock.now)
    await at_dashboard(client, cast, clock)
    part = await client.get(f"/children/{cast.priya.public_id}/panels/{name}", headers={"HX-Request": "true"})
    roots = part.all("./*")
    assert [root.get("id") or root.get("hx-swap-oob") for root in roots] == [f"panel-{name}", "innerHTML:#announcement"]
    title = words(part.one("//h2"))
    assert words(roots[1]).startswith(f"{title}: ")


async def test_a_change_is_said_once_in_the_status_line(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    page = await at_dashboard(client, cast, clock)
    assert not page.all("//*[@hx-swap-oob]"), "opening the page announces nothing"
    await add_meeting(cast, clock)
    changed = await poll(client, page, "key-dates")
    assert changed.status == 200
    assert "Meeting at school" in changed.text
    assert "Key Dates: The next date is in 3 days" in words(changed.one("//*[@hx-swap-oob]"))
    assert (await poll(client, page, "caseworker")).status == 304


async def test_polling_does_not_keep_the_session_alive(client: Client, clock: Clock) -> None:
    page = await at_dashboard(client, await gather(clock.now), clock)
    for _ in range(3):
        clock.pass_time(minutes=6)
        assert (await poll(client, page, "messages")).status == 304
    clock.pass_time(minutes=6)
    ended = await poll(client, page, "messages")
    assert ended.status == 401
    assert ended.response.headers["HX-Redirect"].startswith("/")


async def test_a_panel_that_does_not_exist_is_not_found(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await at_dashboard(client, cast, clock)
    assert (await client.get(f"/children/{cast.priya.public_id}/panels/layout")).status == 404
