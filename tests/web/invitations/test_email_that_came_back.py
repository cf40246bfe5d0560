"""The team notes that an invitation's email came back to the council; a task opens until another one goes out."""

import pytest

from db.engine import fetch
from portal.tasks.opening import open_and_close
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import gather, sign_in
from tests.web.invitations.steps import add_child
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def open_kinds(clock: Clock) -> list[str]:
    await open_and_close(now=clock.now)
    return [row["kind"] for row in await fetch("SELECT kind FROM task WHERE done_at IS NULL")]


async def test_it_is_noted_once_and_a_new_code_settles_it(client: Client, clock: Clock, settings: Settings) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await add_child(client)
    assert "This email came back" not in page.main, "it has not gone out yet"
    await deliver_all(settings, clock)
    page = await client.press(await client.get(page.url), "This email came back")
    assert "The email did not arrive" in page.main
    assert "This email came back" not in page.main
    assert await open_kinds(clock) == ["bounced"]
    clock.pass_time(minutes=5)
    page = await client.press(page, "Resend code")
    await deliver_all(settings, clock)
    assert "did not arrive" not in (await client.get(page.url)).main
    assert await open_kinds(clock) == []


async def test_nothing_came_back_that_did_not_go_out(client: Client, clock: Clock, settings: Settings) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await add_child(client)
    await deliver_all(settings, clock)
    page = await client.get(page.url)
    await fetch("UPDATE notice SET result = 'given_up'")
    assert "No email about this went out" in (await client.press(page, "This email came back")).main
