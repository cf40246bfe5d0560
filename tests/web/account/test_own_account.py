"""Your account: what the overview shows, changing details and the password."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all, last_email
from tests.people import PASSWORD, child, gather, give_access, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio
NEW = "Nine quiet herons 9"


async def test_the_overview_leads_to_everything_about_me(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account")
    assert "amal@example.com" in page.main
    assert "Last changed on 9 March 2026" in page.main
    for what, url in (
        ("Change your details", "/account/details"),
        ("Change your email address", "/account/email"),
        ("Change your password", "/account/password"),
        ("Change your authenticator app", "/account/authenticator"),
        ("Change where you are signed in", "/account/sessions"),
        ("Change what we email you about", "/account/notices"),
        ("Look at who opened the record of Priya Khan", f"/children/{cast.priya.public_id}/opened"),
        ("Look at everything we hold about you", "/account/everything"),
        ("Close your account", "/account/close"),
    ):
        assert page.link(what) == url


async def test_the_team_has_no_family_pages_on_its_overview(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get("/account")
    links = [link.get("href") for link in page.all("//main//a")]
    assert "/account/details" in links
    assert not {"/account/close", "/account/notices"} & set(links)
    assert (await client.get("/account/close")).status == 404
    assert (await client.get("/account/notices")).status == 404


async def test_i_change_my_details_and_am_told_by_email(client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/details")
    assert page.field("forename") == "Amal"
    page = await client.press(page, "Save", surname="Khan-Jones", street="Mill Lane", postcode="wm1 1aa")
    assert page.url == "/account"
    assert "Amal Khan-Jones" in page.main
    assert "Mill Lane, WM1 1AA" in page.main
    assert (await last_email(settings, clock)).subject == "Your details were changed"
    entry = await fetch_one(
        "SELECT detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id WHERE event = {}",
        "accounts:details:changed",
    )
    assert entry is not None
    assert entry["detail"] == '{"fields": ["postcode", "street", "surname"]}'


async def test_saving_without_a_change_tells_nobody(client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(await client.get("/account/details"), "Save", postcode="WM1 1AA")
    await client.press(await client.get("/account/details"), "Save")
    assert page.url == "/account"
    assert len(await deliver_all(settings, clock)) == 1


async def test_details_are_checked_as_at_registration(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(
        await client.get("/account/details"), "Save", forename="", postcode="nowhere", telephone="12"
    )
    assert page.problems == [
        "Enter your forename",
        "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        "Enter a full UK postcode, like SW1A 1AA",
    ]
    assert page.field("telephone") == "12"


async def test_a_professional_says_where_they_work(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await fetch_one("UPDATE account SET is_professional = true WHERE id = {}", cast.amal.account)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(await client.get("/account/details"), "Save", postcode="WM1 1AA", job_title="")
    assert page.problems == ["Enter the name of your organisation", "Enter your job title"]
    page = await client.press(page, "Save", organisation="Hill School", job_title="SENCO")
    assert "SENCO, Hill School" in page.main


async def test_the_team_changes_names_and_telephone_only(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get("/account/details")
    assert not page.all("//*[@name='postcode']")
    assert "date of birth" not in page.main
    assert "Dee Shaw-Lee" in (await client.press(page, "Save", surname="Shaw-Lee")).main


async def test_changing_the_password_signs_me_out_elsewhere_and_mails_me(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        page = await client.press(
            await client.get("/account/password"),
            "Change password",
            current_password=PASSWORD,
            password=NEW,
            confirm_password=NEW,
        )
        assert page.url == "/account"
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    assert (await last_email(settings, clock)).subject == "Your password was changed"


async def test_the_current_password_must_be_right(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(
        await client.get("/account/password"),
        "Change password",
        current_password="Wrong horse battery 9",
        password=NEW,
        confirm_password=NEW,
    )
    assert page.problems == ["Enter the password that you use now"]


async def test_over_five_children_one_line_leads_to_them(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    opened = "//main//a[contains(@href, '/opened')]"
    assert len((await client.get("/account")).all(opened)) == 1
    for name in ("Ann Khan", "Bea Khan", "Cal Khan", "Dot Khan", "Eve Khan"):
        made = await child(name, cast.north, cast.dee, clock.now)
        await give_access(cast.amal, made, clock.now)
    page = await client.get("/account")
    assert page.all(opened) == []
    assert "6 children" in page.main
