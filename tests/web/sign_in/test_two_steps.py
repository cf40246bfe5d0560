"""Signing in: the password, then the code."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, gather
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def with_password(client: Client, email: str = "amal@example.com", password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/"), "Submit", email=email, password=password)


async def test_it_signs_in_with_password_and_code(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    page = await with_password(client)
    assert page.heading == "Secure login - step 2"
    assert "We have just sent you an email to confirm your account" in page.main
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.url == "/children"
    assert "Amal Khan" in page.text


async def test_it_goes_on_to_the_page_that_was_wanted(client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    wanted = f"/children/{cast.priya.public_id}"
    page = await client.get(wanted)
    assert page.heading == "Westmere Portals"
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.url == wanted


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_it_never_goes_on_to_another_site(
    client: Client, settings: Settings, clock: Clock, elsewhere: str
) -> None:
    await gather(clock.now)
    page = await client.get("/", params={"next": elsewhere})
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.url == "/children"


async def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    wrong = await with_password(client, password="Wrong horse battery 9")
    unknown = await with_password(client, email="nobody@example.com")
    assert wrong.status == unknown.status == 422
    assert wrong.problems == unknown.problems == ["Check your email address and password. We could not match them"]
    assert wrong.field("password") == ""
    assert wrong.field("email") == "amal@example.com"


async def test_half_signed_in_is_not_signed_in(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    await with_password(client)
    assert (await client.get("/children")).url == "/sign-in/code"


async def test_the_second_step_must_follow_within_fifteen_minutes(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    await with_password(client)
    clock.pass_time(minutes=16)
    assert (await client.get("/sign-in/code")).heading == "Westmere Portals"


async def test_a_code_works_only_in_the_browser_that_asked_for_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    await with_password(client)
    code = code_in(await last_email(settings, clock))
    async with Client(app) as other:
        clock.pass_time(seconds=31)
        page = await with_password(other)
        newer = code_in(await last_email(settings, clock))
        if code != newer:
            assert (await other.press(page, "Finish", code=code)).status == 422


async def test_five_wrong_codes_end_the_code(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    page = await with_password(client)
    code = code_in(await last_email(settings, clock))
    for _ in range(5):
        page = await client.press(page, "Finish", code="999999" if code != "999999" else "111111")
        assert page.status == 422
    page = await client.press(page, "Finish", code=code)
    assert page.problems == ["That code no longer works. Ask for a new code"]


async def test_logout_ends_the_session_on_the_server(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    page = await client.press(await with_password(client), "Finish", code=code_in(await last_email(settings, clock)))
    cookie = client.http.cookies["portal"]
    page = await client.press(page, "Logout")
    assert page.url == "/"
    assert page.response.history[0].headers["clear-site-data"]
    client.http.cookies.set("portal", cookie)
    assert (await client.get("/children")).heading == "Westmere Portals"


async def test_the_token_changes_at_each_step(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    tokens = []
    page = await client.get("/")
    tokens.append(client.http.cookies["portal"])
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    tokens.append(client.http.cookies["portal"])
    await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    tokens.append(client.http.cookies["portal"])
    assert len(set(tokens)) == 3


async def test_a_session_ends_after_twenty_idle_minutes(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    await client.press(await with_password(client), "Finish", code=code_in(await last_email(settings, clock)))
    clock.pass_time(minutes=19)
    assert (await client.get("/children")).url == "/children"
    clock.pass_time(minutes=21)
    page = await client.get("/children")
    assert page.heading == "Westmere Portals"
    assert "signed out" in page.text


async def test_the_owner_is_mailed_once_when_somebody_keeps_trying(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    for _ in range(7):
        page = await with_password(client, password="Wrong horse battery 9")
    assert page.status == 429
    assert int(page.response.headers["retry-after"]) > 0
    subjects = [email.subject for email in await deliver_all(settings, clock)]
    assert subjects == ["Somebody tried to sign in to your account"]
