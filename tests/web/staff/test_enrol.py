"""The first sign-in of a member of the team: an authenticator app is set up."""

import re

import pyotp
import pytest
from litestar.types import ASGIApp
from lxml import etree

from db.engine import fetch_one
from portal.sign_in.authenticator import WRONG_CODE
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import PASSWORD, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def dee(db: object, clock: Clock) -> int:
    """Dee has just been added: she has a password and no app."""
    cast = await gather(clock.now)
    await fetch_one("UPDATE account SET totp_secret = '' WHERE id = {}", cast.dee.account)
    return cast.dee.account


async def begin(client: Client) -> Page:
    page = await client.get("/staff/sign-in")
    return await client.press(page, "Submit", email="dee@example.com", password=PASSWORD)


def secret_on(page: Page) -> str:
    found = re.search(r"\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page.main)
    assert found, page.main
    return found[0].replace(" ", "")


async def test_it_shows_a_secret_and_its_first_code_signs_in(
    client: Client, settings: Settings, clock: Clock, dee: int
) -> None:
    page = await begin(client)
    assert (page.url, page.heading) == ("/staff/enrol", "Set up your authenticator app")
    page = await client.press(page, "Finish", code=pyotp.TOTP(secret_on(page)).at(clock.now))
    assert page.url == "/staff"
    emails = await deliver_all(settings, clock)
    assert [(email.to, email.subject) for email in emails] == [
        ("dee@example.com", "An authenticator app was added to your account")
    ]
    entry = await fetch_one("SELECT actor FROM audit_entry WHERE event = 'sign_in:authenticator:added'")
    assert entry is not None
    assert entry["actor"] == dee


async def test_the_new_app_is_asked_for_next_time_and_its_first_code_is_used_up(
    app: ASGIApp, client: Client, clock: Clock, dee: int
) -> None:
    page = await begin(client)
    secret = secret_on(page)
    await client.press(page, "Finish", code=pyotp.TOTP(secret).at(clock.now))
    async with Client(app) as other:
        page = await begin(other)
        assert page.url == "/staff/sign-in/code"
        assert (await other.press(page, "Finish", code=pyotp.TOTP(secret).at(clock.now))).status == 422
        clock.pass_time(seconds=60)
        assert (await other.press(page, "Finish", code=pyotp.TOTP(secret).at(clock.now))).url == "/staff"


async def test_a_wrong_code_keeps_the_secret(client: Client, clock: Clock, dee: int) -> None:
    page = await begin(client)
    secret = secret_on(page)
    wrong = str((int(pyotp.TOTP(secret).at(clock.now)) + 1) % 10**6).zfill(6)
    page = await client.press(page, "Finish", code=wrong)
    assert page.status == 422
    assert page.problems == [WRONG_CODE]
    assert secret_on(page) == secret


async def test_each_browser_gets_a_secret_of_its_own(app: ASGIApp, client: Client, clock: Clock, dee: int) -> None:
    mine = secret_on(await begin(client))
    async with Client(app) as other:
        assert secret_on(await begin(other)) != mine


async def test_only_the_first_of_two_browsers_sets_up_an_app(
    app: ASGIApp, client: Client, clock: Clock, dee: int
) -> None:
    mine = await begin(client)
    async with Client(app) as other:
        theirs = await begin(other)
        await client.press(mine, "Finish", code=pyotp.TOTP(secret_on(mine)).at(clock.now))
        page = await other.press(theirs, "Finish", code=pyotp.TOTP(secret_on(theirs)).at(clock.now))
        assert page.url != "/staff"
        assert (await other.get("/staff")).heading == "SEND team sign in"


async def test_the_secret_waits_encrypted(client: Client, clock: Clock, dee: int) -> None:
    secret = secret_on(await begin(client))
    row = await fetch_one("SELECT totp_pending FROM session WHERE account = {}", dee)
    assert row is not None
    assert row["totp_pending"]
    assert secret not in row["totp_pending"]


async def test_the_picture_is_an_svg_without_styles_or_scripts(client: Client, clock: Clock, dee: int) -> None:
    await begin(client)
    answer = (await client.http.get("/staff/enrol/qr.svg")).raise_for_status()
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-store"
    tags = {etree.QName(element).localname for element in etree.fromstring(answer.content).iter()}
    assert tags == {"svg", "g", "path"}
    assert b"style" not in answer.content


async def test_somebody_who_has_an_app_cannot_set_up_another_here(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now, stage="half")
    assert (await client.get("/staff/enrol")).url == "/staff/sign-in/code"
    assert (await client.get("/staff/enrol/qr.svg")).status == 404
