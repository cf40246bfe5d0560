"""What was recorded by mistake is struck out: just what the page named, newest first, and out of the family's sight."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, sign_in
from tests.web.timeline.scene import at_timeline, decide, except_, record, timeline_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

AGREED, REFUSED = "We will carry out an EHC needs assessment", "We will not write an EHC plan"
EXCEPTION = "Exception: Exceptional personal circumstances"


async def seen_by_amal(app: ASGIApp, cast: Cast, clock: Clock) -> str:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        return (await parent.get(f"/children/{cast.priya.public_id}/timescale")).main


async def strike(client: Client, page: Page, what: str) -> Page:
    """Follow the link beside an entry, and strike it out."""
    form = await client.get(page.link(f"Strike out about “{what}”"))
    assert what in form.main
    return await client.press(form, "Strike out", reason="This was about another child")


async def test_a_mistake_is_struck_out_and_the_case_stands_where_it_stood(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", date(2026, 2, 10))
    page = await decide(client, cast, "decided_not_to_issue", date(2026, 3, 2), note="Typed into the wrong record")
    page = await strike(client, page, REFUSED)
    assert page.url == timeline_of(cast)
    assert "Struck out by Dee Shaw" in page.main
    assert "This was about another child" in page.main
    case = await fetch_one("SELECT stage, branch, next_deadline FROM ehc_case WHERE child = {}", cast.priya.id)
    assert case == {"stage": "advice", "branch": "", "next_deadline": date(2026, 4, 27)}
    seen = await seen_by_amal(app, cast, clock)
    assert "wrong record" not in seen
    assert "another child" not in seen


async def test_only_the_newest_entry_and_each_exception_offer_it(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_not_to_issue", date(2026, 3, 2))
    await decide(client, cast, "decided_to_assess", date(2026, 3, 2))
    page = await decide(client, cast, "advice_requested", date(2026, 2, 20))
    page = await decide(client, cast, "advice_requested", date(2026, 3, 3))
    offered = [link.text_content() for link in page.all("//main//a[starts-with(., 'Strike out')]")]
    assert offered == ["Strike out about “Advice was asked for”"]
    rows = [row.xpath("string(.//*[@role='rowheader'])").strip() for row in page.all("//table[last()]//tbody/tr")]
    assert rows == ["Advice was asked for", AGREED]


async def test_a_wrong_exception_is_struck_out_and_no_decision_with_it(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", date(2026, 3, 2))
    page = await except_(client, cast, date(2026, 3, 2), told="You asked us to wait.")
    await deliver_all(settings, clock)
    page = await strike(client, page, EXCEPTION)
    assert AGREED in page.main
    assert "You asked us to wait." not in await seen_by_amal(app, cast, clock)
    kept = await fetch("SELECT reason, strike_reason FROM case_exception")
    assert kept == [{"reason": "A refuge in Malvern", "strike_reason": "This was about another child"}]
    emails = await deliver_all(settings, clock)
    assert {email.subject for email in emails} == {"A mistake was corrected in case PRI42"}


async def test_an_entry_that_is_no_longer_the_newest_is_not_struck_out(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, "decided_to_assess", date(2026, 3, 2))
    form = await client.get(page.link(f"Strike out about “{AGREED}”"))
    await decide(client, cast, "advice_requested", date(2026, 3, 3))
    page = await client.press(form, "Strike out", reason="A mistake")
    assert page.problems == ["This is not the newest entry any more. Check which one you want to strike out"]
    assert not await fetch("SELECT 1 FROM case_decision WHERE struck_at IS NOT NULL")


async def test_striking_out_needs_a_reason_and_something_to_strike_out(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await client.get(f"{timeline_of(cast)}/strike-out")
    assert "There is nothing here to strike out" in page.main
    await decide(client, cast, "decided_to_assess", date(2026, 3, 2))
    assert (await record(client, cast, "strike-out", "Strike out")).problems == ["Enter why it was a mistake"]


async def test_an_entry_of_another_child_cannot_be_struck_out(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await except_(client, cast, date(2026, 3, 2))
    form = await client.get(page.link(f"Strike out about “{EXCEPTION}”"))
    await sign_in(client, cast.mo, clock.now)
    entry = form.one("//input[@name='entry']").get("value")
    elsewhere = f"/staff/children/{cast.omar.public_id}/timeline/strike-out"
    assert (await client.get(f"{elsewhere}?entry={entry}")).status == 404


async def test_an_open_exception_gets_its_last_day_once(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await except_(client, cast, date(2026, 3, 2))
    form = await client.get(page.link(f"Record the last day about “{EXCEPTION}”"))
    typed = {"ends-day": "1", "ends-month": "3", "ends-year": "2026"}
    refused = await client.press(form, "Record", **typed)
    assert refused.problems == ["The last day must not be before the first"]
    await deliver_all(settings, clock)
    await client.press(refused, "Record", **typed | {"ends-day": "20"})
    assert "to Friday 20 March 2026" in await seen_by_amal(app, cast, clock)
    assert len(await deliver_all(settings, clock)) == 2
    assert "has its last day already" in (await client.get(form.url)).main
