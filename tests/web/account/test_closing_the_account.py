"""Closing one's own account: what ends, what stays, and coming back."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from portal.tidying import tidy
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import PASSWORD, gather, person, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def close(client: Client, password: str = PASSWORD) -> Page:
    return await client.press(await client.get("/account/close"), "Close my account", current_password=password)


async def test_the_page_says_what_ends_and_what_stays(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/close")
    assert "You no longer see the record of Priya Khan on this website" in page.main
    assert "By law it is part of the child’s record" in page.main


@pytest.mark.parametrize(
    ("basis", "by_post"),
    [("parental_responsibility", True), ("young_person", True), ("representative", True), ("professional", False)],
)
async def test_only_who_is_owed_letters_reads_that_they_come_by_post(
    client: Client, settings: Settings, clock: Clock, basis: str, by_post: bool
) -> None:
    cast = await gather(clock.now)
    await fetch("UPDATE relationship SET basis = {} WHERE account = {}", basis, cast.amal.account)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/close")
    assert ("We write to you by post instead. Check your address first." in page.main) is by_post
    await close(client)
    email = await last_email(settings, clock)
    assert ("We write to you by post from now on" in email.text) is by_post
    assert ("What you sent stays in the child’s record, with your name" in email.text) is not by_post


async def test_closing_ends_every_session_and_every_access_and_mails_me(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as phone:
        await sign_in(phone, cast.amal, clock.now)
        page = await close(client)
        assert page.heading == "Your account is closed"
        assert (await phone.get("/children")).heading == "Westmere Portals"
    assert (await client.get("/children")).heading == "Westmere Portals"
    email = await last_email(settings, clock)
    assert (email.to, email.subject) == ("amal@example.com", "Your account is closed")
    row = await fetch_one("SELECT state FROM relationship WHERE account = {}", cast.amal.account)
    assert row == {"state": "ended"}
    assert await fetch_one("SELECT id FROM audit_entry WHERE event = 'accounts:account:closed'")
    assert await fetch_one("SELECT id FROM audit_entry WHERE event = 'family:access:given_up' AND child IS NOT NULL")


async def test_the_secrets_are_deleted_and_the_name_stays(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    row = await fetch_one(
        "SELECT forename, email, password_hash, totp_secret FROM account WHERE id = {}", cast.amal.account
    )
    assert row == {"forename": "Amal", "email": "amal@example.com", "password_hash": "", "totp_secret": ""}


async def test_the_caseworker_sees_it_on_the_childs_page_and_the_other_parent_goes_on(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    async with Client(app) as dee, Client(app) as ben:
        await sign_in(dee, cast.dee, clock.now)
        page = await dee.get(f"/staff/children/{cast.priya.public_id}")
        assert "They closed their account" in page.main
        await sign_in(ben, cast.ben, clock.now)
        assert (await ben.get(f"/children/{cast.priya.public_id}")).status == 200


async def test_a_wrong_password_closes_nothing(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await close(client, "Wrong horse battery 9")
    assert page.problems == ["Enter the password that you use now"]
    assert (await client.get("/account")).heading == "Your account"


async def test_nobody_signs_in_to_a_closed_account_and_no_password_can_be_chosen(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    page = await client.press(await client.get("/"), "Submit", email="amal@example.com", password=PASSWORD)
    assert page.problems == ["Check your email address and password. We could not match them"]
    await deliver_all(settings, clock)
    await client.press(await client.get("/forgotten-password"), "Next", email="amal@example.com")
    assert await deliver_all(settings, clock) == []


async def test_the_same_address_can_register_again_and_sees_nothing_until_it_is_invited(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await close(client)
    await deliver_all(settings, clock)
    page = await client.get("/register/details")
    page = await client.press(page, "Next", forename="Amal", surname="Khan", postcode="WM1 1AA")
    page = await client.press(page, "Next", email="amal@example.com", password=PASSWORD, confirm_password=PASSWORD)
    email = await last_email(settings, clock)
    assert "code" in email.subject.lower()
    page = await client.press(page, "Next", code=code_in(email))
    assert page.heading != "Register a new account - step 3"
    assert "Priya" not in (await client.get("/children")).main
    assert (await client.get(f"/children/{cast.priya.public_id}")).status == 404


async def test_who_never_had_to_do_with_a_record_leaves_no_name_address_or_email(
    client: Client, settings: Settings, clock: Clock
) -> None:
    zoe = await person("Zoe Lone", clock.now)
    await fetch(
        "UPDATE account SET street = 'Mill Lane', telephone = '01632 960001', date_of_birth = '2008-01-01'"
        " WHERE id = {}",
        zoe.account,
    )
    await sign_in(client, zoe, clock.now)
    page = await client.get("/account/close")
    assert "we delete your name, date of birth, address, email and phone number" in page.main
    await close(client)
    email = await last_email(settings, clock)
    assert email.to == "zoe@example.com"
    assert "We have deleted your name" in email.text
    await tidy(now=clock.now)
    (row,) = await fetch("SELECT to_jsonb(a)::text AS it FROM account a WHERE id = {}", zoe.account)
    for personal in ("Zoe", "Lone", "zoe@", "Mill Lane", "960001", "2008"):
        assert personal not in row["it"]
    assert await fetch("SELECT id FROM notice WHERE email ILIKE 'zoe%'") == []


async def test_an_email_that_is_still_owed_is_not_swept_away(client: Client, settings: Settings, clock: Clock) -> None:
    zoe = await person("Zoe Lone", clock.now)
    await sign_in(client, zoe, clock.now)
    await close(client)
    await tidy(now=clock.now)
    assert (await last_email(settings, clock)).to == "zoe@example.com"


async def test_what_was_begun_and_not_sent_is_deleted(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/messages/new")
    await client.press(page, "Save draft", subject="Lunch", message="Half a thought")
    await fetch(
        "INSERT INTO assessment_draft (account, typed, updated_at) VALUES ({}, jsonb_build_object(), {})",
        cast.amal.account,
        clock.now,
    )
    await fetch(
        "INSERT INTO action (public_id, child, account, form_key, form_version, state, answers, assigned_by,"
        " assigned_at, reference) VALUES ('x', {}, {}, 'parent_views', 1, 'in_progress', {}, {}, {}, '')",
        cast.priya.id,
        cast.amal.account,
        '{"hopes": "Half an answer"}',
        cast.dee.account,
        clock.now,
    )
    await close(client)
    assert await fetch("SELECT id FROM message_draft") == await fetch("SELECT id FROM assessment_draft") == []
    (action,) = await fetch("SELECT state, answers FROM action")
    assert action == {"state": "to_do", "answers": "{}"}
