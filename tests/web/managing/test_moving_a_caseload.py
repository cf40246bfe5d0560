"""A manager looks at what would happen, and then moves a caseload; the urgent ones are spread evenly."""

from datetime import timedelta

import pytest

from db.tables import Child, Notice
from portal.staff import moving
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, child, gather, person, sign_in

pytestmark = pytest.mark.anyio
START = "/staff/manage/caseload"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def caseworker(one: Child) -> int | None:
    rows = await Child.select(Child.caseworker).where(Child.id == one.id)
    found: int | None = rows[0]["caseworker"]
    return found


async def test_the_caseload_is_dealt_out_after_a_look(client: Client, cast: Cast, clock: Clock) -> None:
    today = clock.now.date()
    more = [await child(f"K{n}t Poe", cast.north, cast.dee, clock.now, today - timedelta(n)) for n in (1, 2, 3)]
    fay, gus = [await person(name, clock.now, "caseworker", cast.north) for name in ("Fay Holt", "Gus Ford")]
    page = await client.get(START)
    page = await client.press(
        page, "Look at what would happen", giver=cast.dee.public_id, takers=[fay.public_id, gus.public_id]
    )
    assert "4 children of “Dee Shaw” get another caseworker" in page.main
    assert await caseworker(cast.priya) == cast.dee.account
    page = await client.press(page, "Move them and tell the families")
    assert "4 children have another caseworker now" in page.text
    owners = [await caseworker(one) for one in (cast.priya, *more)]
    assert sorted(owner or 0 for owner in owners) == sorted([fay.account, gus.account] * 2)
    mailed = await Notice.select(Notice.email).where(Notice.kind == "caseworker_changed")
    assert {row["email"] for row in mailed} == {"amal@example.com", "ben@example.com"}


async def test_pressing_twice_moves_once(client: Client, cast: Cast, clock: Clock) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    asked = {"giver": cast.dee.public_id, "takers": fay.public_id}
    page = await client.press(await client.get(START), "Look at what would happen", **asked)
    for _ in range(2):
        done = await client.press(page, "Move them and tell the families")
        assert "1 child has another caseworker now" in done.text


async def test_children_without_a_caseworker_are_shared_out(client: Client, cast: Cast) -> None:
    await Child.update({Child.caseworker: None}).where(Child.id == cast.priya.id)
    page = await client.press(
        await client.get(START), "Look at what would happen", giver="nobody", takers=cast.dee.public_id
    )
    await client.press(page, "Move them and tell the families")
    assert await caseworker(cast.priya) == cast.dee.account
    assert await caseworker(cast.omar) == cast.ed.account


async def test_what_cannot_be_moved_is_said(client: Client, cast: Cast, clock: Clock) -> None:
    page = await client.press(await client.get(START), "Look at what would happen")
    assert page.problems == ["Choose whose caseload is moved", "Choose who takes it over"]
    page = await client.press(page, "Look at what would happen", giver=cast.dee.public_id, takers=cast.dee.public_id)
    assert page.problems == ["Choose at least one colleague, and not the one whose caseload is moved"]
    page = await client.press(page, "Look at what would happen", giver=cast.mo.public_id, takers=cast.dee.public_id)
    assert page.problems == ["There are no children to move"]


async def test_only_the_children_that_were_looked_at_are_moved(client: Client, cast: Cast, clock: Clock) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    asked = {"giver": cast.dee.public_id, "takers": fay.public_id}
    look = await client.press(await client.get(START), "Look at what would happen", **asked)
    await Child.update({Child.caseworker: cast.dee.account}).where(Child.id == cast.omar.id)
    page = await client.press(look, "Move them and tell the families")
    assert page.problems == ["This caseload has changed since you looked. Look at it again, then move it"]
    assert await caseworker(cast.priya) == await caseworker(cast.omar) == cast.dee.account
    look = await client.press(page, "Look at what would happen")
    assert "2 children of “Dee Shaw”" in look.main
    assert "2 children have another caseworker" in (await client.press(look, "Move them and tell the families")).text


async def test_children_who_changed_places_since_the_look_are_not_moved(
    client: Client, cast: Cast, clock: Clock
) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    asked = {"giver": cast.dee.public_id, "takers": fay.public_id}
    look = await client.press(await client.get(START), "Look at what would happen", **asked)
    await Child.update({Child.caseworker: cast.dee.account}).where(Child.id == cast.omar.id)
    await Child.update({Child.caseworker: cast.ed.account}).where(Child.id == cast.priya.id)
    assert (await client.press(look, "Move them and tell the families")).problems
    assert await caseworker(cast.omar) == cast.dee.account


async def test_what_is_too_much_at_once_is_said(client: Client, cast: Cast, clock: Clock) -> None:
    await Child.update({Child.caseworker: cast.dee.account}).where(Child.id == cast.omar.id)
    plan = await moving.plan(cast.mo, cast.dee.public_id, [cast.ed.public_id], today=clock.now.date(), most=1)
    assert (plan.children, plan.left) == (1, 1)
