"""A manager keeps the message types and the answer templates; families and caseworkers see the change at once."""

import asyncio

import pytest
from litestar.types import ASGIApp

from portal.answers.templates import add_first_templates
from portal.errors import RuleBroken
from portal.messages import types
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.web.inbox.test_what_still_waits import wrote

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await add_first_templates(now=clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def offered(app: ASGIApp, cast: Cast, clock: Clock) -> list[str]:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        page = await parent.get(f"/children/{cast.priya.public_id}/messages/new")
        return [one.get("value") for one in page.all("//select[@id='message_type']/option") if one.get("value")]


async def test_a_type_is_added_renamed_moved_and_switched_off(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    await client.press(await client.get("/staff/message-types"), "Add", name="Complaint")
    assert await offered(app, cast, clock) == ["Annual Review", "Complaint"]
    page = await client.get((await client.get("/staff/message-types")).link("Rename “Complaint”"))
    page = await client.press(page, "Keep", name="A complaint")
    await client.press(page, "Move up “A complaint”")
    assert await offered(app, cast, clock) == ["A complaint", "Annual Review"]
    await client.press(await client.get("/staff/message-types"), "Switch off “A complaint”")
    assert await offered(app, cast, clock) == ["Annual Review"]


async def test_the_last_type_stays_on_and_names_are_not_doubled(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get("/staff/message-types"), "Switch off “Annual Review”")
    assert page.problems == ["One message type must stay on, so that families can write"]
    page = await client.press(page, "Add", name="Annual Review")
    assert page.problems == ["There is a message type with this name already"]


async def test_a_name_is_added_once_however_it_is_written(cast: Cast, clock: Clock) -> None:
    both = [types.add_type(cast.mo, name, now=clock.now) for name in ("Transport", "transport")]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [RuleBroken]
    assert [one.name.lower() for one in await types.kept_types()].count("transport") == 1


async def test_two_managers_at_once_cannot_switch_off_the_last_two(cast: Cast, clock: Clock) -> None:
    await types.add_type(cast.mo, "Transport", now=clock.now)
    both = [types.switch_type(cast.mo, one.id, on=False, now=clock.now) for one in await types.kept_types()]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [RuleBroken]
    assert [one.active for one in await types.kept_types()].count(True) == 1


async def test_a_template_is_added_changed_and_switched_off(client: Client, cast: Cast, clock: Clock) -> None:
    page = await client.press(await client.get("/staff/templates/new"), "Keep", name="Panel", body="On {next date}.")
    page = await client.get(page.link("Change “Panel”"))
    page = await client.press(page, "Keep", body="The panel meets on {next date}.", active="")
    assert "Panel (switched off)" in page.main
    await sign_in(client, cast.dee, clock.now)
    page = await client.get("/staff/templates")
    assert "Panel" not in page.main
    assert "We have your message" in page.main
    assert (await client.get("/staff/templates/new")).status == 404


async def test_an_unknown_field_is_refused_and_the_text_stays(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get("/staff/templates/new"), "Keep", name="Bad", body="Dear {mum}")
    assert page.problems[0].startswith("There is no field {mum}.")
    assert page.field("body") == "Dear {mum}"


async def test_a_caseworker_keeps_no_message_types(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    assert (await client.get("/staff/message-types")).status == 404


async def test_pressing_twice_adds_one_and_moves_it_up_once(client: Client, cast: Cast) -> None:
    for name in ("B", "C"):
        page = await client.get("/staff/message-types")
        for _ in range(2):
            assert f"“{name}” is added" in (await client.press(page, "Add", name=name)).text
    page = await client.get("/staff/message-types")
    for _ in range(2):
        await client.press(page, "Move up “C”")
    assert [one.name for one in await types.kept_types()] == ["Annual Review", "C", "B"]


async def test_what_waits_is_found_by_the_name_that_its_type_had(client: Client, cast: Cast, clock: Clock) -> None:
    await wrote(cast.priya, cast.amal, clock.now, "The bus")
    (one,) = await types.kept_types()
    await types.rename_type(cast.mo, one.id, "Yearly review", now=clock.now)
    page = await client.get("/staff/inbox")
    choices = {option.get("value"): option.text.strip() for option in page.all("//select[@name='kind']/option")}
    assert choices == {
        "": "All types",
        "Yearly review": "Yearly review",
        "Annual Review": "Annual Review (former name)",
    }
    assert "The bus" in (await client.get("/staff/inbox?kind=Annual+Review")).main
