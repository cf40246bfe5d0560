"""A yes to an invitation needs somebody who reads the invited address now: by the link, or by a code sent there."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import keys
from portal.actor import Actor
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, last_email
from tests.people import TOTP_SECRET, Cast, person
from tests.web.invitations.steps import browser_of, invited
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def anna(clock: Clock, cast: Cast) -> Actor:
    """Anna has an account and signs in with an app."""
    anna = await person("Anna Aziz", clock.now)
    await fetch("UPDATE account SET totp_secret = {} WHERE id = {}", keys.encrypt(TOTP_SECRET), anna.account)
    return anna


async def says(browser: Client, answer: str) -> Page:
    page = await browser.get("/invitations")
    (box,) = page.all("//input[@name='invitation']")
    page = await browser.press(page, "Confirm", invitation=box.get("value"), answer=answer)
    return await browser.press(page, "Submit")


async def waiting() -> int:
    return len(await fetch("SELECT id FROM relationship WHERE state = 'waiting'"))


async def test_with_an_app_and_without_the_link_a_code_is_asked_for(
    app: ASGIApp, clock: Clock, cast: Cast, settings: Settings, anna: Actor
) -> None:
    await invited(await browser_of(app, cast.dee, clock), settings, clock)
    browser = await browser_of(app, anna, clock)
    page = await says(browser, "yes")
    assert page.heading == "Show that you read your email"
    assert not await waiting()
    page = await browser.press(page, "Email me a code")
    page = await browser.press(page, "Next", code=code_in(await last_email(settings, clock)))
    assert page.heading == "Account Setup"
    assert (await says(browser, "yes")).url == "/children"
    assert await waiting()


async def test_with_the_link_nothing_more_is_asked_for(
    app: ASGIApp, clock: Clock, cast: Cast, settings: Settings, anna: Actor
) -> None:
    link = await invited(await browser_of(app, cast.dee, clock), settings, clock)
    browser = await browser_of(app, anna, clock)
    await browser.get(link)
    assert (await says(browser, "yes")).url == "/children"
    assert await waiting()


async def test_a_no_needs_neither(app: ASGIApp, clock: Clock, cast: Cast, settings: Settings, anna: Actor) -> None:
    await invited(await browser_of(app, cast.dee, clock), settings, clock)
    assert (await says(await browser_of(app, anna, clock), "no")).url == "/children"
