"""The SEND team sees who asked, what they said, and whether the child may be here twice."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.web.requests.steps import ask_as_parent

pytestmark = pytest.mark.anyio

PRIYAS_BIRTHDAY = {"date_of_birth-day": "2", "date_of_birth-month": "4", "date_of_birth-year": "2018"}


async def requested(app: ASGIApp, cast: Cast, clock: Clock, **child: str) -> str:
    """Carol asks for a child. Gives the public id."""
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        await ask_as_parent(carol, **child)
    (made,) = await fetch("SELECT public_id FROM child ORDER BY id DESC LIMIT 1")
    return str(made["public_id"])


async def test_the_asker_waits_at_access_requests_and_is_let_in_from_there(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get("/staff/access")
    assert page.link("Asked for an assessment of Noor Khan") == f"/staff/children/{noor}/request"
    assert "Another child" not in page.main
    await client.press(page, "Activate")
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        assert (await carol.get(f"/children/{noor}")).status == 200


async def test_the_request_is_read_with_all_that_was_said(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    assert "Noor Khan" in (await client.get("/staff")).main
    record = await client.get(f"/staff/children/{noor}")
    page = await client.get(record.link("Read the request"))
    assert page.heading == "The request for Noor Khan"
    for said in ("Carol Jones", "Reading is hard.", "Lakeside Primary", "WM2 4AB", "Yes, you may ask them"):
        assert said in page.main
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(f"/staff/children/{noor}/request")).status == 404


async def test_the_team_is_warned_of_another_child_with_the_same_name_and_birthday(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    second = await requested(app, cast, clock, forename="priya", surname="Khan", **PRIYAS_BIRTHDAY)
    await sign_in(client, cast.mo, clock.now)
    assert "Another child has the same name and date of birth" in (await client.get("/staff/access")).main
    page = await client.get(f"/staff/children/{second}")
    assert page.link("Case PRI42") == f"/staff/children/{cast.priya.public_id}"
    assert "Another child" in (await client.get(f"/staff/children/{cast.priya.public_id}")).main
    assert "Another child" not in (await client.get(f"/staff/children/{cast.omar.public_id}")).main


async def test_a_child_of_another_team_is_named_but_not_opened(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    twin = await requested(app, cast, clock)
    await fetch(
        "UPDATE child SET (forename, surname, date_of_birth) = ('Omar', 'Jones', '2018-04-02'),"
        " team = {} WHERE public_id = {}",
        cast.north.id,
        twin,
    )
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{twin}")
    assert "Case OMA42, South" in page.main
    assert not page.all("//a[contains(., 'OMA42')]")


async def test_a_child_who_was_added_by_the_team_has_no_request(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}")
    assert "Read the request" not in page.text
    assert (await client.get(f"/staff/children/{cast.priya.public_id}/request")).status == 404
