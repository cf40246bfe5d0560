"""Closing one's own account: what ends, what stays, and coming back."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def close(client: Client, password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/account/close"), "Close my account", current_password=password)


async def test_the_page_says_what_ends_and_what_stays(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/close")
    assert "You no longer see the record of Priya Khan on this website" in page.main
    assert "By law it is part of the child’s record" in page.main


async def test_closing_ends_every_session_and_every_access_and_mails_me(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as phone:
        await sign_in(phone, cast.amal, clock.now)
        page = await close(client)
        assert page.heading == "Your account is closed"
        assert (await phone.get("/children")).heading == "Westmere Portals"
    assert (await client.get("/children")).heading == "Westmere Portals"
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("amal@example.com", "Your account is closed")
    row = await fetch_one("SELECT state FROM relationship WHERE account = {}", cast.amal.account)
    assert row == {"state": "ended"}
    assert await fetch_one("SELECT id FROM audit_entry WHERE event = 'accounts:account:closed'")
    assert await fetch_one("SELECT id FROM audit_entry WHERE event = 'family:access:given_up' AND child IS NOT NULL")


async def test_the_secrets_are_deleted_and_the_name_stays(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    row = await fetch_one(
        "SELECT forename, email, password_hash, totp_secret FROM account WHERE id = {}", cast.amal.account
    )
    assert row == {"forename": "Amal", "email": "amal@example.com", "password_hash": "", "totp_secret": ""}


async def test_the_caseworker_sees_it_on_the_childs_page_and_the_other_parent_goes_on(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    async with Client(app) as dee, Client(app) as ben:
        await sign_in(dee, cast.dee, clock.now)
        page = await dee.get(f"/staff/children/{cast.priya.public_id}")
        assert "They closed their account" in page.main
        await sign_in(ben, cast.ben, clock.now)
        assert (await ben.get(f"/children/{cast.priya.public_id}")).status == 200


async def test_a_wrong_password_closes_nothing(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await close(client, "Wrong horse battery 9")
    assert page.problems == ["Enter the password that you use now"]
    assert (await client.get("/account")).heading == "Your account"


async def test_nobody_signs_in_to_a_closed_account_and_no_password_can_be_chosen(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    page = await client.press(await client.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
    assert page.problems == ["Check your email address and password. We could not match them"]
    await deliver_all(settings, clock)
    await client.press(await client.get("/forgotten-password"), "Next", email="amal@example.com")
    assert await deliver_all(settings, clock) == []


async def test_the_same_address_can_register_again_and_sees_nothing_until_it_is_invited(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    await deliver_all(settings, clock)
    page = await client.get("/register/details")
    page = await client.press(page, "Next", forename="Amal", surname="Khan", postcode="WM1 1AA")
    page = await client.press(page, "Next", email="amal@example.com", password=PASSWORD, confirm_password=PASSWORD)
    email = await last_email(settings, clock)
    assert "code" in email.subject.lower()
    page = await client.press(page, "Next", code=code_in(email))
    assert page.heading != "Register a new account - step 3"
    assert "Priya" not in (await client.get("/children")).main
    assert (await client.get(f"/children/{cast.priya.public_id}")).status == 404
