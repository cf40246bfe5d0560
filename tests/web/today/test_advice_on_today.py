"""Late advice and wishes that wait stand on Today and in the caseload until somebody has dealt with them."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import sign_in
from tests.web.advice.scene import ask, assessing, family_list, open_adviser

pytestmark = pytest.mark.anyio


async def test_late_advice_is_on_today_until_it_came(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    await ask(client, cast, "Ms Diaz", on=date(2026, 2, 2))
    await ask(client, cast, "Mrs Hall", kind="education")
    page = await client.get("/staff/today")
    assert "Advice late, or due in 7 days (2)" in page.main
    assert "Dr Lowe Late by 13 days" in page.main
    assert "Ms Diaz, 7 days left" in page.main
    assert "Mrs Hall" not in page.main
    assert "Priya Khan" in (await client.get("/staff?only=advice")).main
    await client.press(await open_adviser(client, cast, "Dr Lowe"), "Record that it came")
    assert "Advice late, or due in 7 days (1)" in (await client.get("/staff/today")).main
    assert "Priya Khan" not in (await client.get("/staff?only=advice")).main


async def test_with_the_plan_nobody_waits_for_it_but_another_assessment_does(client: Client, clock: Clock) -> None:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    await fetch("UPDATE ehc_case SET stage = 'in_place' WHERE child = {}", cast.priya.id)
    assert "Advice late, or due in 7 days (0)" in (await client.get("/staff/today")).main
    await fetch(
        "UPDATE case_decision SET kind = 'reassessment_agreed' WHERE kind = 'decided_to_assess' AND ehc_case IN"
        " (SELECT id FROM ehc_case WHERE child = {})",
        cast.priya.id,
    )
    assert "Advice late, or due in 7 days (1)" in (await client.get("/staff/today")).main


async def test_a_wish_is_on_today_until_it_is_answered(client: Client, app: ASGIApp, clock: Clock) -> None:
    cast = await assessing(client, clock)
    async with await sign_in(Client(app), cast.amal, clock.now) as amal:
        form = await amal.get(f"{family_list(cast)}/new")
        await amal.press(form, "Send to the SEND team", name="Ms Diaz", why="She knows Priya.")
    page = await client.get("/staff/today")
    assert "Ms Diaz, asked for on Monday 9 March 2026" in page.main
    (link,) = page.all("//a[contains(@href, '/wishes/')]/@href")
    await client.press(await client.get(link), "Send the answer", answer="not_asked", reason="We have her report.")
    assert "People a family wants us to ask (0)" in (await client.get("/staff/today")).main
