"""The SEND team's tasks: who sees which, what one says, marking as done, and opening again."""

import csv
import io
from datetime import date, timedelta

import pytest

from db.engine import fetch
from portal.tasks.opening import open_and_close
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

LIST = "//table//th[@scope='row']//a"
PRIYAS = "The rights are now the young person’s (Priya Khan)"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    """Priya is 17 and Omar has no caseworker; Dee of Priya's team is signed in."""
    cast = await gather(clock.now)
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Priya'", date(2008, 10, 2))
    await fetch("UPDATE child SET caseworker = NULL WHERE forename = 'Omar'")
    await open_and_close(now=clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def names(client: Client, url: str) -> list[str]:
    page = await client.get(url)
    return [" ".join(link.text_content().split()) for link in page.all(LIST)]


async def test_a_task_says_why_it_opened_what_to_do_and_the_law(client: Client, cast: Cast) -> None:
    page = await client.get("/staff/tasks")
    page = await client.get(page.link(PRIYAS))
    assert page.heading == "The rights are now the young person’s"
    assert "Children and Families Act 2014, sections 80 and 83" in page.main
    assert "Invite the young person to the portal." in page.main
    assert page.link("Invite the young person") == f"/staff/children/{cast.priya.public_id}/invitations/new"


async def test_a_caseworker_sees_the_team_s_and_a_manager_everybody_s(client: Client, cast: Cast, clock: Clock) -> None:
    assert await names(client, "/staff/tasks") == [PRIYAS]
    await sign_in(client, cast.ed, clock.now)
    assert await names(client, "/staff/tasks") == ["A case has no caseworker (Omar Jones)"]
    assert await names(client, "/staff/tasks?whose=mine") == []
    assert await names(client, "/staff/tasks?whose=all") == ["A case has no caseworker (Omar Jones)"]
    await sign_in(client, cast.mo, clock.now)
    assert len(await names(client, "/staff/tasks?whose=all")) == 2


async def test_another_team_s_task_is_not_there(client: Client, cast: Cast, clock: Clock) -> None:
    task = (await fetch("SELECT public_id FROM task WHERE kind = 'young_person'"))[0]["public_id"]
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(f"/staff/tasks/{task}")).status == 404
    token = (await client.get("/staff")).all("//input[@name='csrf_token']")[0].get("value")
    for act in ("done", "reopen"):
        answer = await client.post(f"/staff/tasks/{task}/{act}", {"csrf_token": token, "how": "Phoned"})
        assert answer.status == 404
    assert not await fetch("SELECT id FROM task WHERE done_at IS NOT NULL")


async def test_a_family_sees_no_tasks(client: Client, cast: Cast, clock: Clock) -> None:
    task = (await fetch("SELECT public_id FROM task WHERE kind = 'young_person'"))[0]["public_id"]
    await sign_in(client, cast.amal, clock.now)
    for url in ("/staff/tasks", "/staff/tasks.csv", f"/staff/tasks/{task}"):
        assert (await client.get(url)).status in {403, 404}


async def test_done_needs_a_note_stays_done_and_is_opened_again(client: Client, cast: Cast, clock: Clock) -> None:
    page = await client.get((await client.get("/staff/tasks")).link(PRIYAS))
    page = await client.press(page, "Mark as done", how=" ")
    assert page.problems == ["Enter what you did"]
    page = await client.press(page, "Mark as done", how="Amal will act for her")
    assert page.url == "/staff/tasks"
    await open_and_close(now=clock.now + timedelta(minutes=15))
    assert await names(client, "/staff/tasks") == []
    page = await client.get("/staff/tasks?state=done")
    assert "Amal will act for her" in page.main
    assert "Dee Shaw" in page.main
    page = await client.get(page.link(PRIYAS))
    await client.press(page, "Open again")
    assert len(await names(client, "/staff/tasks")) == 1
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id")]
    assert events[-2:] == ["staff:task:done", "staff:task:opened_again"]


async def test_done_twice_is_said_and_changes_nothing(client: Client, cast: Cast) -> None:
    page = await client.get((await client.get("/staff/tasks")).link(PRIYAS))
    again = await client.get(page.url)
    await client.press(page, "Mark as done", how="First")
    answer = await client.press(again, "Mark as done", how="Second")
    assert "This task was done since you opened the page" in answer.text
    assert (await fetch("SELECT done_how FROM task WHERE kind = 'young_person'"))[0]["done_how"] == "First"


async def test_what_went_by_itself_is_not_opened_again(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET caseworker = {} WHERE forename = 'Omar'", cast.ed.account)
    await open_and_close(now=clock.now)
    await sign_in(client, cast.ed, clock.now)
    page = await client.get("/staff/tasks?state=done")
    page = await client.get(page.link("A case has no caseworker (Omar Jones)"))
    assert "by itself" in page.main
    assert "cannot be opened again" in page.main


async def test_the_kind_narrows_the_list_and_the_file(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.mo, clock.now)
    found = await names(client, "/staff/tasks?whose=all&kind=plan_without_caseworker")
    assert found == ["A case has no caseworker (Omar Jones)"]
    file = await client.get("/staff/tasks.csv?whose=all&kind=plan_without_caseworker")
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert [(row["Task"], row["Child"], row["Due"]) for row in rows] == [
        ("A case has no caseworker", "Omar Jones", "2026-03-10")
    ]


async def test_the_list_is_paged_oldest_due_first(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO task (kind, child, subject, opened_at, due_on) SELECT 'unopened', {}, 'd' || n, {}, {}::date + n"
        " FROM generate_series(1, 30) n",
        cast.priya.id,
        clock.now,
        date(2026, 3, 1),
    )
    page = await client.get("/staff/tasks?kind=unopened")
    assert len(page.all(LIST)) == 25
    first = [cell.text_content().strip() for cell in page.all("//td[@data-label='Due']")]
    assert first[:2] == ["2 March 2026", "3 March 2026"]
    page = await client.get(page.link("Next page →"))
    assert len(page.all(LIST)) == 5


async def test_the_child_s_page_lists_its_open_tasks(client: Client, cast: Cast) -> None:
    page = await client.get(f"/staff/children/{cast.priya.public_id}")
    section = page.one("//section[@id='child-tasks']")
    assert "The rights are now the young person’s" in section.text_content()
