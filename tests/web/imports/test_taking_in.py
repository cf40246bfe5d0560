"""Taking an import in: all of it or nothing, once, and visible while it runs."""

from typing import Any

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import audit, tidying
from portal.errors import Refused
from portal.imports import bulk, commands, taking_in
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, person
from tests.web.imports.files import NOOR, PRIYA, batch_row, csv_of, upload, work
from tests.web.invitations.steps import browser_of, code_for, verify
from web.settings import Settings

pytestmark = pytest.mark.anyio

BO = {**NOOR, "adult_name": "Bo Aziz", "adult_email": "bo@example.com", "send": "no"}


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


async def press(staff: Client, page: Page, **typed: Any) -> Page:
    return await staff.press(page, "Take in 1 child", **typed)


async def test_children_cases_invitations_and_emails_come_in_together(
    staff: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    page = await press(
        staff,
        await upload(staff, csv_of({**NOOR, "caseworker": "dee@example.com"}, {**BO, "caseworker": "dee@example.com"})),
    )
    assert "Waiting to start" in page.main
    await work(clock)
    page = await staff.get(page.url)
    assert "1 child has been added. 1 email with “Your unique code” goes out now." in page.main
    (child,) = await fetch("SELECT * FROM child WHERE forename = 'Noor'")
    (case,) = await fetch("SELECT * FROM ehc_case WHERE child = {}", child["id"])
    assert (child["team"], child["caseworker"]) == (cast.north.id, cast.dee.account)
    assert (str(case["received_on"]), case["source"], case["stage"]) == ("2026-03-05", "parent", "request")
    assert str(case["next_deadline"]) == "2026-04-16"
    (email,) = await deliver_all(settings, clock)
    assert (email.to, email.subject) == ("anna@example.com", "Your unique code")
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id DESC LIMIT 4")]
    assert events == [
        "staff:import:taken_in",
        "staff:invitation:kept",
        "staff:invitation:code_sent",
        "staff:child:added",
    ]
    assert await audit.first_broken_entry() is None
    assert await fetch("SELECT id FROM import_row") == []


async def test_an_adult_who_was_kept_can_be_sent_a_code_later(staff: Client, settings: Settings, clock: Clock) -> None:
    await press(staff, await upload(staff, csv_of(BO)))
    await work(clock)
    assert await deliver_all(settings, clock) == []
    (child,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    page = await staff.get(f"/staff/children/{child['public_id']}")
    assert "Kept. Nothing has been sent yet" in page.main
    await staff.press(page, "Send code")
    (email,) = await deliver_all(settings, clock)
    assert email.to == "bo@example.com"


async def test_an_adult_who_was_kept_opens_no_task(staff: Client, clock: Clock) -> None:
    await press(staff, await upload(staff, csv_of({**BO, "caseworker": "dee@example.com"})))
    await work(clock)
    clock.pass_time(days=40)
    await open_and_close(now=clock.now)
    assert await fetch("SELECT kind FROM task WHERE kind = 'stuck_invitation'") == []


async def test_the_code_of_an_import_can_be_verified(staff: Client, settings: Settings, clock: Clock) -> None:
    await press(staff, await upload(staff, csv_of(NOOR)))
    await work(clock)
    (child,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    code = await code_for("anna@example.com", settings, clock)
    page = await verify(staff, f"/staff/children/{child['public_id']}", code)
    assert "Accept Portal Invitation" in page.text


async def test_whoever_is_here_already_is_joined_when_the_team_says_so(staff: Client, cast: Cast, clock: Clock) -> None:
    has_access = {**PRIYA, "adult_name": "Amal Khan", "adult_email": "AMAL@example.com"}
    page = await upload(staff, csv_of(NOOR, PRIYA, has_access))
    assert "Rows left out 1" in page.main
    assert "This adult has access already" in (await staff.get(page.url + "?kind=left_out")).main
    page = await press(staff, page)
    assert page.problems == ["Choose what to do with these rows"]
    page = await press(staff, page, matched="join")
    await work(clock)
    assert "1 adult has been joined" in (await staff.get(page.url)).main
    invited = await fetch("SELECT email FROM invitation WHERE child = {}", cast.priya.id)
    assert [row["email"] for row in invited] == ["anna@example.com"]
    assert len(await fetch("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id)) == 1


async def test_whoever_is_here_already_is_left_out_when_the_team_says_so(
    staff: Client, cast: Cast, clock: Clock
) -> None:
    await press(staff, await upload(staff, csv_of(NOOR, PRIYA)), matched="leave_out")
    await work(clock)
    assert await fetch("SELECT email FROM invitation WHERE child = {}", cast.priya.id) == []
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1


async def test_the_same_file_again_adds_nobody(staff: Client, clock: Clock) -> None:
    await press(staff, await upload(staff, csv_of(NOOR)))
    await work(clock)
    page = await upload(staff, csv_of(NOOR))
    assert "There is nothing to take in: everything in this file is here already." in page.main


async def test_a_fault_in_the_middle_leaves_nothing(
    staff: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    (row,) = await fetch("SELECT id FROM import_batch")
    with monkeypatch.context() as broken:
        broken.setattr(bulk, "_INVITATIONS", "SELECT 1 / 0, {}" + ", {}" * 9)
        await taking_in.take_in(row["id"], clock=clock)
    assert await fetch("SELECT id FROM child WHERE forename = 'Noor'") == []
    page = await staff.get(page.url)
    assert "nothing was taken in. You can press again." in page.main
    await press(staff, page)
    await work(clock)
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1


async def test_a_worker_that_was_killed_is_followed_by_another(staff: Client, clock: Clock) -> None:
    await press(staff, await upload(staff, csv_of(NOOR)))
    await fetch("UPDATE import_batch SET state = 'running', tries = 1, done_rows = 1, touched_at = {}", clock.now)
    await work(clock)
    assert (await batch_row())["state"] == "running", "the first may still be at it"
    clock.pass_time(minutes=2)
    before = await fetch("SELECT id FROM pgqueuer WHERE entrypoint = {}", commands.TAKE_IN)
    await commands.start_forgotten(now=clock.now)
    assert len(await fetch("SELECT id FROM pgqueuer WHERE entrypoint = {}", commands.TAKE_IN)) == len(before) + 1
    await work(clock)
    assert (await batch_row())["state"] == "done"


async def test_an_import_whose_workers_all_died_is_said_to_have_failed(staff: Client, clock: Clock) -> None:
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    await fetch("UPDATE import_batch SET state = 'running', tries = 3, touched_at = {}", clock.now)
    clock.pass_time(minutes=2)
    await work(clock)
    assert "nothing was taken in" in (await staff.get(page.url)).main


async def test_what_changed_since_it_was_checked_is_shown_first(staff: Client, clock: Clock) -> None:
    first, second = await upload(staff, csv_of(NOOR)), await upload(staff, csv_of(NOOR))
    await press(staff, first)
    await press(staff, second)
    await work(clock)
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1
    page = await staff.get(second.url)
    assert "The records have changed since this file was checked" in page.main
    assert "There is nothing to take in" in page.main


async def test_a_caseworker_who_left_meanwhile_is_named_and_nothing_is_taken_in(
    staff: Client, cast: Cast, clock: Clock
) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    page = await upload(staff, csv_of({**NOOR, "caseworker": "fay@example.com"}))
    await press(staff, page)
    await fetch("UPDATE account SET disabled_at = {} WHERE id = {}", clock.now, fay.account)
    await work(clock)
    assert not await fetch("SELECT id FROM child WHERE forename = 'Noor'")
    page = await staff.get(page.url)
    assert "The records have changed since this file was checked" in page.main
    assert "This caseworker is not in the team any more" in page.main


async def test_progress_is_shown_while_it_runs(staff: Client, clock: Clock) -> None:
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    await fetch("UPDATE import_batch SET state = 'running', done_rows = 1, row_count = 1200")
    page = await staff.get(page.url)
    assert "1 of 1,200 rows" in page.main
    bar = page.one("//progress")
    assert (bar.get("value"), bar.get("max")) == ("1", "1200")
    assert page.link("Refresh") == page.url.removeprefix("http://portal.test")
    address = page.one("//section[@id='progress']").get("hx-get")
    piece = await staff.get(address, headers={"HX-Request": "true"})
    assert "1 of 1,200 rows" in piece.text
    again = await staff.get(address, headers={"HX-Request": "true", "If-None-Match": piece.response.headers["etag"]})
    assert again.status == 304


async def test_what_can_be_done_follows_how_far_it_is(staff: Client, clock: Clock) -> None:
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    address = page.one("//section[@id='progress']").get("hx-get")
    said = {"queued": "Cancel this import", "running": "", "done": "Was it the wrong file?"}
    for state, words in said.items():
        await fetch("UPDATE import_batch SET state = {}", state)
        piece = (await staff.get(address, headers={"HX-Request": "true"})).text
        assert [one for one in said.values() if one and one in piece] == ([words] if words else [])


async def test_it_can_be_cancelled_until_it_starts(staff: Client, clock: Clock) -> None:
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    after = await staff.press(page, "Cancel this import")
    assert "The import is cancelled" in after.text
    await work(clock)
    assert await fetch("SELECT id FROM child WHERE forename = 'Noor'") == []
    assert await fetch("SELECT id FROM import_row") == []
    page = await press(staff, await upload(staff, csv_of(NOOR)))
    await fetch("UPDATE import_batch SET state = 'running' WHERE state = 'queued'")
    assert "moved on" in (await staff.press(page, "Cancel this import")).text


async def test_pressing_twice_takes_it_in_once(staff: Client, clock: Clock) -> None:
    page = await upload(staff, csv_of(NOOR))
    await press(staff, page)
    await press(staff, page)
    await work(clock)
    await work(clock)
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1


async def test_rows_that_nobody_takes_in_are_deleted_after_a_day(staff: Client, clock: Clock) -> None:
    page = await upload(staff, csv_of(NOOR, {**NOOR, "surname": ""}))
    clock.pass_time(hours=23)
    await tidying.tidy(now=clock.now)
    assert (await batch_row())["state"] == "checked"
    clock.pass_time(hours=2)
    await tidying.tidy(now=clock.now)
    assert await fetch("SELECT id FROM import_row UNION SELECT id FROM import_problem") == []
    assert (await batch_row())["state"] == "expired"
    assert page.url


async def test_a_file_without_a_new_child_offers_no_way_to_take_in_nothing(
    staff: Client, cast: Cast, clock: Clock
) -> None:
    page = await upload(staff, csv_of(PRIYA))
    assert not page.all("//input[@name='matched']")
    assert "No child in this file is new." in page.main
    batch = page.url.rpartition("/")[2]
    with pytest.raises(Refused, match="there is nothing to take in"):
        await commands.start(cast.dee, batch, join_matched=False, now=clock.now)
    await staff.press(page, "Add these adults")
    (row,) = await fetch("SELECT state, join_matched FROM import_batch")
    assert (row["state"], row["join_matched"]) == ("queued", True)
