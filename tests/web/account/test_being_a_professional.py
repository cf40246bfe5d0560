"""Somebody says later that they are a professional, or that they are none any more, and the team sees it."""

import json

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio
WORK = {"is_professional": "yes", "organisation": "Hill School", "job_title": "SENCO"}
NOT_ONE = "Access is for a professional, but the account is not registered as one."
IS_ONE = "The account is registered as a professional’s."


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def save(client: Client, **typed: str | list[str]) -> Page:
    return await client.press(await client.get("/account/details"), "Save", **{"postcode": "WM1 1AA", **typed})


async def account(cast: Cast) -> tuple[bool, str, str]:
    (row,) = await fetch("SELECT * FROM account WHERE id = {}", cast.amal.account)
    return row["is_professional"], row["organisation"], row["job_title"]


async def record_as_seen_by_the_team(app: ASGIApp, cast: Cast, clock: Clock) -> str:
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        return (await staff.get(f"/staff/children/{cast.priya.public_id}")).main


async def test_the_box_can_be_ticked_later(client: Client, cast: Cast) -> None:
    page = await save(client, **WORK)
    assert "SENCO, Hill School" in page.main
    assert await account(cast) == (True, "Hill School", "SENCO")
    shown = await client.get("/account/details")
    assert shown.all("//input[@name='is_professional' and @checked]")


async def test_whoever_ticks_it_says_where_they_work(client: Client, cast: Cast) -> None:
    page = await save(client, is_professional="yes", forename="Amala")
    assert page.problems == ["Enter the name of your organisation", "Enter your job title"]
    assert page.field("forename") == "Amala"
    assert page.all("//input[@name='is_professional' and @checked]")
    assert await account(cast) == (False, "", "")


async def test_whoever_unticks_it_has_no_workplace_any_more(client: Client, cast: Cast) -> None:
    await save(client, **WORK)
    page = await save(client, is_professional=[])
    assert "Hill School" not in page.main
    assert await account(cast) == (False, "", "")


async def test_what_is_typed_without_the_tick_is_not_kept(client: Client, cast: Cast) -> None:
    await save(client, organisation="Hill School")
    assert await account(cast) == (False, "", "")


async def test_both_ways_are_in_the_audit_trail(client: Client, cast: Cast) -> None:
    await save(client)
    await save(client, **WORK)
    await save(client, is_professional=[])
    rows = await fetch("SELECT detail FROM audit_detail WHERE detail->'fields' ? 'is_professional' ORDER BY entry")
    details = [json.loads(row["detail"]) for row in rows]
    assert [detail["is_professional"] for detail in details] == ["yes", "no"]
    assert all("Hill School" not in str(detail) for detail in details)


async def test_the_team_sees_it_beside_the_people_with_access(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    assert "Check this" not in await record_as_seen_by_the_team(app, cast, clock)
    await save(client, **WORK)
    main = await record_as_seen_by_the_team(app, cast, clock)
    assert IS_ONE in main
    assert "SENCO, Hill School" in main


async def test_a_professional_who_is_none_any_more_is_pointed_out(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await person("Ann Lee", clock.now)
    await give_access(ann, cast.priya, clock.now, "professional")
    await sign_in(client, ann, clock.now)
    await save(client, **WORK)
    assert NOT_ONE not in await record_as_seen_by_the_team(app, cast, clock)
    await save(client, is_professional=[])
    assert NOT_ONE in await record_as_seen_by_the_team(app, cast, clock)


async def test_nobody_of_the_team_becomes_a_professional(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    page = await client.get("/account/details")
    assert not page.all("//input[@name='is_professional']")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    await client.post("/account/details", {"csrf_token": token, "forename": "Dee", "surname": "Shaw", **WORK})
    assert not await fetch("SELECT id FROM account WHERE is_professional")
