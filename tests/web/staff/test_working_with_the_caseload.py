"""Views that are kept, cases that are given to a colleague, and the list as a file."""

import pytest

from db.engine import fetch
from tests import people
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def test_a_view_is_kept_found_again_and_deleted(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get("/staff?only=late&order=name"), "Keep", name="Late ones")
    assert page.url == "/staff?whose=team&only=late&order=name"
    again = await client.get((await client.get("/staff")).link("Late ones"))
    assert again.one("//select[@name='only']/option[@selected]").get("value") == "late"
    page = await client.press(again, "Delete “Late ones”")
    assert not page.all("//nav[@aria-label='Saved views']")


async def test_a_view_needs_a_name(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get("/staff?only=late"), "Keep", name=" ")
    assert page.problems == ["Enter a name for this view"]
    assert page.one("//select[@name='only']/option[@selected]").get("value") == "late"


async def test_the_twentieth_view_can_still_be_replaced(client: Client, cast: Cast) -> None:
    for number in range(20):
        await client.press(await client.get("/staff"), "Keep", name=f"View {number}")
    page = await client.press(await client.get("/staff?only=late"), "Keep", name="view 3")
    assert page.status == 200
    assert page.link("View 3") == "/staff?whose=team&only=late"
    page = await client.press(await client.get("/staff"), "Keep", name="One more")
    assert page.problems == ["You have 20 views already. Delete one first"]


async def test_deleting_a_view_keeps_what_one_looks_at(client: Client, cast: Cast) -> None:
    await client.press(await client.get("/staff"), "Keep", name="Everybody")
    page = await client.press(await client.get("/staff?only=late&search=a+b"), "Delete “Everybody”")
    assert page.url == "/staff?whose=team&search=a+b&only=late"


async def test_a_view_is_ones_own(client: Client, cast: Cast, clock: Clock) -> None:
    await client.press(await client.get("/staff"), "Keep", name="Mine alone")
    view = (await fetch("SELECT public_id FROM saved_view"))[0]["public_id"]
    await sign_in(client, cast.mo, clock.now)
    page = await client.get("/staff")
    assert "Mine alone" not in page.main
    token = page.form("Keep").xpath(".//input[@name='csrf_token']")[0].get("value")
    assert (await client.post(f"/staff/caseload/views/{view}/delete", {"csrf_token": token})).status == 404


async def test_ticked_children_change_hands_and_their_families_are_told(
    client: Client, cast: Cast, clock: Clock, settings: Settings
) -> None:
    pat = await people.person("Pat Reed", clock.now, "caseworker", cast.north)
    page = await client.press(
        await client.get("/staff"), "Assign", child=[cast.priya.public_id], caseworker=pat.public_id
    )
    assert "1 case changed hands" in page.text
    assert (await fetch("SELECT caseworker FROM child WHERE id = {}", cast.priya.id))[0]["caseworker"] == pat.account
    emails = await deliver_all(settings, clock)
    assert sorted(email.to for email in emails) == ["amal@example.com", "ben@example.com", "pat@example.com"]
    assert all("Priya" not in email.text for email in emails)
    assert {email.subject for email in emails} == {
        "You have another caseworker for case PRI42",
        "1 case is yours now",
    }


async def test_nobody_ticked_or_chosen_is_said_and_nothing_is_lost(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get("/staff"), "Assign")
    assert page.status == 422
    assert page.problems == ["Tick at least one child", "Choose a colleague"]
    page = await client.press(page, "Assign", child=[cast.priya.public_id])
    assert page.problems == ["Choose a colleague"]
    assert page.all("//input[@name='child'][@checked]")


async def test_a_child_of_another_team_cannot_be_given_away(client: Client, cast: Cast) -> None:
    page = await client.get("/staff")
    page = await client.press(page, "Assign", child=[cast.omar.public_id], caseworker=cast.dee.public_id)
    assert page.status == 404


async def test_a_caseworker_gives_only_to_the_own_team(client: Client, cast: Cast) -> None:
    page = await client.press(
        await client.get("/staff"), "Assign", child=[cast.priya.public_id], caseworker=cast.ed.public_id
    )
    assert page.problems == ["Choose a colleague"]


async def test_the_list_is_a_file_that_runs_nothing(client: Client, cast: Cast) -> None:
    await fetch("UPDATE child SET surname = 'Khan' , forename = '=1+1' WHERE id = {}", cast.priya.id)
    answer = await client.http.get("/staff/caseload.csv?search=pri")
    assert answer.headers["content-disposition"] == 'attachment; filename="caseload.csv"'
    assert "'=1+1 Khan,PRI42,Request received,Dee Shaw,2026-01-05" in answer.text
    assert (await fetch("SELECT event FROM audit_entry ORDER BY id DESC LIMIT 1"))[0][
        "event"
    ] == "staff:caseload:exported"
