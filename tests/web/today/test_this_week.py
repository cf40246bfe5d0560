"""Today shows the dates of the week, messages that were begun, and to managers what nobody has."""

from datetime import timedelta

import pytest

from db.engine import fetch
from db.tables import CaseDate
from portal.ids import public_id
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in
from tests.web.today.test_what_waits_today import sent_a_form

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


async def panel(client: Client, name: str) -> str:
    page = await client.get("/staff/today")
    return " ".join(page.one(f"//section[@id='panel-{name}']").text_content().split())


async def planned(cast: Cast, clock: Clock, title: str, days: int) -> None:
    case = (await fetch("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id))[0]["id"]
    await CaseDate(public_id=public_id(), ehc_case=case, happens_on=clock.now.date() + timedelta(days), title=title,
                   recorded_at=clock.now).save()  # fmt: skip


async def test_key_dates_of_the_week_stand_there_in_their_order(client: Client, cast: Cast, clock: Clock) -> None:
    for title, days in (("Second meeting", 7), ("First meeting", 0), ("Past", -1), ("Far", 8)):
        await planned(cast, clock, title, days)
    said = await panel(client, "dates")
    assert "Dates in the next 7 days (2)" in said
    assert said.index("First meeting, Monday 9 March 2026") < said.index("Second meeting, Monday 16 March 2026")
    assert "Priya Khan" in (await client.get("/staff?whose=mine&only=dates")).main
    await sign_in(client, cast.ed, clock.now)
    assert "(0)" in await panel(client, "dates")


async def test_the_last_day_to_comment_stands_there_with_the_time_that_was_given(
    client: Client, cast: Cast, clock: Clock
) -> None:
    served = clock.now.date() - timedelta(14)
    await fetch("UPDATE ehc_case SET stage = 'draft' WHERE child = {}", cast.priya.id)
    await fetch(
        "WITH f AS (INSERT INTO stored_file (public_id, child, uploaded_by, name, media_type, sha256, stored_as,"
        " scan_state, scan_detail, created_at) VALUES ('f', {}, {}, 'a', '', '', '', 'clean', '', {}) RETURNING id),"
        " d AS (INSERT INTO document (public_id, child, file, description, document_date, uploaded_by, uploaded_at,"
        " recall_reason) SELECT 'd', {}, id, 'Draft', {}, {}, {}, '' FROM f RETURNING id, child),"
        " p AS (INSERT INTO draft_plan (public_id, child, ehc_case, document, created_at)"
        " SELECT 'p', d.child, k.id, d.id, {} FROM d JOIN ehc_case k ON k.child = d.child RETURNING id),"
        " x AS (INSERT INTO document_recipient (document, account, served_at) SELECT id, {}, {} FROM d)"
        " INSERT INTO draft_plan_recipient (draft_plan, account, served_on, recorded_at) SELECT id, {}, {}, {} FROM p",
        cast.priya.id, cast.dee.account, clock.now, cast.priya.id, served, cast.dee.account, clock.now, clock.now,
        cast.amal.account, clock.now, cast.amal.account, served, clock.now,
    )  # fmt: skip
    assert "Last day to comment on the draft plan for Amal Khan, Monday 9 March 2026" in await panel(client, "dates")
    await fetch(
        "INSERT INTO draft_plan_extension (recipient, until, reason, recorded_at) SELECT id, {}, '', {}"
        " FROM draft_plan_recipient",
        clock.now.date() + timedelta(3), clock.now,
    )  # fmt: skip
    assert "Thursday 12 March 2026" in await panel(client, "dates")
    await fetch("UPDATE document_recipient SET recalled_at = {}", clock.now)
    assert "(0)" in await panel(client, "dates"), "it was taken back from them"
    await fetch("UPDATE document_recipient SET recalled_at = NULL")
    await fetch("UPDATE draft_plan_extension SET until = until + 30")
    assert "(0)" in await panel(client, "dates")


async def test_a_message_that_was_begun_is_found_again_with_whom_it_is_for(
    client: Client, cast: Cast, clock: Clock
) -> None:
    page = await client.get(f"/staff/children/{cast.priya.public_id}/messages/new")
    typed = {"recipient": cast.ben.public_id, "message_type": "Annual Review", "subject": "The bus", "message": "At"}
    await client.press(page, "Save draft", **typed)
    today = await client.get("/staff/today")
    assert "The bus, kept on Monday 9 March 2026" in await panel(client, "unsent")
    href = today.one("//section[@id='panel-unsent']//li/a").get("href")
    page = await client.get(href)
    assert page.one("//input[@name='recipient'][@checked]").get("value") == cast.ben.public_id
    await client.press(page, "Send")
    assert "(0)" in await panel(client, "unsent")


async def test_a_manager_is_shown_what_nobody_has(client: Client, cast: Cast, clock: Clock) -> None:
    await sent_a_form(cast, clock)
    await sign_in(client, cast.mo, clock.now)
    assert "Priya" not in (await client.get("/staff/today")).main
    await fetch("UPDATE child SET caseworker = NULL")
    for name in ("requests", "returned"):
        assert "No caseworker" in await panel(client, name)
    assert "Omar Jones" in await panel(client, "requests")
    await person("Nia Lord", clock.now, "manager", cast.south)
    assert "Omar Jones" not in await panel(client, "requests")
    await sign_in(client, cast.dee, clock.now)
    assert "Priya" not in (await client.get("/staff/today")).main
