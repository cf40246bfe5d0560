"""The emailed link: opening it uses nothing up, and a link that does not work says why and what to do."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, person
from tests.web.invitations.steps import (
    ANNA,
    add_child,
    answer,
    browser_of,
    code_for,
    emails_to,
    invited,
    link_for,
    verify,
)
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


async def record_of_noor() -> str:
    (noor,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    return f"/staff/children/{noor['public_id']}"


async def test_opening_a_link_many_times_uses_nothing_up(
    client: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    before = await fetch("SELECT * FROM invitation")
    for _ in range(3):
        assert (await client.get(link)).url == "/"
    await client.http.head(link)
    assert await fetch("SELECT * FROM invitation") == before


async def test_the_link_does_not_stay_in_the_address_bar(
    client: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    client.http.follow_redirects = False
    answered = await client.http.get(link)
    assert (answered.status_code, answered.headers["location"]) == (303, "/")


async def test_a_link_runs_out_after_28_days(client: Client, staff: Client, settings: Settings, clock: Clock) -> None:
    link = await invited(staff, settings, clock)
    clock.pass_time(days=27, hours=23)
    assert (await client.get(link)).status == 200
    clock.pass_time(hours=1)
    page = await client.get(link)
    assert (page.status, page.heading) == (410, "This invitation has run out")
    assert "01632 960 150" in page.main


async def test_the_team_is_told_once_a_day_that_a_new_link_is_wanted(
    app: ASGIApp, cast: Cast, client: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    record = await record_of_noor()
    clock.pass_time(days=28)
    for _ in range(2):
        page = await client.press(await client.get(link), "Ask for a new one")
        assert "They send you a new code" in page.text
    (email,) = await deliver_all(settings, clock)
    assert email.to == "north@westmere.example"
    assert links_in(email) == [record]
    staff = await browser_of(app, cast.dee, clock)
    page = await staff.get(record)
    assert "Ran out. Send a new code to start again" in page.main
    await staff.press(page, "Resend code")
    await verify(staff, record, await code_for(ANNA, settings, clock))
    assert (await client.get(await link_for(ANNA, settings, clock))).status == 200


async def test_nobody_can_ask_for_a_link_that_still_works(
    client: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    page = await client.get("/")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    answered = await client.post("/invitations/ask", {"csrf_token": token, "token": link.rpartition("/")[2]})
    assert answered.status == 404
    assert await deliver_all(settings, clock) == []


async def test_a_used_link_says_so(
    app: ASGIApp, client: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    await answer(await browser_of(app, await person("Anna Aziz", clock.now), clock))
    page = await client.get(link)
    assert (page.status, page.heading) == (410, "This invitation has been used")


async def test_a_cancelled_link_says_so(client: Client, staff: Client, settings: Settings, clock: Clock) -> None:
    link = await invited(staff, settings, clock)
    page = await staff.press(await staff.get(await record_of_noor()), "Cancel invitation")
    assert "Cancelled" in page.main
    page = await client.get(link)
    assert (page.status, page.heading) == (410, "This invitation has been cancelled")


@pytest.mark.parametrize("token", ["x" * 43, "x", "%00", "é", "x" * 3000])
async def test_an_unknown_link_says_so(client: Client, token: str) -> None:
    page = await client.get(f"/invitations/{token}")
    assert (page.status, page.heading) == (404, "We do not know this invitation")


async def test_a_newer_link_ends_the_old_one(client: Client, staff: Client, settings: Settings, clock: Clock) -> None:
    old = await invited(staff, settings, clock)
    await staff.press(await staff.get(await record_of_noor()), "Resend invitation")
    new = await link_for(ANNA, settings, clock)
    assert (await client.get(old)).status == 404
    assert (await client.get(new)).status == 200


async def test_an_email_that_was_overtaken_is_not_sent(staff: Client, settings: Settings, clock: Clock) -> None:
    page = await add_child(staff)
    await staff.press(page, "Resend code")
    assert len(await emails_to(ANNA, settings, clock)) == 1


async def test_an_account_with_another_address_sees_neither_child_nor_address(
    app: ASGIApp, cast: Cast, staff: Client, settings: Settings, clock: Clock
) -> None:
    link = await invited(staff, settings, clock)
    carol = await browser_of(app, cast.carol, clock)
    page = await carol.get(link)
    assert page.heading == "Account Setup"
    assert "sent to another email address: a…@example.com" in page.main
    assert "01632 960 150" in page.main
    assert "Noor" not in page.text
    assert ANNA not in page.text


async def test_neither_code_nor_link_is_stored(staff: Client, settings: Settings, clock: Clock) -> None:
    record = (await add_child(staff)).url
    code = await code_for(ANNA, settings, clock)
    await verify(staff, record, code)
    token = (await link_for(ANNA, settings, clock)).rpartition("/")[2]
    for table in ("invitation", "notice", "audit_detail", "audit_entry", "once", "session"):
        stored = str([dict(row) for row in await fetch(f"SELECT * FROM {table}")])
        assert code not in stored
        assert token not in stored
