"""Pages that go on, ticks that stay, all that match at once, and one page used twice for different things."""

from datetime import timedelta

import pytest

from db.engine import fetch
from db.tables import Notice
from portal.actor import Actor
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in
from web.spreadsheet import cut

pytestmark = pytest.mark.anyio
MANY = 30


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    """Thirty more children, all without a caseworker, each due a day later than the one before."""
    cast = await gather(clock.now)
    await fetch(
        "WITH made AS (INSERT INTO child (public_id, case_reference, forename, surname, date_of_birth, team,"
        " created_at) SELECT 'kim-' || n, 'KIM' || n, 'Kim', 'Lee', DATE '2018-01-01', {}, {}"
        " FROM generate_series(1, {}) n RETURNING id)"
        " INSERT INTO ehc_case (child, received_on, source, stage, branch, next_deadline, opened_at, updated_at)"
        " SELECT id, DATE '2026-01-01', 'parent', 'request', '', DATE '2026-03-01' + id::int, {}, {}"
        " FROM made",
        cast.north.id, clock.now, MANY, clock.now, clock.now,
    )  # fmt: skip
    await sign_in(client, cast.dee, clock.now)
    return cast


@pytest.fixture
async def pat(cast: Cast, clock: Clock) -> Actor:
    return await person("Pat Reed", clock.now, "caseworker", cast.north)


def ticks(page: Page) -> list[str]:
    return [str(one.get("value")) for one in page.all("//input[@name='child']")]


async def caseworker(child: str) -> int | None:
    found: int | None = (await fetch("SELECT caseworker FROM child WHERE public_id = {}", child))[0]["caseworker"]
    return found


async def second(client: Client, first: Page) -> Page:
    return await client.get(first.link("Next page →"))


async def test_nobody_is_passed_over_when_a_deadline_moves_meanwhile(client: Client, cast: Cast, clock: Clock) -> None:
    first = await client.get("/staff")
    assert "31 children found, 25 on this page" in first.main
    before = ticks(await second(client, first))
    far = clock.now.date() + timedelta(900)
    await fetch("UPDATE ehc_case SET next_deadline = {} WHERE child = (SELECT id FROM child WHERE public_id = {})",
                far, ticks(first)[-1])  # fmt: skip
    assert set(before) <= set(ticks(await second(client, first)))


async def test_a_page_that_has_become_empty_leads_back(client: Client, cast: Cast) -> None:
    further = (await client.get("/staff?search=kim")).link("Next page →")
    await fetch("UPDATE child SET team = {} WHERE case_reference LIKE 'KIM%'", cast.south.id)
    page = await client.get(further)
    assert (await client.get(page.link("Back to the first page"))).status == 200


async def test_ticks_on_the_second_page_outlive_a_mistake_and_the_page_stays(
    client: Client, cast: Cast, pat: Actor
) -> None:
    page = await second(client, await client.get("/staff"))
    tick = ticks(page)[-1]
    page = await client.press(page, "Assign", child=[tick])
    assert page.problems == ["Choose a colleague"]
    assert [one.get("value") for one in page.all("//input[@name='child'][@checked]")] == [tick]
    page = await client.press(page, "Assign", caseworker=pat.public_id)
    assert "1 case changed hands" in page.text
    assert tick in ticks(page)
    assert await caseworker(tick) == pat.account


async def test_one_page_used_twice_with_other_ticks_does_both(client: Client, cast: Cast, pat: Actor) -> None:
    page = await client.get("/staff")
    one, other = ticks(page)[:2]
    for tick in (one, other, other):
        await client.press(page, "Assign", child=[tick], caseworker=pat.public_id)
    assert await caseworker(one) == await caseworker(other) == pat.account
    assert await Notice.count().where(Notice.kind == "cases_given") == 2


async def test_all_on_the_page_are_ticked_without_javascript(client: Client, cast: Cast, pat: Actor) -> None:
    page = await client.get((await client.get("/staff?search=kim")).link("Tick all on this page"))
    await client.press(page, "Assign", caseworker=pat.public_id)
    assert len(await fetch("SELECT id FROM child WHERE caseworker = {}", pat.account)) == 25


async def test_all_that_match_are_given_after_a_look(client: Client, cast: Cast, pat: Actor) -> None:
    page = await client.get("/staff?only=nobody")
    look = await client.get(page.link("give all 30 that match to a colleague"))
    assert "30 children match" in look.main
    assert (await client.press(look, "Assign all 30")).problems == ["Choose a colleague"]
    for _ in range(2):
        done = await client.press(look, "Assign all 30", caseworker=pat.public_id)
        assert "30 cases changed hands" in done.text
    assert len(await fetch("SELECT id FROM child WHERE caseworker = {}", pat.account)) == MANY
    notice = await Notice.select(Notice.email, Notice.about).where(Notice.kind == "cases_given")
    assert [row["email"] for row in notice] == ["pat@example.com"]


async def test_a_list_that_changed_after_the_look_is_looked_at_again(client: Client, cast: Cast, pat: Actor) -> None:
    look = await client.get("/staff/caseload/all?only=nobody")
    await fetch("UPDATE child SET caseworker = {} WHERE case_reference = 'KIM1'", cast.dee.account)
    page = await client.press(look, "Assign all 30", caseworker=pat.public_id)
    assert page.problems == ["The list has changed since you looked. Look at it again, then press Assign"]
    assert "29 children match" in page.main
    assert not await fetch("SELECT id FROM child WHERE caseworker = {}", pat.account)


async def test_as_many_other_children_are_not_those_that_were_looked_at(client: Client, cast: Cast, pat: Actor) -> None:
    look = await client.get("/staff/caseload/all?only=nobody")
    await fetch("UPDATE child SET caseworker = {} WHERE case_reference = 'KIM1'", cast.dee.account)
    await fetch("UPDATE child SET caseworker = NULL WHERE id = {}", cast.priya.id)
    page = await client.press(look, "Assign all 30", caseworker=pat.public_id)
    assert page.problems == ["The list has changed since you looked. Look at it again, then press Assign"]
    assert not await fetch("SELECT id FROM child WHERE caseworker = {}", pat.account)


async def test_a_case_can_be_taken_off_everybody(client: Client, cast: Cast) -> None:
    await client.press(await client.get("/staff"), "Assign", child=[cast.priya.public_id], caseworker="nobody")
    assert await caseworker(cast.priya.public_id) is None
    told = await Notice.select(Notice.email).where(Notice.kind == "caseworker_gone")
    assert {row["email"] for row in told} == {"amal@example.com", "ben@example.com"}


def test_a_file_that_holds_not_all_says_so() -> None:
    rows: list[tuple[object, ...]] = [("Ada",), ("Ben",), ("Cem",)]
    assert cut(rows, 3) == rows
    *kept, last = cut(rows, 2)
    assert kept == rows[:2]
    assert "There is more" in str(last)
