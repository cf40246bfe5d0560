"""It was recorded by mistake that advice came: it is taken back, with a reason, and waited for as before."""

import json
from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.web.advice.scene import ask, assessing, family_list, open_adviser, staff_list
from tests.web.timeline.scene import day

pytestmark = pytest.mark.anyio

PRESS = "This was a mistake"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    page = await open_adviser(client, cast, "Dr Lowe")
    await client.press(page, "Record that it came", note="Omar's, in fact", **day("returned_on", date(2026, 2, 16)))
    return cast


async def test_it_is_waited_for_again_by_the_same_day_and_the_familys_page_is_right(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    page = await open_adviser(client, cast, "Dr Lowe")
    page = await client.press(page, PRESS, mistake="It was about Omar.")
    assert "Taken back." in page.text
    assert "0 of 1 has answered" in page.main
    assert "late by 13 days" in page.main
    assert "Omar" not in page.main
    async with await sign_in(Client(app), cast.amal, clock.now) as amal:
        page = await amal.get(family_list(cast))
    assert "Not here yet: late by 13 days" in page.main
    assert "24 February 2026" in page.main


async def test_it_is_audited_with_its_reason_and_emailed_to_nobody(client: Client, cast: Cast) -> None:
    notices = len(await fetch("SELECT id FROM notice"))
    await client.press(await open_adviser(client, cast, "Dr Lowe"), PRESS, mistake="It was about Omar.")
    (entry,) = await fetch(
        "SELECT e.event, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id ORDER BY e.id DESC LIMIT 1"
    )
    assert entry["event"] == "staff:advice:return_taken_back"
    assert json.loads(entry["detail"]) == {"on": "2026-02-16", "reason": "It was about Omar."}
    assert len(await fetch("SELECT id FROM notice")) == notices


async def test_the_reason_is_needed(client: Client, cast: Cast) -> None:
    page = await client.press(await open_adviser(client, cast, "Dr Lowe"), PRESS)
    assert page.problems == ["Enter what went wrong"]
    assert "1 of 1 has answered" in (await client.get(staff_list(cast))).main


async def test_only_what_came_can_be_taken_back_and_it_can_come_again(client: Client, cast: Cast) -> None:
    stale = await open_adviser(client, cast, "Dr Lowe")
    await client.press(stale, PRESS, mistake="It was about Omar.")
    page = await client.press(stale, PRESS, mistake="It was about Omar.", once="another")
    assert "It is not recorded that this advice came" in page.main
    page = await open_adviser(client, cast, "Dr Lowe")
    assert "It did not come" not in page.main
    page = await client.press(page, "Record that it came")
    assert "1 of 1 has answered" in page.main
