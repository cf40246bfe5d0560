"""An address may outlive its owner: whoever had it before takes nobody's place with an app or under another name."""

from dataclasses import replace

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import keys
from portal.actor import Actor
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import TOTP_SECRET, Cast, sign_in
from tests.web.organisations.test_working_at_a_school import asked, professional, says_yes, school, sees
from web.settings import Settings

pytestmark = pytest.mark.anyio
YES = "Yes, I work at Lakeside Primary School"


async def uses_app(who: Actor) -> None:
    await fetch("UPDATE account SET totp_secret = {} WHERE id = {}", keys.encrypt(TOTP_SECRET), who.account)


async def presses_yes(client: Client, who: Actor, clock: Clock) -> Page:
    await sign_in(client, who, clock.now)
    return await client.press(await client.get("/organisations"), YES)


async def test_whoever_signed_in_with_an_app_first_types_a_code_that_went_to_the_address(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast, settings: Settings
) -> None:
    sam = await professional("Sam Hill", clock)
    await uses_app(sam)
    await asked(client, cast, clock, await school(client, cast, clock), sam)
    page = await presses_yes(client, sam, clock)
    assert page.heading == "Show that you read your email"
    assert not await sees(app, sam, cast, clock)
    await deliver_all(settings, clock)
    page = await client.press(page, "Email me a code")
    email = await last_email(settings, clock)
    assert email.to == sam.email
    assert (await client.press(page, "Next", code="000000")).status == 422
    page = await client.press(page, "Next", code=code_in(email))
    assert page.url == "/organisations"
    await client.press(page, YES)
    assert await sees(app, sam, cast, clock)


async def test_a_code_that_was_typed_yesterday_shows_nothing(client: Client, clock: Clock, cast: Cast) -> None:
    sam = await professional("Sam Hill", clock)
    await asked(client, cast, clock, await school(client, cast, clock), sam)
    await sign_in(client, sam, clock.now)
    await fetch("UPDATE code_challenge SET used_at = used_at - interval '12 hours' WHERE account = {}", sam.account)
    page = await client.press(await client.get("/organisations"), YES)
    assert page.heading == "Show that you read your email"


async def test_turning_the_app_off_shows_nothing_either(client: Client, clock: Clock, cast: Cast) -> None:
    sam = await professional("Sam Hill", clock)
    await uses_app(sam)
    await asked(client, cast, clock, await school(client, cast, clock), sam)
    await sign_in(client, sam, clock.now)
    await fetch("UPDATE account SET totp_secret = '' WHERE id = {}", sam.account)
    assert (await client.press(await client.get("/organisations"), YES)).url == "/account/mailbox"


async def test_another_name_than_the_invited_one_waits_for_a_manager(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast, settings: Settings
) -> None:
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, replace(sam, forename="Bea", surname="New"))
    await deliver_all(settings, clock)
    page = await says_yes(app, sam, clock)
    assert "The SEND team first confirms" in page.text
    assert "Bea New" not in page.text
    assert not await sees(app, sam, cast, clock)
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("mo@example.com", "Confirm who works at Lakeside Primary School")
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(address)
    assert "Said yes as Sam Hill" in page.main
    assert "Confirm" not in page.main
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(address)
    after = await client.press(page, "Confirm that Sam Hill works there")
    assert await sees(app, sam, cast, clock)
    assert (await client.press(page, "Confirm that Sam Hill works there")).main == after.main


async def test_a_manager_who_does_not_know_them_cancels(app: ASGIApp, client: Client, clock: Clock, cast: Cast) -> None:
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, replace(sam, forename="Bea", surname="New"))
    await says_yes(app, sam, clock)
    await sign_in(client, cast.mo, clock.now)
    page = await client.get((await client.get(address)).link("Cancel for Bea New"))
    await client.press(page, "End", reason="Not her")
    assert not await sees(app, sam, cast, clock)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    assert await sees(app, sam, cast, clock)


@pytest.mark.parametrize("name", ["sam  hill", "Sam-Hill", "SAM HILL"])
async def test_the_same_name_written_otherwise_waits_for_nobody(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast, name: str
) -> None:
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"{address}/members/new")
    await client.press(page, "Send invitation", name=name, email=sam.email, identity_method="switchboard")
    await says_yes(app, sam, clock)
    assert await sees(app, sam, cast, clock)
