"""What somebody is emailed about, and what they always are."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from portal import notices
from portal.letters import KINDS
from portal.notices import Recipient
from portal.wishes.rules import TOPICS, topic_of
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

ALWAYS = (
    "decision_recorded decision_struck_out draft_served draft_time_extended exception_recorded document_recalled"
    " lateness_explained"
    " portal_access access_withdrawn sign_in_code sign_in_codes_wrong password_changed email_changed"
    " second_factor_removed"
).split()


def test_every_topic_names_emails_that_exist() -> None:
    assert {kind for topic in TOPICS for kind in topic.kinds} <= KINDS.keys()


@pytest.mark.parametrize("kind", ALWAYS)
def test_what_has_legal_weight_or_keeps_an_account_safe_cannot_be_turned_off(kind: str) -> None:
    assert kind in KINDS
    assert topic_of(kind) is None


async def test_everything_is_on_at_first(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/notices")
    assert len(page.all("//input[@name='topics' and @checked]")) == len(TOPICS)
    assert not page.all("//input[@name='on_paper' and @checked]")


async def test_what_is_turned_off_is_not_emailed_and_the_notice_says_so(
    client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(await client.get("/account/notices"), "Save", topics=["documents", "actions", "case"])
    assert page.url == "/account"
    assert "Documents, Actions, Dates and news of the case" in page.main
    about = {"reference": "PRI42", "child": cast.priya.public_id, "conversation": "1", "message": "1"}
    for adult in (cast.amal, cast.ben):
        await notices.queue("new_message", Recipient.of(adult), about, now=clock.now)
    assert [email.to for email in await deliver_all(settings, clock)] == ["ben@example.com"]
    row = await fetch_one("SELECT result FROM notice WHERE account = {}", cast.amal.account)
    assert row == {"result": "turned_off"}


async def test_a_decision_is_emailed_whatever_was_turned_off(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.press(await client.get("/account/notices"), "Save", topics=[])
    assert "Only what we must tell you" in page.main
    await notices.queue("decision_recorded", Recipient.of(cast.amal), {}, now=clock.now)
    row = await fetch_one("SELECT result FROM notice WHERE account = {}", cast.amal.account)
    assert row == {"result": ""}


async def test_it_can_be_turned_on_again(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await client.press(await client.get("/account/notices"), "Save", topics=[])
    await client.press(await client.get("/account/notices"), "Save", topics=["messages"])
    page = await client.get("/account/notices")
    assert [box.get("value") for box in page.all("//input[@name='topics' and @checked]")] == ["messages"]


async def test_an_unknown_topic_is_left_alone(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await client.press(await client.get("/account/notices"), "Save", topics=["messages", "weather"])
    rows = await fetch("SELECT wish FROM account_wish WHERE account = {} ORDER BY wish", cast.amal.account)
    assert [row["wish"] for row in rows] == ["no_email_actions", "no_email_case", "no_email_documents"]


async def test_the_team_sees_who_would_rather_have_paper(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await client.press(await client.get("/account/notices"), "Save", on_paper="yes")
    assert (await client.get("/account/notices")).all("//input[@name='on_paper' and @checked]")
    async with Client(app) as dee:
        await sign_in(dee, cast.dee, clock.now)
        page = await dee.get(f"/staff/children/{cast.priya.public_id}")
    rows = [row.text_content() for row in page.all("//section[@id='child-people']//tbody/tr")]
    assert ["paper" in row for row in rows] == [True, False]
