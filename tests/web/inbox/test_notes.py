"""Notes are the team's own: no page of a family ever shows one."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.files.store import DiskStore
from tests.addresses import set_scene
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.test_routes import routes_of
from tests.web.everything.taking import everything_in, taken
from web.settings import Settings

pytestmark = pytest.mark.anyio

SECRET = "Grandmother phoned and was worried"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/notes")
    await client.press(page, "Add note", body=SECRET)
    return cast


async def test_the_team_reads_it_with_author_and_time(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/notes")
    assert SECRET in page.main
    assert "Dee Shaw" in page.main


async def test_no_page_of_the_family_shows_it_nor_the_zip_with_everything(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    scene = await set_scene(clock, DiskStore(settings.files))
    await fetch("UPDATE case_note SET body = {}", SECRET)
    await sign_in(client, scene.people["ben"], clock.now)
    shown = 0
    for route in routes_of(app):
        if route.method == "GET" and not route.path.startswith("/static"):
            answer = await client.http.get(scene.filled(route.path))
            shown += answer.status_code == 200 and "{child:str}" in route.path
            assert SECRET not in answer.text, route.path
    assert shown > 20
    assert SECRET not in everything_in(await taken(client))


async def test_the_audit_trail_holds_no_text_of_it(cast: Cast) -> None:
    assert not await fetch("SELECT 1 FROM audit_detail WHERE detail::text LIKE '%Grandmother%'")
    assert len(await fetch("SELECT 1 FROM audit_entry WHERE event = 'staff:note:written'")) == 1


async def test_another_team_finds_nothing(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(f"/staff/children/{cast.priya.public_id}/notes")).status == 404


async def test_a_manager_strikes_one_out_and_it_stays_to_be_read(client: Client, cast: Cast, clock: Clock) -> None:
    url = f"/staff/children/{cast.priya.public_id}/notes"
    assert not (await client.get(url)).all("//a[contains(., 'Strike out')]")
    await sign_in(client, cast.mo, clock.now)
    link = next(one.get("href") for one in (await client.get(url)).all("//a[contains(., 'Strike out')]"))
    await client.press(await client.get(link), "Strike out", reason="About another child")
    page = await client.get(url)
    assert "Struck out by Mo Bell" in page.main
    assert "About another child" in page.main
    assert SECRET in page.main


async def test_an_empty_note_is_refused_and_a_long_one_loses_nothing(client: Client, cast: Cast) -> None:
    page = await client.get(f"/staff/children/{cast.priya.public_id}/notes")
    assert (await client.press(page, "Add note", body=" ")).problems == ["Enter your note"]
    page = await client.press(page, "Add note", body="x" * 10_001)
    assert page.problems == ["The note must be 10,000 characters or fewer"]
    assert len(page.field("body")) == 10_001
