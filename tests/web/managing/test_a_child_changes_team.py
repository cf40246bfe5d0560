"""A child goes to another team: with its caseworker, alone, or with a whole caseload. Sight of it goes along."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Child
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


def record(cast: Cast) -> str:
    return f"/staff/children/{cast.priya.public_id}"


async def where(cast: Cast) -> tuple[int, int | None]:
    (row,) = await Child.select(Child.team, Child.caseworker).where(Child.id == cast.priya.id)
    return row["team"], row["caseworker"]


async def test_with_a_caseworker_of_another_team_the_child_goes_there(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    dee, ed = [await sign_in(Client(app), who, clock.now) for who in (cast.dee, cast.ed)]
    page = await client.get((await client.get(record(cast))).link("Move to another caseworker or team"))
    assert "everybody in North but managers loses sight of this record at once" in page.main
    page = await client.press(page, "Move the case and tell the family", caseworker=cast.ed.public_id)
    assert page.url == record(cast)
    assert await where(cast) == (cast.south.id, cast.ed.account)
    assert ((await dee.get(record(cast))).status, (await ed.get(record(cast))).status) == (404, 200)
    told = await fetch("SELECT email FROM notice WHERE kind = 'caseworker_changed' ORDER BY email")
    assert [one["email"] for one in told] == ["amal@example.com", "ben@example.com"]
    trail = (await client.get("/staff/manage/audit?group=staff:child:")).main
    assert "team is: South" in trail
    assert "team was: North" in trail


async def test_a_child_may_go_to_a_team_that_has_not_named_somebody_yet(client: Client, cast: Cast) -> None:
    page = await client.get(f"{record(cast)}/team")
    await client.press(page, "Move the case and tell the family", caseworker=f"team:{cast.south.id}")
    assert await where(cast) == (cast.south.id, None)


async def test_a_team_that_does_not_exist_is_not_taken(client: Client, cast: Cast) -> None:
    page = await client.get(f"{record(cast)}/team")
    for odd in ("team:0", "team:x", "team:", "somebody"):
        refused = await client.press(page, "Move the case and tell the family", caseworker=odd)
        assert refused.problems == ["Choose a colleague"]
    refused = await client.press(page, "Move the case and tell the family", caseworker="")
    assert refused.problems == ["Choose who takes the case over"]


async def test_a_caseworker_moves_no_child_out_of_the_team(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    assert (await client.get(f"{record(cast)}/team")).status == 404
    page = await client.get("/staff")
    refused = await client.press(page, "Assign", child=cast.priya.public_id, caseworker=f"team:{cast.south.id}")
    assert refused.problems == ["Choose a colleague"]
    assert await where(cast) == (cast.north.id, cast.dee.account)


async def test_the_look_before_a_caseload_moves_says_who_changes_team(client: Client, cast: Cast) -> None:
    asked = {"giver": cast.dee.public_id, "takers": cast.ed.public_id}
    page = await client.press(await client.get("/staff/manage/caseload"), "Look at what would happen", **asked)
    assert "1 child changes team. The old team no longer sees them" in page.main
    await client.press(page, "Move them and tell the families")
    assert await where(cast) == (cast.south.id, cast.ed.account)
