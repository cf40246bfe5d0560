"""Another email address: only who reads its post can take it, and nobody learns whose it is."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from portal import keys
from portal.sign_in.codes import DEAD_CODE, WRONG_CODE
from portal.sign_in.one_time_codes import code_at
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio
NEW = "amal.new@example.com"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def ask(client: Client, email: str = NEW, password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/account/email"), "Next", email=email, current_password=password)


async def test_a_code_to_the_new_address_changes_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        page = await ask(client, "Amal.New@Example.com")
        assert page.heading == "Check your new email address"
        email = await last_email(settings, clock)
        assert email.to == "Amal.New@example.com"
        page = await client.press(page, "Change email address", code=code_in(email))
        assert page.url == "/account"
        assert "Amal.New@example.com" in page.main
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    emails = await deliver_all(settings, clock)
    assert {(one.to, one.subject) for one in emails} == {
        (to, "The email address of your account was changed") for to in ("amal@example.com", "Amal.New@example.com")
    }
    row = await fetch_one("SELECT email_key FROM account WHERE id = {}", cast.amal.account)
    assert row == {"email_key": NEW}
    assert await fetch_one("SELECT id FROM audit_entry WHERE event = 'accounts:email:changed'")


async def test_the_new_address_signs_in_and_the_old_one_does_not(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    page = await ask(client)
    await client.press(page, "Change email address", code=code_in(await last_email(settings, clock)))
    async with Client(app) as other:
        page = await other.press(await other.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
        assert page.status == 422
        page = await other.press(await other.get("/"), "Submit", email=NEW, password=PASSWORD)
        assert page.heading == "Secure login - step 2"


async def test_the_password_must_be_right(client: Client, settings: Settings, clock: Clock, cast: Cast) -> None:
    page = await ask(client, password="Wrong horse battery 9")
    assert page.problems == ["Enter the password that you use now"]
    assert page.field("email") == NEW
    assert await deliver_all(settings, clock) == []


async def test_the_address_must_be_another_one(client: Client, cast: Cast) -> None:
    assert (await ask(client, "Amal@example.com")).problems == [
        "This is the address that you use now. Enter another one"
    ]


async def test_a_wrong_code_changes_nothing(client: Client, settings: Settings, clock: Clock, cast: Cast) -> None:
    page = await ask(client)
    right = code_in(await last_email(settings, clock))
    wrong = str((int(right) + 1) % 10**6).zfill(6)
    page = await client.press(page, "Change email address", code=wrong)
    assert page.problems == [WRONG_CODE]
    assert "amal@example.com" in (await client.get("/account")).main


async def test_a_new_code_replaces_the_one_before(client: Client, settings: Settings, clock: Clock, cast: Cast) -> None:
    page = await ask(client)
    first = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=31)
    page = await client.press(page, "Please send me a new code")
    second = code_in(await last_email(settings, clock))
    assert (await client.press(page, "Change email address", code=first)).status == 422 or first == second
    assert (await client.press(page, "Change email address", code=second)).url == "/account"


async def test_an_address_that_has_an_account_is_answered_alike_and_its_owner_is_told(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    free = await ask(client)
    await deliver_all(settings, clock)
    clock.pass_time(seconds=31)
    taken = await ask(client, "ben@example.com")
    assert taken.main == free.main.replace(NEW, "ben@example.com")
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("ben@example.com", "Somebody tried to use your email address")


async def test_no_code_takes_the_address_of_somebody_else(client: Client, cast: Cast) -> None:
    page = await ask(client, "ben@example.com")
    never_sent = await fetch_one("SELECT secret, counter FROM code_challenge WHERE email = {}", "ben@example.com")
    assert never_sent is not None
    guessed = code_at(keys.decrypt(never_sent["secret"]), never_sent["counter"])
    assert (await client.press(page, "Change email address", code=guessed)).problems == [DEAD_CODE]
    rows = await fetch("SELECT email_key FROM account WHERE email_key LIKE '%@example.com' AND role = 'family'")
    assert {row["email_key"] for row in rows} == {"amal@example.com", "ben@example.com", "carol@example.com"}


async def test_an_address_that_was_taken_meanwhile_is_refused_kindly(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    page = await ask(client)
    code = code_in(await last_email(settings, clock))
    await fetch_one("UPDATE account SET email_key = {} WHERE id = {}", NEW, cast.ben.account)
    assert (await client.press(page, "Change email address", code=code)).problems == [DEAD_CODE]
    assert "amal@example.com" in (await client.get("/account")).main


async def test_a_code_for_a_new_password_that_went_to_the_old_address_stops_working(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    async with Client(app) as thief:
        page = await thief.get("/forgotten-password")
        page = await thief.press(page, "Next", email="amal@example.com")
        stolen = code_in(await last_email(settings, clock))
        mine = await ask(client)
        await client.press(mine, "Change email address", code=code_in(await last_email(settings, clock)))
        words = "Nine quiet herons 9"
        page = await thief.press(page, "Change password", code=stolen, password=words, confirm_password=words)
        assert page.problems == [DEAD_CODE]


async def test_without_a_code_on_its_way_there_is_nothing_to_check(client: Client, cast: Cast) -> None:
    assert (await client.get("/account/email/code")).url == "/account/email"
