"""A manager says the stages in the council's own words; families read them from then on, rights stay as they are."""

import pytest
from litestar.types import ASGIApp

from portal.cases.stages import standard
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio
REQUEST = "/staff/manage/stages/request"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def read_by_amal(app: ASGIApp, cast: Cast, clock: Clock) -> str:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        return (await parent.get(f"/children/{cast.priya.public_id}")).main


async def test_the_councils_words_reach_the_family_with_the_childs_name(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    page = await client.get(REQUEST)
    page = await client.press(page, "Keep these words", name="We have your letter", now="We read about {child}.")
    assert "We have your letter" in page.main
    read = await read_by_amal(app, cast, clock)
    assert "We have your letter" in read
    assert "We read about Priya." in read
    assert "You may ask for an assessment yourself" in read


async def test_a_stages_name_holds_no_child(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get(REQUEST), "Keep these words", name="We got {child}’s request")
    assert page.status == 422
    assert page.problems[0].startswith("The name of a stage stands in lists too")


async def test_a_look_keeps_nothing(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    page = await client.press(await client.get(REQUEST), "Look at them first", now="We look after {child}.")
    assert "We look after Sam." in page.main
    assert "{child}" in page.one("//textarea[@id='now']").text
    assert "We look after" not in await read_by_amal(app, cast, clock)


async def test_an_empty_box_goes_back_to_the_standard_words(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    await client.press(await client.get(REQUEST), "Keep these words", name="We have your letter")
    await client.press(await client.get(REQUEST), "Keep these words", name="")
    assert standard().stages["request"].name in await read_by_amal(app, cast, clock)
    page = await client.get(REQUEST)
    assert "Back to the standard words" in page.main
    assert "Mo Bell" in page.main


async def test_brackets_and_long_names_are_refused(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get(REQUEST), "Keep these words", name="x" * 41, who="{name} does")
    assert page.problems == ["Name of the stage must be 40 characters or fewer"]
    page = await client.press(page, "Keep these words", name="Short")
    assert page.problems == ["Write {child} for the child’s forename, and no other curly brackets"]
    assert page.one("//textarea[@id='who']").text.strip() == "{name} does"
    assert (await client.get("/staff/manage/stages/none")).status == 404
