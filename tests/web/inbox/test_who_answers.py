"""A message is given to a colleague who may see the child; templates begin the answer, and are never sent unseen."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.answers.templates import add_first_templates
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, gather, person, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(app: ASGIApp, client: Client, clock: Clock, settings: Settings) -> Cast:
    """Amal has written; Dee, the caseworker, is signed in; Pat is of the same team."""
    cast = await gather(clock.now)
    await add_first_templates(now=clock.now)
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        page = await parent.get(f"/children/{cast.priya.public_id}/messages/new")
        await parent.press(page, "Send", message_type="Annual Review", subject="The bus", message="When does it come?")
    await deliver_all(settings, clock)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def opened(client: Client) -> Page:
    return await client.get((await client.get("/staff/inbox")).link("The bus"))


async def test_a_colleague_is_given_the_message_and_told(
    client: Client, cast: Cast, clock: Clock, settings: Settings
) -> None:
    pat = await person("Pat Reed", clock.now, "caseworker", cast.north)
    page = await client.press(await opened(client), "Assign", colleague=pat.public_id)
    assert "Pat Reed answers this." in page.text
    (email,) = await deliver_all(settings, clock)
    assert email.to == "pat@example.com"
    assert "Priya" not in email.text
    await sign_in(client, pat, clock.now)
    assert (await client.get(links_in(email)[0])).heading == "The bus"
    assert "The bus" in (await client.get("/staff/inbox?show=mine")).main
    await sign_in(client, cast.dee, clock.now)
    assert "Nothing like that is waiting" in (await client.get("/staff/inbox?show=mine")).main


async def test_nobody_who_may_not_see_the_child_can_be_given_it(client: Client, cast: Cast) -> None:
    page = await client.press(await opened(client), "Assign", colleague=cast.ed.public_id)
    assert page.problems == ["Choose a colleague who may see this child’s record"]


async def test_the_inbox_is_narrowed_to_a_type_and_taken_as_a_file(client: Client, cast: Cast) -> None:
    assert "Nothing like that" in (await client.get("/staff/inbox?kind=Complaint")).main
    answer = await client.http.get("/staff/inbox.csv?kind=Annual+Review")
    assert "Priya Khan,PRI42,Amal Khan,Annual Review,The bus,Dee Shaw" in answer.text


async def test_what_waits_too_long_is_said(client: Client, cast: Cast, clock: Clock) -> None:
    clock.pass_time(days=8)
    await sign_in(client, cast.dee, clock.now)
    assert "Waiting 8 days, too long" in (await client.get("/staff/inbox")).main


async def test_a_template_is_put_below_what_was_typed_and_not_sent(
    client: Client, cast: Cast, clock: Clock, settings: Settings
) -> None:
    page = await client.get((await opened(client)).link("Reply"))
    choice = next(one.get("value") for one in page.all("//select[@id='template']/option") if "Let us talk" in one.text)
    page = await client.press(page, "Use this answer", message="At 8am.", template=choice)
    assert page.status == 200
    text = page.field("message")
    assert text.startswith("At 8am.\n\nDear Amal Khan,")
    assert "01632 960150" in text
    assert "PRI42" in text
    assert not await deliver_all(settings, clock)
    await client.press(page, "Send")
    assert len(await deliver_all(settings, clock)) == 1


async def test_a_field_without_a_value_is_never_sent(
    client: Client, cast: Cast, clock: Clock, settings: Settings
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'withdrawn', next_deadline = NULL WHERE child = {}", cast.priya.id)
    page = await client.get((await opened(client)).link("Reply"))
    choice = next(one.get("value") for one in page.all("//select[@id='template']/option") if "happens next" in one.text)
    page = await client.press(page, "Use this answer", template=choice)
    text = page.field("message")
    refused = await client.press(page, "Send")
    assert refused.status == 422
    assert refused.problems == ["Put the right words in place of {next date}, or take it out"]
    assert refused.field("message") == text
    await client.press(refused, "Send", message=text.replace("{next date}", "not set yet"))
    assert len(await deliver_all(settings, clock)) == 1


async def test_no_template_chosen_is_said(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get((await opened(client)).link("Reply")), "Use this answer")
    assert page.problems == ["Choose an answer template"]


async def test_families_are_offered_no_template(app: ASGIApp, cast: Cast, clock: Clock) -> None:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        page = await parent.get(f"/children/{cast.priya.public_id}/messages/new")
        assert not page.all("//select[@id='template']")
        fields = {"press": "template", "csrf_token": page.one("//main//input[@name='csrf_token']").get("value")}
        assert (await parent.post(page.url, fields)).status == 404
