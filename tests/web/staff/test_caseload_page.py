"""The caseload as a page: a plain form that works, and a table that htmx swaps."""

from datetime import timedelta

import pytest

from db.engine import fetch
from tests.client import Client, words
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    """Dee is signed in; Priya's case is twelve days late."""
    cast = await gather(clock.now)
    deadline = clock.now.date() - timedelta(days=12)
    await fetch("UPDATE ehc_case SET next_deadline = {} WHERE child = {}", deadline, cast.priya.id)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def test_it_lists_each_child_with_the_facts(client: Client, cast: Cast) -> None:
    page = await client.get("/staff")
    assert page.heading == "Caseload"
    assert page.link("Priya Khan") == f"/staff/children/{cast.priya.public_id}"
    row = words(page.one("//tbody/tr"))
    assert "PRI42" in row
    assert "25 February 2026" in row
    assert "Late by 12 days" in row
    assert "Omar" not in page.main


async def test_searching_works_as_a_plain_form(client: Client, cast: Cast) -> None:
    page = await client.get("/staff")
    page = await client.press(page, "Search", search="khan", whose="mine")
    assert page.link("Priya Khan")
    assert page.field("search") == "khan"
    assert page.one("//select[@name='whose']/option[@selected]").get("value") == "mine"
    page = await client.press(page, "Search", search="jones")
    assert (
        "No child or adult here has a name, case reference, email address or day of birth that begins with “jones”"
        in page.main
    )


async def test_htmx_gets_the_table_alone_and_a_word_for_screen_readers(client: Client, cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Target": "caseload"}
    page = await client.get("/staff?search=pri", headers=headers)
    assert page.status == 200
    assert "<h1" not in page.text
    assert page.text.lstrip().startswith('<div id="caseload">')
    assert '<p hx-swap-oob="innerHTML:#caseload-found">1 child found</p>' in page.text
    assert (await client.get("/staff")).one("//*[@id='caseload-found']").get("role") == "status"


async def test_what_is_typed_stays_in_the_link_to_the_next_page(client: Client, clock: Clock, cast: Cast) -> None:
    for number in range(26):
        await fetch(
            "INSERT INTO child (public_id, case_reference, forename, surname, date_of_birth, team, created_at)"
            " VALUES ({}, {}, 'Kim & Co', 'Lee', '2018-01-01', {}, {})",
            f"kim-{number}",
            f"KIM{number}",
            cast.north.id,
            clock.now,
        )
    page = await client.get("/staff", params={"search": "kim & co", "whose": "team"})
    page = await client.get(page.link("Next page →"))
    assert len(page.all("//tbody/tr")) == 1
    assert page.field("search") == "kim & co"
    page = await client.get(page.link("← First page"))
    assert len(page.all("//tbody/tr")) == 25


async def test_a_manager_may_look_at_another_team(client: Client, clock: Clock, cast: Cast) -> None:
    await sign_in(client, cast.mo, clock.now)
    page = await client.press(await client.get("/staff"), "Search", whose="South")
    assert page.link("Omar Jones")


async def test_an_empty_caseload_says_what_to_do(client: Client, clock: Clock, cast: Cast) -> None:
    await fetch("UPDATE child SET team = {}", cast.south.id)
    assert (await client.get("/staff")).link("Add a child") == "/staff/children/new"


async def test_families_do_not_find_it(client: Client, clock: Clock, cast: Cast) -> None:
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/staff")).status == 404
