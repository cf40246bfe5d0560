"""A council with more organisations than one list holds finds each of them, and gives a child to it."""

import pytest

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in

pytestmark = pytest.mark.anyio
MANY = """
INSERT INTO organisation (public_id, name, kind, created_at)
SELECT 'o' || n, 'School ' || lpad(n::text, 4, '0'), 'school', now() FROM generate_series(1, 1001) n
"""


def chosen(page: object) -> list[str]:
    return [one.text for one in page.all("//select[@id='organisation']/option") if one.get("value")]  # type: ignore[attr-defined]


async def test_the_last_of_a_thousand_and_one_is_found_by_its_name_and_given_a_child(
    client: Client, clock: Clock, cast: Cast
) -> None:
    await fetch(MANY)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    assert len(chosen(page)) == 1000
    assert "School 1001" not in page.main
    page = await client.press(page, "Search", search="1001")
    assert chosen(page) == ["School 1001"]
    page = await client.press(page, "Continue", organisation="o1001")
    page = await client.press(page, "Give access")
    assert "School 1001" in page.main


async def test_a_search_for_signs_finds_only_these_signs(client: Client, clock: Clock, cast: Cast) -> None:
    await fetch(MANY)
    await sign_in(client, cast.dee, clock.now)
    address = f"/staff/children/{cast.priya.public_id}/organisations"
    page = await client.get(f"{address}?search=%25")
    assert "No other organisation has “%” in its name" in page.main


async def test_few_organisations_need_no_search(client: Client, clock: Clock, cast: Cast) -> None:
    await fetch(MANY.replace("1001", "3"))
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    assert len(chosen(page)) == 3
    assert "Part of its name" not in page.main
