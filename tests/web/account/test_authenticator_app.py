"""A family turns an authenticator app on and off; the SEND team keeps its own."""

import json
import re

import pyotp
import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from portal import keys
from portal.sign_in.authenticator import WRONG_CODE
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, last_email
from tests.people import PASSWORD, TOTP_SECRET, Cast, authenticator_code, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def begin(client: Client) -> Page:
    return await client.press(await client.get("/account/authenticator"), "Next", current_password=PASSWORD)


async def give_app(cast: Cast) -> None:
    secret = keys.encrypt(TOTP_SECRET)
    await fetch_one("UPDATE account SET totp_secret = {} WHERE id = {}", secret, cast.amal.account)


def secret_on(page: Page) -> str:
    found = re.search(r"\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page.main)
    assert found, page.main
    return found[0].replace(" ", "")


async def test_the_password_then_the_first_code_turn_it_on(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        page = await begin(client)
        assert page.heading == "Set up your authenticator app"
        page = await client.press(page, "Turn it on", code=pyotp.TOTP(secret_on(page)).at(clock.now))
        assert page.url == "/account"
        assert "On. It shows you a code when you sign in" in page.main
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("amal@example.com", "An authenticator app was added to your account")


async def test_signing_in_then_asks_for_the_code_of_the_app_and_mails_none(
    app: ASGIApp, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await give_app(cast)
    async with Client(app) as browser:
        page = await browser.press(await browser.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
        assert "Open your authenticator app" in page.main
        page = await browser.press(page, "Finish", code=authenticator_code(clock.now))
        assert page.url == "/children"
    assert await deliver_all(settings, clock) == []


async def test_nobody_can_ask_for_a_code_by_email_instead(
    app: ASGIApp, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await give_app(cast)
    async with Client(app) as browser:
        page = await browser.press(await browser.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
        token = page.form("Finish").xpath(".//input[@name='csrf_token']")[0].get("value")
        page = await browser.post("/sign-in/code", {"csrf_token": token, "new_code": "yes"})
        assert "Your code comes from your authenticator app" in page.main
    assert await deliver_all(settings, clock) == []


async def test_a_wrong_password_shows_no_secret(client: Client, cast: Cast) -> None:
    page = await client.get("/account/authenticator")
    page = await client.press(page, "Next", current_password="Wrong horse battery 9")
    assert page.problems == ["Enter the password that you use now"]
    assert (await client.get("/account/authenticator/new")).url == "/account/authenticator"
    assert (await client.get("/account/authenticator/qr.svg")).status == 404


async def test_a_wrong_first_code_leaves_it_off_and_keeps_the_secret(client: Client, clock: Clock, cast: Cast) -> None:
    page = await begin(client)
    secret = secret_on(page)
    wrong = str((int(pyotp.TOTP(secret).at(clock.now)) + 1) % 10**6).zfill(6)
    page = await client.press(page, "Turn it on", code=wrong)
    assert page.problems == [WRONG_CODE]
    assert secret_on(page) == secret
    assert "Off. We email you a code" in (await client.get("/account")).main


async def test_the_secret_is_a_picture_too(client: Client, cast: Cast) -> None:
    await begin(client)
    answer = await client.http.get("/account/authenticator/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_password_and_a_code_of_the_app_turn_it_off(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await give_app(cast)
    page = await client.get("/account/authenticator")
    page = await client.press(page, "Turn it off", current_password=PASSWORD, code=authenticator_code(clock.now))
    assert page.url == "/account"
    assert "Off. We email you a code" in page.main
    assert (await last_email(settings, clock)).subject == "Your authenticator app was turned off"
    row = await fetch_one("SELECT totp_secret FROM account WHERE id = {}", cast.amal.account)
    assert row == {"totp_secret": ""}


@pytest.mark.parametrize(
    ("password", "code", "problem"),
    [
        ("Wrong horse battery 9", None, "Enter the password that you use now"),
        (PASSWORD, "000000", "Enter the code that your authenticator app shows now"),
        (PASSWORD, "", "Enter the code from your authenticator app"),
    ],
)
async def test_it_stays_on_when_password_or_code_is_wrong(
    client: Client, clock: Clock, cast: Cast, password: str, code: str | None, problem: str
) -> None:
    await give_app(cast)
    typed = authenticator_code(clock.now) if code is None else code
    page = await client.get("/account/authenticator")
    page = await client.press(page, "Turn it off", current_password=password, code=typed)
    assert page.problems == [problem]
    assert "On. It shows you a code" in (await client.get("/account")).main


async def test_the_team_keeps_its_app(app: ASGIApp, clock: Clock, cast: Cast) -> None:
    async with Client(app) as dee:
        await sign_in(dee, cast.dee, clock.now)
        page = await dee.get("/account/authenticator")
        assert "you cannot turn it off" in page.main
        assert not page.all("//main//form")
        token = (await dee.get("/account/details")).form("Save").xpath(".//input[@name='csrf_token']")[0]
        typed = {"csrf_token": token.get("value"), "current_password": PASSWORD, "code": "1"}
        assert (await dee.post("/account/authenticator/off", typed)).status == 404


async def test_the_team_forgets_the_app_of_somebody_who_lost_their_phone(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    await give_app(cast)
    async with Client(app) as dee:
        await sign_in(dee, cast.dee, clock.now)
        page = await dee.get(f"/staff/children/{cast.priya.public_id}")
        page = await dee.get(page.link("Lost authenticator app of Amal Khan"))
        assert "Speak to Amal Khan first" in page.main
        asked = await dee.press(page, "Forget the app")
        assert asked.problems == ["Choose how you checked who they are"]
        page = await dee.press(asked, "Forget the app", identity_method="phoned_back", how="not kept")
        assert page.url == f"/staff/children/{cast.priya.public_id}"
        assert "Lost authenticator app" not in page.main
    assert (await client.get("/account")).heading == "Westmere Portals"
    page = await client.press(await client.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
    assert "We have just sent you an email" in page.main
    assert "Your authenticator app was turned off" in [one.subject for one in await deliver_all(settings, clock)]
    said = await detail_of("staff:access:app_forgotten")
    assert said == {"account": cast.amal.account, "identity_method": "phoned_back"}


async def detail_of(event: str) -> dict[str, object]:
    row = await fetch_one(
        "SELECT d.detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id WHERE e.event = {}", event
    )
    assert row is not None
    return dict(json.loads(row["detail"]))


async def test_another_team_cannot_forget_it(app: ASGIApp, clock: Clock, cast: Cast) -> None:
    await give_app(cast)
    row = await fetch_one("SELECT public_id FROM relationship WHERE account = {}", cast.amal.account)
    assert row is not None
    async with Client(app) as ed:
        await sign_in(ed, cast.ed, clock.now)
        page = await ed.get(f"/staff/children/{cast.priya.public_id}/access/{row['public_id']}/authenticator")
        assert page.status == 404
