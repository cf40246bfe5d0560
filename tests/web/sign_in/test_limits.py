"""What signing in allows: codes in an hour, wrong codes in a day, passwords from one network, browsers, hours."""

import pytest
from litestar.types import ASGIApp

from portal.post import Email
from portal.sign_in import rules
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, Cast, authenticator_code, gather, person, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def with_password(client: Client, email: str = "amal@example.com", password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/"), "Submit", email=email, password=password)


def other_than(code: str) -> str:
    return "999999" if code != "999999" else "111111"


async def test_a_sixth_code_in_an_hour_is_not_sent(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    page = await with_password(client)
    for _ in range(4):
        clock.pass_time(seconds=31)
        page = await client.press(page, "Please send me a new code")
        assert page.status == 200
    clock.pass_time(seconds=31)
    page = await client.press(page, "Please send me a new code")
    assert page.heading == "Secure login - step 2"
    assert rules.TOO_MANY_CODES in page.text
    sent = [email for email in await deliver_all(settings, clock) if email.to == "amal@example.com"]
    assert len(sent) == 1, "of five codes only the newest is worth an email"


async def test_twenty_wrong_codes_in_a_day_are_enough_and_the_next_day_is_new(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    for _ in range(4):
        page = await with_password(client)
        code = code_in(await newest_code(settings, clock))
        for _ in range(5):
            page = await client.press(page, "Finish", code=other_than(code))
        clock.pass_time(minutes=16)
    page = await with_password(client)
    code = code_in(await newest_code(settings, clock))
    page = await client.press(page, "Finish", code=code)
    assert page.status == 429
    assert rules.TOO_MANY_WRONG_CODES in page.main
    clock.pass_time(days=1)
    page = await with_password(client)
    page = await client.press(page, "Finish", code=code_in(await newest_code(settings, clock)))
    assert page.url == "/children"


async def newest_code(settings: Settings, clock: Clock) -> Email:
    return [email for email in await deliver_all(settings, clock) if "code" in email.subject][-1]


async def test_the_owner_is_told_once_of_wrong_codes_after_the_right_password(
    client: Client, settings: Settings, clock: Clock, cast: Cast
) -> None:
    page = await with_password(client)
    code = code_in(await last_email(settings, clock))
    for _ in range(4):
        page = await client.press(page, "Finish", code=other_than(code))
    assert await deliver_all(settings, clock) == []
    await client.press(page, "Finish", code=other_than(code))
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("amal@example.com", "Wrong codes were typed for your account")
    clock.pass_time(minutes=1)
    page = await with_password(client)
    code = code_in(await last_email(settings, clock))
    await client.press(page, "Finish", code=other_than(code))
    assert await deliver_all(settings, clock) == []


async def test_a_member_of_the_team_is_told_too(client: Client, settings: Settings, clock: Clock, cast: Cast) -> None:
    page = await client.get("/staff/sign-in")
    page = await client.press(page, "Submit", email="dee@example.com", password=PASSWORD)
    for _ in range(5):
        page = await client.press(page, "Finish", code=other_than(authenticator_code(clock.now)))
    assert (await last_email(settings, clock)).to == "dee@example.com"


async def test_thirty_wrong_passwords_close_a_network_address_and_no_other(app: ASGIApp, clock: Clock) -> None:
    await gather(clock.now)
    async with Client(app, address="198.51.100.7") as school, Client(app, address="198.51.100.8") as home:
        for number in range(30):
            page = await with_password(school, f"nobody{number}@example.com")
            assert page.status == 422
        page = await with_password(school)
        assert page.status == 429
        assert rules.TOO_MANY_SIGN_INS in page.main
        assert (await with_password(home)).heading == "Secure login - step 2"
        clock.pass_time(minutes=5)
        assert (await with_password(school)).heading == "Secure login - step 2"


async def test_right_passwords_do_not_count_against_a_network_address(app: ASGIApp, clock: Clock) -> None:
    for number in range(31):
        await person(f"P{number} Lee", clock.now)
    for number in range(31):
        async with Client(app) as browser:
            assert (await with_password(browser, f"p{number}@example.com")).heading == "Secure login - step 2"


async def test_a_session_ends_after_twelve_hours_however_much_it_is_used(
    client: Client, clock: Clock, cast: Cast
) -> None:
    await sign_in(client, cast.amal, clock.now)
    for _ in range(47):
        clock.pass_time(minutes=15)
        assert (await client.get("/account")).heading == "Your account"
    clock.pass_time(minutes=15)
    assert (await client.get("/account")).heading == "Westmere Portals"


async def test_a_sixth_browser_ends_the_one_unused_for_longest(app: ASGIApp, clock: Clock, cast: Cast) -> None:
    browsers = [Client(app) for _ in range(6)]
    for browser in browsers:
        await sign_in(browser, cast.amal, clock.now)
        clock.pass_time(seconds=1)
    headings = [(await browser.get("/account")).heading for browser in browsers]
    assert headings == ["Westmere Portals", *["Your account"] * 5]
    for browser in browsers:
        await browser.http.aclose()


async def test_the_second_step_ends_after_fifteen_minutes_however_much_it_is_used(
    client: Client, clock: Clock, cast: Cast
) -> None:
    await with_password(client)
    for _ in range(2):
        clock.pass_time(minutes=7)
        assert (await client.get("/sign-in/code")).heading == "Secure login - step 2"
    clock.pass_time(minutes=2)
    assert (await client.get("/sign-in/code")).heading == "Westmere Portals"


async def test_thirty_codes_that_anybody_may_ask_for_close_a_network_address_and_no_other(
    app: ASGIApp, clock: Clock, cast: Cast
) -> None:
    chosen = {"password": "Seven tired otters 7", "confirm_password": "Seven tired otters 7"}

    async def registers(browser: Client, email: str) -> Page:
        page = await browser.get("/register/details")
        page = await browser.press(page, "Next", forename="Eve", surname="Mall", postcode="wm11aa")
        return await browser.press(page, "Next", email=email, **chosen)

    async def forgets(browser: Client, email: str) -> Page:
        return await browser.press(await browser.get("/forgotten-password"), "Next", email=email)

    async with Client(app, address="198.51.100.7") as one, Client(app, address="198.51.100.8") as other:
        for number in range(15):
            assert (await registers(one, f"eve{number}@example.com")).status == 200
            assert (await forgets(one, f"eve{number}@example.com")).status == 200
        for asks in (registers, forgets):
            assert (await asks(one, "eve@example.com")).problems == [rules.TOO_MANY_ASKED]
            assert (await asks(other, "eve@example.com")).status == 200
        clock.pass_time(minutes=5)
        assert (await forgets(one, "eve@example.com")).status == 200
