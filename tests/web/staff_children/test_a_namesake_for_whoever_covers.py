"""A second record of the same name is a link for whoever may open it, those who cover for its caseworker among them."""

import pytest

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, child, person, sign_in
from tests.web.today.test_being_away import go_away

pytestmark = pytest.mark.anyio


async def test_whoever_covers_for_its_caseworker_opens_it(client: Client, cast: Cast, clock: Clock) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    other = await child("Ivy Khan", cast.south, cast.dee, clock.now)
    await fetch("UPDATE child SET forename = 'Priya' WHERE id = {}", other.id)
    link = f"//a[@href='/staff/children/{other.public_id}']"
    await sign_in(client, fay, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}")
    assert "Another child has the same name" in page.main
    assert not page.all(link)
    await sign_in(client, cast.dee, clock.now)
    await go_away(client, fay)
    await sign_in(client, fay, clock.now)
    assert (await client.get(f"/staff/children/{other.public_id}")).status == 200
    assert (await client.get(f"/staff/children/{cast.priya.public_id}")).all(link)
