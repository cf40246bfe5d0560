"""The SEND team asks, reminds and records what came back; the family sees who writes, and by when."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in
from tests.web.advice.scene import ask, assessing, family_list, open_adviser, staff_list
from tests.web.timeline.scene import day

pytestmark = pytest.mark.anyio

MISSED = date(2026, 2, 10)


async def test_whom_the_law_names_is_listed_until_they_are_asked(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    page = await client.get(staff_list(cast))
    assert "Still to be asked" in page.main
    assert "Educational psychologist regulation 6(1)(d)" in page.main
    page = await ask(client, cast, "Dr Lowe", kind="psychology")
    assert "Dr Lowe was asked on 9 March 2026" in page.text
    assert "Educational psychologist regulation" not in page.main
    assert "42 days left" in page.main


async def test_asking_on_a_day_is_a_step_of_the_case_and_told_once(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    await ask(client, cast, "Mrs Hall", kind="education", on=date(2026, 1, 13))
    await ask(client, cast, "Ms Diaz", on=date(2026, 1, 20))
    rows = await fetch("SELECT happened_on FROM case_decision WHERE kind = 'advice_requested' ORDER BY happened_on")
    assert [row["happened_on"] for row in rows] == [date(2026, 1, 13), date(2026, 1, 20)]
    (case,) = await fetch("SELECT stage FROM ehc_case WHERE child = {}", cast.priya.id)
    assert case["stage"] == "advice"
    assert len(await fetch("SELECT id FROM notice WHERE kind = 'decision_recorded'")) == 4  # Twice to both parents.


async def test_the_family_sees_who_writes_by_when_and_how_late(client: Client, app: ASGIApp, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    await ask(client, cast, "Ms Diaz", on=date(2026, 1, 20))
    page = await open_adviser(client, cast, "Ms Diaz")
    assert page.heading == "Ms Diaz"
    typed = {"note": "Only two pages.", **day("returned_on", date(2026, 3, 2))}
    page = await client.press(page, "Record that it came", **typed)
    assert "came in time" in page.main
    assert "Only two pages." in page.main

    async with await sign_in(Client(app), cast.amal, clock.now) as amal:
        dashboard = await amal.get(f"/children/{cast.priya.public_id}")
        page = await amal.get(dashboard.link("Who is writing about Priya Khan"))
    assert page.heading == "Who is writing about Priya"
    assert "1 of 2 have answered." in page.main
    assert "Dr Lowe, Westmere Clinic" in page.main
    assert "24 February 2026" in page.main
    assert "late by 13 days" in page.main
    assert "2 March 2026: came in time" in page.main
    assert "Only two pages" not in page.text


async def test_a_reminder_and_a_reason_in_law_are_shown_without_what_happened(
    client: Client, app: ASGIApp, clock: Clock
) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    page = await client.press(await open_adviser(client, cast, "Dr Lowe"), "Record the reminder")
    assert "Reminded 9 March 2026" in page.main
    page = await open_adviser(client, cast, "Dr Lowe")
    refused = await client.press(page, "Record the reason")
    assert refused.problems == ["Choose a reason that the law knows", "Enter what happened"]
    told = {"late_kind": "missed_appointment", "late_reason": "The father forgot.", **day("late_starts", MISSED)}
    page = await client.press(page, "Record the reason", **told)
    assert "Exception: An appointment was missed, from 10 February 2026" in page.main
    assert "late by 13 days" in page.main
    async with await sign_in(Client(app), cast.ben, clock.now) as ben:
        page = await ben.get(family_list(cast))
    assert "Why it may be late: An appointment was missed." in page.main
    assert "We reminded them on 9 March 2026." in page.main
    assert "forgot" not in page.text


async def test_dates_that_cannot_be_are_refused(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    page = await ask(client, cast, "Dr Lowe", on=date(2026, 3, 10))
    assert page.problems == ["The date must be today or in the past"]
    page = await ask(client, cast, "Dr Lowe", on=date(2026, 1, 11))
    assert page.problems == ["The date must be on or after the decision to assess, Monday 12 January 2026"]
    assert page.field("name") == "Dr Lowe"
    await ask(client, cast, "Dr Lowe", on=date(2026, 2, 2))
    page = await open_adviser(client, cast, "Dr Lowe")
    page = await client.press(page, "Record that it came", **day("returned_on", date(2026, 2, 1)))
    assert page.problems == ["The date must be on or after the day we asked, Monday 2 February 2026"]


async def test_nobody_is_asked_before_the_decision_to_assess(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(staff_list(cast))
    assert "First record this decision: We will carry out an EHC needs assessment." in page.main
    page = await client.get(f"{staff_list(cast)}/new")
    page = await client.press(page, "Record", kind="health", name="Ms Diaz")
    assert page.problems == ["First record this decision: We will carry out an EHC needs assessment"]


async def test_what_was_recorded_by_mistake_is_taken_out(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe")
    page = await client.press(await open_adviser(client, cast, "Dr Lowe"), "Take out of the list")
    assert "Who was asked has not been recorded here." in page.main
    (entry,) = await fetch("SELECT event FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert entry["event"] == "staff:advice:removed"


async def test_an_adviser_is_only_reached_through_the_own_child(client: Client, app: ASGIApp, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe")
    dr_lowe = (await open_adviser(client, cast, "Dr Lowe")).url.rsplit("/", 1)[1]
    omar = f"/staff/children/{cast.omar.public_id}/advice/{dr_lowe}"
    async with await sign_in(Client(app), cast.ed, clock.now) as ed:
        assert (await ed.get(omar)).status == 404
        assert (await ed.get(staff_list(cast))).status == 404
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        page = await mo.get(staff_list(cast))
        token = (await mo.get(f"{staff_list(cast)}/new")).all("//input[@name='csrf_token']")[0].get("value")
        assert (await mo.post(f"{omar}/remove", {"csrf_token": token})).status == 404
        assert "Dr Lowe" in page.main
