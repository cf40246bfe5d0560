"""A manager keeps the teams and says which forms are offered; families and caseworkers see it at once."""

import pytest
from litestar.types import ASGIApp

from portal.forms.library import load_forms
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def test_a_team_is_added_and_changed_and_families_see_its_number(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    page = await client.get("/staff/manage/teams/new")
    page = await client.press(page, "Add", name="East", phone="01632 960199", email="east@westmere.example")
    assert "East" in page.main
    page = await client.get(page.link("North"))
    await client.press(page, "Save", phone="01632 960177")
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        assert "01632 960177" in (await parent.get(f"/children/{cast.priya.public_id}")).main


async def test_two_teams_cannot_have_one_name(client: Client, cast: Cast) -> None:
    page = await client.get("/staff/manage/teams/new")
    page = await client.press(page, "Add", name="north", phone="01632 960199", email="n@westmere.example")
    assert page.problems == ["There is a team with this name already"]
    assert (await client.get("/staff/manage/teams/999999")).status == 404


async def test_a_form_that_is_switched_off_cannot_be_asked_for(client: Client, cast: Cast) -> None:
    form = load_forms().latest[0]
    new = f"/staff/children/{cast.priya.public_id}/actions/new"
    assert form.title in (await client.get(new)).main
    page = await client.press(await client.get("/staff/manage/forms"), f"Switch off “{form.title}”")
    assert "is offered no more" in page.text
    page = await client.get(new)
    assert form.title not in page.main
    await client.press(await client.get("/staff/manage/forms"), f"Switch on “{form.title}”")
    assert form.title in (await client.get(new)).main


async def test_caseworkers_do_not_manage(client: Client, cast: Cast, clock: Clock) -> None:
    assert "Manage" in (await client.get("/staff")).text
    await sign_in(client, cast.dee, clock.now)
    assert "/staff/manage" not in (await client.get("/staff")).text
    for path in ("", "/people", "/people.csv", "/teams", "/caseload", "/stages", "/forms", "/audit", "/audit.csv"):
        assert (await client.get(f"/staff/manage{path}")).status == 404
