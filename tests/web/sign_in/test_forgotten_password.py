"""A forgotten password: a code by email, then a new one."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.errors import Busy
from portal.passwords import rules
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import forgotten
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

NEW = "Nine quiet herons 9"


async def ask(client: Client, email: str = "amal@example.com") -> Page:
    return await client.press(await client.get("/forgotten-password"), "Next", email=email)


async def choose(client: Client, page: Page, code: str, password: str = NEW) -> Page:
    return await client.press(page, "Change password", code=code, password=password, confirm_password=password)


async def test_it_sets_a_new_password_and_then_asks_for_both_steps(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await choose(client, await ask(client), code_in(await last_email(settings, clock)))
    assert page.url == "/"
    assert "Your password has been changed" in page.text
    page = await client.press(page, "Submit", email="amal@example.com", password=NEW)
    assert page.heading == "Secure login - step 2"


async def test_it_ends_every_session_and_mails_the_owner(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        await choose(client, await ask(client), code_in(await last_email(settings, clock)))
        assert (await elsewhere.get("/children")).heading == "Westmere Portals"
    assert [email.subject for email in await deliver_all(settings, clock)] == ["Your password was changed"]


async def test_the_current_password_is_refused_and_the_code_still_works(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await ask(client)
    code = code_in(await last_email(settings, clock))
    page = await choose(client, page, code, PASSWORD)
    assert page.problems == ["Choose a password that is different from your current password"]
    assert (await choose(client, page, code)).url == "/"


async def test_one_of_the_last_eight_is_refused(client: Client, settings: Settings, clock: Clock) -> None:
    await gather(clock.now)
    await choose(client, await ask(client), code_in(await last_email(settings, clock)))
    clock.pass_time(minutes=5)
    page = await ask(client)
    code = code_in((await deliver_all(settings, clock))[-1])
    page = await choose(client, page, code, PASSWORD)
    assert page.problems == ["Choose a password that is different from your previous 8 passwords"]


async def test_an_unknown_address_gets_the_same_page_and_no_email(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    known = await ask(client)
    clock.pass_time(seconds=31)
    unknown = await ask(client, "nobody@example.com")
    assert known.main == unknown.main
    emails = await deliver_all(settings, clock)
    assert {email.to for email in emails} <= {"amal@example.com"}


@pytest.mark.parametrize("password", ["Amal Khan 2026 Amal Khan", "Westmere amal@example.com 1"])
async def test_ones_own_names_and_the_councils_are_refused_and_the_code_still_works(
    client: Client, settings: Settings, clock: Clock, password: str
) -> None:
    await gather(clock.now)
    page = await ask(client)
    code = code_in(await last_email(settings, clock))
    page = await choose(client, page, code, password)
    assert page.problems == [rules.NOT_OWN_WORDS.message]
    (line,) = [line for line in page.all("//*[@id='password-policy']/li") if "your name" in line.text_content()]
    assert "done" not in line.text_content()
    assert (await choose(client, page, code)).url == "/"


async def test_a_right_code_outlives_as_many_refused_passwords_as_somebody_tries(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await ask(client)
    code = code_in(await last_email(settings, clock))
    for _ in range(6):
        page = await choose(client, page, code, PASSWORD)
        assert page.problems == ["Choose a password that is different from your current password"]
    assert (await choose(client, page, code)).url == "/"


async def test_a_right_code_works_again_when_the_portal_was_too_busy(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await ask(client)
    code = code_in(await last_email(settings, clock))
    (challenge,) = await fetch("SELECT session FROM code_challenge")
    full = PasswordHasher(threads=1, queue_limit=-1)
    with pytest.raises(Busy):
        await forgotten.choose_new(challenge["session"], code, NEW, full, council_words=(), address="", now=clock.now)
    assert (await choose(client, page, code)).url == "/"


@pytest.mark.parametrize("email", ["amal@example.com", "nobody@example.com"])
async def test_asking_twice_leads_to_the_page_of_the_code_that_is_on_its_way(
    client: Client, settings: Settings, clock: Clock, email: str
) -> None:
    await gather(clock.now)
    await ask(client, email)
    assert (await ask(client, email)).url == "/forgotten-password/new"
    for _ in range(4):
        clock.pass_time(seconds=31)
        await ask(client, email)
    clock.pass_time(seconds=31)
    page = await ask(client, email)
    assert page.problems == ["We have sent you 5 codes in the last hour. Wait an hour, then ask for a new one."]
