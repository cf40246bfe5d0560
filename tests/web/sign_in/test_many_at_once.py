"""Many tries at the same moment never pass a limit, and one code or password has one winner."""

import asyncio

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.mail import code_in, last_email
from tests.people import PASSWORD, gather
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def test_fifty_wrong_passwords_at_once_are_five_tries(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    page = await client.get("/")
    token = page.form("Submit").xpath(".//input[@name='csrf_token']")[0].get("value")
    wrong = {"email": "amal@example.com", "password": "Wrong horse battery 9", "csrf_token": token}
    statuses = [p.status for p in await asyncio.gather(*(client.post("/sign-in", wrong) for _ in range(50)))]
    assert statuses.count(422) == 5
    assert statuses.count(429) == 45
    right = await client.post("/sign-in", wrong | {"password": PASSWORD})
    assert right.status == 429


async def test_fifty_wrong_codes_at_once_are_five_tries(
    client: Client, settings: Settings, clock: Clock, db: object
) -> None:
    await gather(clock.now)
    page = await client.press(await client.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
    code = code_in(await last_email(settings, clock))
    wrong = "999999" if code != "999999" else "111111"
    pages = await asyncio.gather(*(client.press(page, "Finish", code=wrong) for _ in range(50)))
    compared = [p for p in pages if p.status == 422 and "could not match" in p.text]
    assert len(compared) <= 5
    assert (await client.press(page, "Finish", code=code)).status in {422, 429}


async def test_eight_uses_of_one_right_code_sign_in_once(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await client.press(await client.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
    code = code_in(await last_email(settings, clock))
    cookie = client.http.cookies["portal"]
    token = page.form("Finish").xpath(".//input[@name='csrf_token']")[0].get("value")

    async def use() -> int:
        async with Client(app) as one:
            one.http.follow_redirects = False
            one.http.cookies.set("portal", cookie)
            return (await one.post("/sign-in/code", {"code": code, "csrf_token": token})).status

    statuses = await asyncio.gather(*(use() for _ in range(8)))
    signed_in = [status for status in statuses if status == 303]
    assert len(signed_in) >= 1
    from db.engine import fetch

    assert len(await fetch("SELECT id FROM session WHERE stage = 'full'")) == 1
