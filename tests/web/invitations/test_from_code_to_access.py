"""The whole way: a code by email, a phone call, a link, Account Setup, Activate, the record."""

import re

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email, links_in
from tests.people import PASSWORD, gather, person, sign_in
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


async def register_anna(client: Client, settings: Settings, clock: Clock) -> str:
    """Register in a browser that is not signed in; gives the heading of the page after."""
    page = await client.press(
        await client.get("/register/details"), "Next", forename="Anna", surname="Aziz", postcode="WM1 1AA"
    )
    page = await client.press(page, "Next", email=ANNA, password=PASSWORD, confirm_password=PASSWORD)
    return (await client.press(page, "Next", code=code_in(await last_email(settings, clock)))).heading


async def test_a_family_without_an_account_goes_from_the_code_to_the_record(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    staff = await browser_of(app, cast.dee, clock)
    page = await add_child(staff)
    assert page.heading == "Noor Aziz"
    assert "Code sent. Waiting for them to phone" in page.main
    record = page.url

    page = await verify(staff, record, await code_for(ANNA, settings, clock))
    assert "The code matches" in page.text
    assert "Identity checked and invitation sent" in page.main

    page = await client.get(await link_for(ANNA, settings, clock))
    assert page.url == "/"
    assert "Register for a new account, or sign in" in page.text.replace("Now register", "Register")
    assert await register_anna(client, settings, clock) == "Account Setup"

    page = await client.get("/invitations")
    assert page.title.startswith("Account Setup")
    assert "1 Invitations awaiting approval" in page.main
    noor = page.one("//input[@type='checkbox']").get("value")
    page = await client.press(page, "Confirm", invitation=[noor], answer="yes")
    assert page.url.startswith("/invitations/confirm")
    assert page.title.startswith("Confirm")
    assert "Have you entered all the information you need to?" in page.main
    assert "Noor Aziz" in page.main

    page = await client.press(page, "Submit")
    assert page.url == "/children"
    (email,) = await emails_to(ANNA, settings, clock)
    assert email.subject == "Portal Activation"
    assert links_in(email) == ["/children"]

    page = await staff.get("/staff/access")
    assert "Noor Aziz" in page.main
    assert "Anna Aziz" in page.main
    page = await staff.press(page, "Activate")
    assert "Nobody is waiting for access" in page.main
    (email,) = await emails_to(ANNA, settings, clock)
    assert email.subject == "Portal access to customer SEND record"
    assert links_in(email) == [record.replace("/staff", "")]

    page = await staff.get(record)
    assert "Access given" in page.main
    assert ANNA in page.one("//section[@id='child-people']").text_content()


async def test_no_email_on_the_way_names_the_child(app: ASGIApp, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    anna = await person("Anna Aziz", clock.now)
    staff, family = await browser_of(app, cast.dee, clock), await browser_of(app, anna, clock)
    record = (await add_child(staff)).url
    sent = await deliver_all(settings, clock)
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", sent[0].text)[0]
    await verify(staff, record, code)
    sent += await deliver_all(settings, clock)
    await answer(family)
    await staff.press(await staff.get("/staff/access"), "Activate")
    sent += await deliver_all(settings, clock)
    page = await staff.get(record)
    page = await staff.get(page.one("//section[@id='child-people']//a[contains(@href, 'withdraw')]").get("href"))
    await staff.press(page, "Withdraw access", reason="Court order")
    sent += await deliver_all(settings, clock)
    assert len(sent) == 5
    (case,) = await fetch("SELECT case_reference FROM child WHERE forename = 'Noor'")
    for email in sent:
        assert "Noor" not in email.subject + email.text + email.html
        assert case["case_reference"] in email.text
        assert "Court order" not in email.text


async def test_an_active_parent_has_both_children_in_one_account(
    app: ASGIApp, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    staff, amal = await browser_of(app, cast.dee, clock), await browser_of(app, cast.amal, clock)
    await invited(staff, settings, clock, email="amal@example.com", adult_name="Amal Khan")
    await answer(amal)
    assert "access is being processed" in (await amal.get("/children")).main
    await staff.press(await staff.get("/staff/access"), "Activate")
    page = await amal.get("/children")
    assert "Priya Khan" in page.main
    assert "Noor Aziz" in page.main
    assert "being processed" not in page.main


async def test_two_children_are_answered_one_by_one(app: ASGIApp, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    anna = await person("Anna Aziz", clock.now)
    staff, family = await browser_of(app, cast.dee, clock), await browser_of(app, anna, clock)
    await invited(staff, settings, clock)
    await invited(staff, settings, clock, forename="Zain")
    assert "2 Invitations awaiting approval" in (await family.get("/invitations")).main
    await answer(family, which=1)
    page = await family.get("/invitations")
    assert "1 Invitations awaiting approval" in page.main
    assert "Zain" not in page.main
    assert "Zain Aziz" in (await staff.get("/staff/access")).main


async def test_two_adults_of_one_child_have_each_their_own(app: ASGIApp, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    anna, basil = await person("Anna Aziz", clock.now), await person("Basil Aziz", clock.now)
    staff = await browser_of(app, cast.dee, clock)
    record = (await add_child(staff)).url
    first = await code_for(ANNA, settings, clock)
    page = await staff.get((await staff.get(record)).link("Invite another person"))
    page = await staff.press(
        page, "Send code", email="basil@example.com", adult_name="Basil Aziz", basis="parental_responsibility"
    )
    second = await code_for("basil@example.com", settings, clock)
    assert first != second
    callers = {box.getnext().text_content(): box.get("value") for box in page.all("//input[@name='invitation']")}
    basils = next(value for text, value in callers.items() if text.startswith("Basil"))
    annas = next(value for text, value in callers.items() if text.startswith("Anna"))
    assert (await verify(staff, record, first, invitation=basils)).problems == [
        "That code does not match. Ask them to read it again. 4 tries are left"
    ]
    await verify(staff, record, second, invitation=basils)
    await verify(staff, record, first)
    for who in (anna, basil):
        await answer(await browser_of(app, who, clock))
    page = await staff.get("/staff/access")
    await staff.press(page, "Activate access of Basil Aziz to Noor Aziz")
    await staff.press(await staff.get("/staff/access"), "Activate")
    people = (await staff.get(record)).one("//section[@id='child-people']").text_content()
    assert "Anna Aziz" in people
    assert "Basil Aziz" in people
    assert annas != basils


async def test_the_link_leads_somebody_who_signs_in_to_account_setup(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await person("Anna Aziz", clock.now)
    staff = await browser_of(app, cast.dee, clock)
    page = await client.get(await invited(staff, settings, clock))
    page = await client.press(page, "Submit", email=ANNA, password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.heading == "Account Setup"


async def test_an_invitation_waits_for_a_confirmed_address_even_when_its_link_was_never_opened(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await invited(await browser_of(app, cast.dee, clock), settings, clock)
    await sign_in(client, await person("Anna Aziz", clock.now), clock.now)
    assert "1 Invitations awaiting approval" in (await client.get("/invitations")).main


async def test_a_no_is_seen_by_the_team_and_can_be_taken_back(app: ASGIApp, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    family = await browser_of(app, await person("Anna Aziz", clock.now), clock)
    staff = await browser_of(app, cast.dee, clock)
    record = (await add_child(staff)).url
    await verify(staff, record, await code_for(ANNA, settings, clock))
    await answer(family, "no")
    assert await emails_to(ANNA, settings, clock) == []
    page = await staff.get(record)
    assert "They said no" in page.main
    assert "Nobody is waiting" in (await staff.get("/staff/access")).main
    await staff.press(page, "Resend invitation")
    assert "1 Invitations awaiting approval" in (await family.get("/invitations")).main
