"""Typing the password once more makes a new token; forms that are open elsewhere can still be sent (V7.2.4)."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import keys
from tests.client import Client
from tests.conftest import Clock
from tests.people import PASSWORD, TOTP_SECRET, Cast, authenticator_code, gather, sign_in

pytestmark = pytest.mark.anyio
NEW = "Nine quiet herons 9"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


def token_of(client: Client) -> str:
    return [cookie.value or "" for cookie in client.http.cookies.jar][-1]


@pytest.mark.parametrize(
    ("url", "button", "typed"),
    [
        ("/account/password", "Change password", {"password": NEW, "confirm_password": NEW}),
        ("/account/email", "Next", {"email": "amal.khan@example.com"}),
        ("/account/authenticator", "Next", {}),
        ("/account/everything", "Get my file", {}),
    ],
)
async def test_the_token_before_opens_nothing_any_more(
    app: ASGIApp, client: Client, cast: Cast, url: str, button: str, typed: dict[str, str]
) -> None:
    before = token_of(client)
    page = await client.press(await client.get(url), button, current_password=PASSWORD, **typed)
    assert page.status == 200
    assert token_of(client) != before
    assert (await client.get("/account")).heading == "Your account"
    async with Client(app) as thief:
        thief.http.cookies.set("portal", before)
        assert (await thief.get("/account")).heading == "Westmere Portals"


async def test_a_form_that_was_open_before_can_still_be_sent(client: Client, cast: Cast) -> None:
    details = await client.get("/account/details")
    await client.press(await client.get("/account/everything"), "Get my file", current_password=PASSWORD)
    page = await client.press(details, "Save", postcode="WM1 1AA", street="Mill Lane")
    assert "Mill Lane" in page.main


async def test_a_wrong_password_changes_no_token(client: Client, cast: Cast) -> None:
    before = token_of(client)
    await client.press(await client.get("/account/everything"), "Get my file", current_password="wrong")
    assert token_of(client) == before


async def test_turning_the_app_off_makes_a_new_token(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE account SET totp_secret = {} WHERE id = {}", keys.encrypt(TOTP_SECRET), cast.amal.account)
    before = token_of(client)
    page = await client.get("/account/authenticator")
    await client.press(page, "Turn it off", current_password=PASSWORD, code=authenticator_code(clock.now))
    assert token_of(client) != before
