"""A manager keeps the teams and says which forms are offered; families and caseworkers see it at once."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.forms.library import load_forms
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.web.requests.steps import ask_as_parent

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


async def test_a_new_request_goes_only_to_a_team_that_takes_them(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    page = await client.get("/staff/manage/teams/new")
    address = {"phone": "01632 960199", "email": "e@westmere.example"}
    await client.press(page, "Add", name="Tribunals", takes_new_requests="no", **address)
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        await ask_as_parent(parent)
    (noor,) = await fetch("SELECT t.name FROM child c JOIN team t ON t.id = c.team WHERE c.forename = 'Noor'")
    assert noor["name"] in {"North", "South"}


async def test_some_team_takes_new_requests(client: Client, cast: Cast) -> None:
    pages = [await client.get((await client.get("/staff/manage/teams")).link(name)) for name in ("North", "South")]
    await client.press(pages[0], "Save", takes_new_requests="no")
    page = await client.press(pages[1], "Save", takes_new_requests="no")
    assert page.problems == ["At least one team must take new requests"]
    taking = await fetch("SELECT name FROM team WHERE takes_new_requests")
    assert [row["name"] for row in taking] == ["South"]


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
    assert "is no longer offered" in page.text
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
