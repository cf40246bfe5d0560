"""The wrong file: everything that it brought goes again, until somebody has begun to work with it."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import audit
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast
from tests.web.imports.files import NOOR, PRIYA, batch_row, csv_of, upload, work
from tests.web.invitations.steps import browser_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

BO = {**NOOR, "adult_name": "Bo Aziz", "adult_email": "bo@example.com", "send": "no"}


@pytest.fixture
async def manager(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.mo, clock)


async def taken_in(manager: Client, clock: Clock) -> Page:
    """Noor with two adults, and another adult for Priya, who is here already."""
    page = await upload(manager, csv_of(NOOR, BO, PRIYA))
    page = await manager.press(page, "Take in 1 child", matched="join")
    await work(clock)
    clock.pass_time(minutes=5)
    return await manager.get(page.url)


async def noor() -> str:
    (row,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    return str(row["public_id"])


async def undo(manager: Client, page: Page) -> Page:
    page = await manager.get(page.link("Undo this import"))
    return await manager.press(page, "Undo this import")


async def test_children_cases_tasks_and_invitations_go_together(
    manager: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    page = await taken_in(manager, clock)
    assert len(await deliver_all(settings, clock)) == 2
    await open_and_close(now=clock.now)
    confirm = await manager.get(page.link("Undo this import"))
    for words in (
        "Children who go, with their cases and tasks 1",
        "Invitations that go from children who were here before 1",
        "Emails with “Your unique code” that went out 2",
        "Those emails cannot be taken back",
    ):
        assert words in confirm.main, words
    page = await manager.press(confirm, "Undo this import")
    assert "The import is undone" in page.text
    assert "Everything that this file brought is gone." in page.main
    assert not page.all("//a[normalize-space()='Undo this import']")
    left = await fetch(
        "SELECT (SELECT count(*) FROM invitation) AS invitations, (SELECT count(*) FROM child) AS children"
    )
    assert left == [{"invitations": 0, "children": 2}]
    assert await fetch("SELECT id FROM ehc_case WHERE child NOT IN ({}, {})", cast.priya.id, cast.omar.id) == []
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id DESC LIMIT 3")]
    assert events == ["staff:import:undone", "staff:child:undone", "staff:invitation:undone"]
    assert await audit.first_broken_entry() is None
    assert "New children 1" in (await upload(manager, csv_of(NOOR))).main, "the right file can come in"


async def test_an_email_that_has_not_gone_out_yet_never_does(manager: Client, settings: Settings, clock: Clock) -> None:
    await undo(manager, await taken_in(manager, clock))
    assert await deliver_all(settings, clock) == []


async def test_looking_and_cancelling_do_not_stand_in_the_way(manager: Client, cast: Cast, clock: Clock) -> None:
    page = await taken_in(manager, clock)
    record = await manager.get(f"/staff/children/{await noor()}")
    await manager.press(record, "Cancel invitation for Bo Aziz")
    await undo(manager, page)
    assert (await batch_row())["state"] == "undone"


@pytest.mark.parametrize(
    ("path", "button", "typed"),
    [("/notes", "Add note", {"body": "They phoned."}), ("", "Send code for Bo Aziz", {})],
)
async def test_whatever_was_done_since_is_named_and_nothing_goes(
    manager: Client, clock: Clock, path: str, button: str, typed: dict[str, str]
) -> None:
    page = await taken_in(manager, clock)
    confirm = await manager.get(page.link("Undo this import"))
    await manager.press(await manager.get(f"/staff/children/{await noor()}{path}"), button, **typed)
    refused = await manager.press(confirm, "Undo this import")
    assert "cannot be undone any more" in refused.text
    assert (await batch_row())["state"] == "done"
    shown = await manager.get(page.link("Undo this import"))
    assert "Somebody has begun to work with these children" in shown.main
    assert "Noor Aziz" in shown.main
    assert not shown.all("//button[normalize-space()='Undo this import']")


async def test_pressing_twice_undoes_it_once(manager: Client, clock: Clock) -> None:
    page = await taken_in(manager, clock)
    confirm = await manager.get(page.link("Undo this import"))
    await manager.press(confirm, "Undo this import")
    await manager.press(confirm, "Undo this import")
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'staff:import:undone'")) == 1


async def test_a_caseworker_is_told_that_a_manager_can(app: ASGIApp, cast: Cast, manager: Client, clock: Clock) -> None:
    page = await taken_in(manager, clock)
    dee = await browser_of(app, cast.dee, clock)
    assert "A manager can undo it" in (await dee.get(page.url)).main
    assert (await dee.get(page.url + "/undo")).status == 404
