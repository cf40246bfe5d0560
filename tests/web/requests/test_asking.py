"""A parent asks for an assessment on short pages that are kept, and sends it once."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import gather, sign_in
from tests.web.requests.steps import NEXT, NOOR, START, answer, ask_as_parent, fill_as_parent
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def test_the_request_opens_a_case_and_says_the_dates(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get((await client.get("/children")).link("Ask for an assessment"))
    assert "Within 6 weeks" in page.main
    assert "by letter" in page.main
    page = await client.get(page.link("Start"))
    assert page.heading == "Who is asking?"

    page = await fill_as_parent(client)
    assert page.heading == "Check your answers"
    assert "So are loud rooms." in page.main
    assert "WM2 4AB" in page.main
    page = await client.press(page, "Send the request")

    assert page.heading == "We have your request"
    row = (await fetch("SELECT c.*, k.received_on, k.source FROM child c JOIN ehc_case k ON k.child = c.id"
                       " WHERE forename = 'Noor'"))[0]  # fmt: skip
    assert row["case_reference"] in page.main
    assert (row["received_on"], row["source"], row["caseworker"]) == (clock.now.date(), "parent", None)
    assert (row["surname"], row["date_of_birth"]) == ("Khan", date(2018, 3, 27))
    children = await client.get("/children")
    assert "Noor Khan Your access is being processed." in children.main


async def test_the_asker_and_the_team_get_an_email_without_the_childs_name(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await ask_as_parent(client)
    mails = {mail.to: mail for mail in await deliver_all(settings, clock)}
    assert set(mails) == {"amal@example.com", "north@westmere.example"}
    reference = (await fetch("SELECT case_reference FROM child WHERE forename = 'Noor'"))[0]["case_reference"]
    for mail in mails.values():
        assert reference in mail.subject
        assert "Noor" not in mail.text + mail.subject
    assert "We tell you by Monday 20 April 2026" in mails["amal@example.com"].text
    assert "/request" in mails["north@westmere.example"].text


async def test_leaving_and_coming_back_loses_nothing_right_or_wrong(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await answer(client, "who", asker="carer")
    page = await answer(client, "child", **(NOOR | {"postcode": "nowhere"}))
    assert page.status == 422
    assert page.problems == ["Enter a full UK postcode, like SW1A 1AA"]
    page = await client.get(START)
    assert "You have begun a request" in page.main
    page = await client.get(page.link("Go on with it"))
    assert page.url == f"{START}/child"
    assert (page.field("forename"), page.field("postcode")) == ("Noor", "nowhere")
    page = await client.press(page, NEXT, postcode="WM2 4AB")
    assert page.url == f"{START}/needs"
    assert (await client.get(page.link("Back"))).field("setting") == "Lakeside Primary"


async def test_what_was_begun_can_be_deleted(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await answer(client, "who", asker="carer")
    page = await client.press(await client.get(START), "Delete it")
    assert "deleted" in page.text
    assert page.link("Start") == f"{START}/who"
    assert not await fetch("SELECT id FROM assessment_draft")


async def test_changing_one_answer_comes_straight_back_to_the_last_look(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await fill_as_parent(client)
    page = await client.press(await client.get(page.link("Change home postcode")), NEXT, postcode="WM1 1AA")
    assert page.heading == "Check your answers"
    assert "WM1 1AA" in page.main


async def test_nothing_is_sent_while_an_answer_is_missing(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await answer(client, "who", asker="parent")
    page = await client.get(f"{START}/check")
    assert page.link("Write what is difficult. A few words are enough") == f"{START}/needs"
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    page = await client.post(f"{START}/check", {"csrf_token": token, "once": "x"})
    assert page.problems == ["Some answers are missing. They are listed on this page"]
    assert len(await fetch("SELECT id FROM ehc_case")) == 2


async def test_pressing_twice_sends_once(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await fill_as_parent(client)
    first, second = await client.press(page, "Send the request"), await client.press(page, "Send the request")
    assert first.url == second.url == f"{START}/sent"
    assert len(await fetch("SELECT id FROM assessment_request")) == 1
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1


async def test_asking_twice_for_the_same_child_is_told_to_the_one_who_asked(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await ask_as_parent(client)
    page = await fill_as_parent(client, forename="NOOR")
    page = await client.press(page, "Send the request")
    assert page.problems[0].startswith("You have asked for this child already")


async def test_nobody_else_sees_what_was_typed_or_sent(client: Client, app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await ask_as_parent(client)
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        assert (await carol.get(f"{START}/sent")).status == 404
        assert (await carol.get(f"{START}/check")).url == START
