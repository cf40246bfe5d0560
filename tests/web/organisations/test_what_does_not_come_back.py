"""What ended for one person by name comes back with no workplace; and nobody works at one place twice."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.web.organisations.test_working_at_a_school import (
    asked,
    place,
    professional,
    sam_works_there,
    says_yes,
    school,
    sees,
)
from tests.web.organisations.test_working_at_two_places import clinic

pytestmark = pytest.mark.anyio


async def withdraw(client: Client, cast: Cast, clock: Clock, who: Actor) -> None:
    await sign_in(client, cast.dee, clock.now)
    record = await client.get(f"/staff/children/{cast.priya.public_id}")
    page = await client.get(record.link(f"Withdraw access of {who.name}"))
    await client.press(page, "Withdraw access", reason="A relative of the family")


async def stop(client: Client, cast: Cast, clock: Clock, who: Actor) -> None:
    await sign_in(client, who, clock.now)
    await client.press(await client.get(f"/children/{cast.priya.public_id}/stop"), "Stop seeing this record")


async def end(client: Client, cast: Cast, clock: Clock, address: str, who: Actor) -> None:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get((await client.get(address)).link(f"End for {who.name}"))
    await client.press(page, "End", reason="Left")


async def test_withdrawn_access_does_not_come_back_with_a_second_workplace(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast
) -> None:
    sam, nia = await professional("Sam Hill", clock), await professional("Nia Reed", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, nia)
    await clinic(app, client, cast, clock, sam)
    await says_yes(app, nia, clock)
    clock.pass_time(days=1)
    await withdraw(client, cast, clock, sam)
    clock.pass_time(days=1)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    assert not await sees(app, sam, cast, clock)
    assert await sees(app, nia, cast, clock)


@pytest.mark.parametrize("ends", [withdraw, stop])
async def test_nor_when_they_leave_and_join_again_but_when_the_child_is_placed_anew(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast, ends: object
) -> None:
    sam, address = await sam_works_there(app, client, cast, clock)
    clock.pass_time(days=1)
    await ends(client, cast, clock, sam)  # type: ignore[operator]
    clock.pass_time(days=1)
    await end(client, cast, clock, address, sam)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    assert not await sees(app, sam, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    await client.press(page, "End for Lakeside Primary School")
    await place(client, cast, clock, cast.dee)
    assert await sees(app, sam, cast, clock)


async def test_whoever_joins_again_with_another_address_works_there_once_and_leaves_once(
    app: ASGIApp, client: Client, clock: Clock, cast: Cast
) -> None:
    sam, address = await sam_works_there(app, client, cast, clock)
    clock.pass_time(days=1)
    await fetch(
        "UPDATE account SET email = 's.hill@example.com', email_key = 's.hill@example.com' WHERE forename = 'Sam'"
    )
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"{address}/members/new")
    typed = {"name": "Sam Hill", "email": "s.hill@example.com", "identity_method": "switchboard"}
    await client.press(page, "Send invitation", **typed)
    await says_yes(app, sam, clock)
    assert await sees(app, sam, cast, clock)
    page = await client.get(address)
    assert "Who left in the last 90 days" not in page.main
    await end(client, cast, clock, address, sam)
    assert not await sees(app, sam, cast, clock)
