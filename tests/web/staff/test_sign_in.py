"""The SEND team signs in with a password and an authenticator app."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import PASSWORD, authenticator_code, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def with_password(client: Client, email: str = "dee@example.com", url: str = "/staff/sign-in") -> Page:
    return await client.press(await client.get(url), "Submit", email=email, password=PASSWORD)


async def test_it_signs_in_with_password_and_authenticator(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    page = await client.get("/staff/sign-in")
    assert page.heading == "SEND team sign in"
    page = await with_password(client)
    assert (page.url, page.heading) == ("/staff/sign-in/code", "Secure login - step 2")
    page = await client.press(page, "Finish", code=authenticator_code(clock.now))
    assert page.url == "/staff"
    assert "Dee Shaw" in page.text
    assert await deliver_all(settings, clock) == []


async def test_it_goes_on_to_the_page_that_was_wanted(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    page = await with_password(client, url="/staff?whose=team")
    page = await client.press(page, "Finish", code=authenticator_code(clock.now))
    assert page.url.startswith("/staff")
    page = await client.get("/staff/sign-in")
    assert page.url == "/staff"


async def test_a_code_works_once(app: ASGIApp, client: Client, clock: Clock) -> None:
    await gather(clock.now)
    code = authenticator_code(clock.now)
    await client.press(await with_password(client), "Finish", code=code)
    async with Client(app) as other:
        page = await other.press(await with_password(other), "Finish", code=code)
    assert page.problems == ["Enter the code that your authenticator app shows now"]


async def test_an_empty_code_asks_for_the_app(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    page = await client.press(await with_password(client), "Finish", code="")
    assert page.problems == ["Enter the code from your authenticator app"]


async def test_a_family_password_does_not_work_here(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    page = await with_password(client, email="amal@example.com")
    assert page.problems == ["Check your email address and password. We could not match them"]


async def test_a_staff_password_does_not_work_for_families(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    assert (await with_password(client, url="/")).status == 422


@pytest.mark.parametrize("url", ["/staff/sign-in/code", "/staff/enrol", "/staff/enrol/qr.svg"])
async def test_families_find_nothing_here(client: Client, clock: Clock, url: str) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now, stage="half")
    assert (await client.get(url)).status == 404


async def test_a_signed_in_parent_does_not_see_the_team_s_sign_in(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/staff/sign-in")).status == 404


async def test_staff_who_come_to_the_family_s_second_step_are_sent_to_theirs(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now, stage="half")
    assert (await client.get("/sign-in/code")).url == "/staff/sign-in/code"


@pytest.mark.parametrize("url", ["/staff/sign-in/code", "/staff/enrol", "/staff/tasks"])
async def test_whoever_waited_too_long_between_the_steps_begins_again_at_the_teams_sign_in(
    client: Client, clock: Clock, url: str
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now, stage="half")
    clock.pass_time(hours=2)
    assert (await client.get(url)).url.startswith("/staff/sign-in")
    assert (await client.get(url)).heading == "SEND team sign in"
