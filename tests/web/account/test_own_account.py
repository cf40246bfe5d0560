"""Your account: what it shows, and changing the password."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.mail import last_email
from tests.people import PASSWORD, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio
NEW = "Nine quiet herons 9"


async def test_it_shows_my_details_and_where_i_am_signed_in(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account")
    assert "amal@example.com" in page.main
    assert "9 March 2026 at 10:00am" in page.main


async def test_changing_the_password_signs_me_out_elsewhere_and_mails_me(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        page = await client.press(
            await client.get("/account/password"),
            "Change password",
            current_password=PASSWORD,
            password=NEW,
            confirm_password=NEW,
        )
        assert page.url == "/account"
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    assert (await last_email(settings, clock)).subject == "Your password was changed"


async def test_the_current_password_must_be_right(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(
        await client.get("/account/password"),
        "Change password",
        current_password="Wrong horse battery 9",
        password=NEW,
        confirm_password=NEW,
    )
    assert page.problems == ["Enter the password that you use now"]


async def test_i_can_sign_out_everywhere_else(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        await client.press(await client.get("/account"), "Sign out everywhere but here")
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    assert (await client.get("/account")).heading == "Your account"
