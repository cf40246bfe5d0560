"""Somebody who knows only an email address keeps nobody out, and whoever is kept out has a way in."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.sign_in import rules
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, Cast, authenticator_code
from web.settings import Settings

pytestmark = pytest.mark.anyio
NEW = "Nine quiet herons 9"
WRONG = "000000"


async def ask_for_a_new_password(client: Client, email: str) -> Page:
    return await client.press(await client.get("/forgotten-password"), "Next", email=email)


async def choose(client: Client, page: Page, code: str) -> Page:
    return await client.press(page, "Change password", code=code, password=NEW, confirm_password=NEW)


async def type_password(client: Client, password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/"), "Submit", email="amal@example.com", password=password)


@pytest.mark.parametrize("email", ["amal@example.com", "dee@example.com"])
async def test_wrong_codes_for_a_new_password_stop_no_sign_in(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast, email: str
) -> None:
    async with Client(app) as stranger:
        page = await ask_for_a_new_password(stranger, email)
        for _ in range(25):
            page = await choose(stranger, page, WRONG)
            assert page.status == 422
    start = "/" if email == "amal@example.com" else "/staff/sign-in"
    page = await client.press(await client.get(start), "Submit", email=email, password=PASSWORD)
    code = code_in(await last_email(settings, clock)) if start == "/" else authenticator_code(clock.now)
    page = await client.press(page, "Finish", code=code)
    assert page.url == ("/children" if start == "/" else "/staff")


async def test_only_tries_that_a_code_still_allows_are_counted(client: Client, clock: Clock, cast: Cast) -> None:
    page = await ask_for_a_new_password(client, "amal@example.com")
    for _ in range(25):
        await choose(client, page, WRONG)
    rows = await fetch("SELECT used FROM throttle WHERE key LIKE 'wrong_codes:%'")
    assert [row["used"] for row in rows] == [5]


async def test_codes_asked_for_by_strangers_leave_those_of_signing_in(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    for _ in range(5):
        async with Client(app) as stranger:
            await ask_for_a_new_password(stranger, "amal@example.com")
    await deliver_all(settings, clock)
    page = await type_password(client)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.url == "/children"


async def test_a_new_password_by_email_opens_the_way_at_once(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    for _ in range(6):
        page = await type_password(client, "Wrong horse battery 9")
    assert page.status == 429
    await deliver_all(settings, clock)
    page = await ask_for_a_new_password(client, "amal@example.com")
    await choose(client, page, code_in(await last_email(settings, clock)))
    page = await type_password(client, NEW)
    assert page.heading == "Secure login - step 2"


STRANGERS = "198.51.100.7"


async def test_a_stranger_of_one_network_uses_up_nothing_that_opens_the_way_in(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    async with Client(app, address=STRANGERS) as stranger:
        for _ in range(20):
            page = await type_password(stranger, "Wrong horse battery 9")
            clock.pass_time(minutes=15, seconds=1)
    for _ in range(6):
        async with Client(app, address=STRANGERS) as stranger:
            page = await ask_for_a_new_password(stranger, "amal@example.com")
            for _ in range(5 if page.status == 200 else 0):
                await choose(stranger, page, WRONG)
    assert (await type_password(client)).status == 429
    await deliver_all(settings, clock)
    page = await ask_for_a_new_password(client, "amal@example.com")
    await choose(client, page, code_in(await last_email(settings, clock)))
    assert (await type_password(client, NEW)).heading == "Secure login - step 2"


async def test_very_many_networks_together_are_stopped(app: ASGIApp, clock: Clock, cast: Cast) -> None:
    for number in range(20):
        async with Client(app, address=f"198.51.100.{number}") as stranger:
            assert (await ask_for_a_new_password(stranger, "amal@example.com")).status == 200
    async with Client(app, address="198.51.100.99") as stranger:
        page = await ask_for_a_new_password(stranger, "amal@example.com")
    assert page.problems == [rules.TOO_MANY_IN_ALL]
