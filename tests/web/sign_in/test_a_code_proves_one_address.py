"""A code proves the address that it was sent to, whatever was typed in the same browser before or after."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, Cast, person, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio
DETAILS = {"forename": "Eve", "surname": "Mall", "postcode": "wm11aa"}
CHOSEN = {"password": "Seven tired otters 7", "confirm_password": "Seven tired otters 7"}
DEAD = "That code no longer works. Ask for a new code"


async def register(client: Client, email: str) -> Page:
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    return await client.press(page, "Next", email=email, **CHOSEN)


async def registered() -> list[str]:
    rows = await fetch("SELECT email_key FROM account WHERE surname = 'Mall' ORDER BY id")
    return [row["email_key"] for row in rows]


async def use_up_codes(app: ASGIApp, clock: Clock, email: str) -> None:
    """Five codes to one address in the hour, from five browsers."""
    for _ in range(5):
        async with Client(app) as browser:
            await register(browser, email)


@pytest.mark.parametrize("seconds", [0, 29, 31])
async def test_a_code_of_ones_own_registers_nobody_elses_address(
    client: Client, settings: Settings, clock: Clock, cast: Cast, seconds: int
) -> None:
    await register(client, "eve@evil.example")
    own = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=seconds)
    await register(client, "senco@oak.example")
    await client.press(await client.get("/register/code"), "Next", code=own)
    assert "senco@oak.example" not in await registered()


async def test_nor_when_no_more_codes_are_sent_to_that_address_this_hour(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await use_up_codes(app, clock, "senco@oak.example")
    await deliver_all(settings, clock)
    await register(client, "eve@evil.example")
    own = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=31)
    await register(client, "senco@oak.example")
    page = await client.get("/register/code")
    assert "eve@evil.example" in page.main, "nothing is kept of an address whose code was not sent"
    await client.press(page, "Next", code=own)
    assert await registered() == ["eve@evil.example"]


async def test_an_address_in_capitals_is_the_same_address(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await register(client, "Eve@Evil.example")
    page = await client.press(
        await client.get("/register/code"), "Next", code=code_in(await last_email(settings, clock))
    )
    assert page.url == "/children"
    assert await registered() == ["eve@evil.example"]


async def with_password(client: Client, email: str) -> Page:
    return await client.press(await client.get("/"), "Submit", email=email, password=PASSWORD)


@pytest.mark.parametrize("seconds", [0, 29, 31])
async def test_the_second_step_of_ones_own_account_opens_no_other_whose_password_is_known(
    client: Client, settings: Settings, clock: Clock, cast: Cast, seconds: int
) -> None:
    await person("Eve Mall", clock.now)
    await with_password(client, "eve@example.com")
    own = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=seconds)
    page = await with_password(client, "amal@example.com")
    assert page.heading == "Secure login - step 2"
    page = await client.press(page, "Finish", code=own)
    assert page.status == 422
    assert (await client.get("/account")).heading != "Your account"


async def test_nor_when_no_more_codes_are_sent_to_it_this_hour(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await person("Eve Mall", clock.now)
    for _ in range(5):
        async with Client(app) as browser:
            await with_password(browser, "amal@example.com")
    await deliver_all(settings, clock)
    await with_password(client, "eve@example.com")
    own = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=31)
    page = await with_password(client, "amal@example.com")
    page = await client.press(page, "Finish", code=own)
    assert page.problems == [DEAD]


async def test_a_new_address_of_an_account_is_the_one_that_got_the_code(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await sign_in(client, cast.amal, clock.now)
    await client.press(await client.get("/account/email"), "Next", email="own@evil.example", current_password=PASSWORD)
    own = code_in(await last_email(settings, clock))
    await client.press(await client.get("/account/email"), "Next", email="senco@oak.example", current_password=PASSWORD)
    await client.press(await client.get("/account/email/code"), "Change email address", code=own)
    rows = await fetch("SELECT id FROM account WHERE email_key = 'senco@oak.example'")
    assert rows == []


async def test_a_new_password_is_for_the_account_whose_address_got_the_code(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await person("Eve Mall", clock.now)
    await client.press(await client.get("/forgotten-password"), "Next", email="eve@example.com")
    own = code_in(await last_email(settings, clock))
    await client.press(await client.get("/forgotten-password"), "Next", email="amal@example.com")
    page = await client.get("/forgotten-password/new")
    await client.press(page, "Change password", code=own, **CHOSEN)
    assert (await with_password(client, "amal@example.com")).heading == "Secure login - step 2"
