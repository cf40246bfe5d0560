"""The team tells a family why a date is late, where the law knows no reason: beside the lateness, with a new target."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, sign_in
from tests.web.timeline.scene import at_timeline, day, record, timeline_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

TOLD = "We have too few psychologists"
TARGET = date(2026, 4, 10)


async def explain(client: Client, cast: Cast, told: str = TOLD, target: date = TARGET) -> Page:
    return await record(
        client, cast, "explanation", "Explain", duty="considering", told=told, **day("new_target", target)
    )


async def test_the_family_reads_why_beside_the_lateness_and_is_mailed(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast, timeline = await at_timeline(client, clock)
    assert timeline.link("Explain a late date") == f"{timeline_of(cast)}/explanation"
    page = await explain(client, cast)
    assert page.url == timeline_of(cast)
    assert "Late date explained: Decision whether to assess (6 weeks)" in page.main
    mail = (await deliver_all(settings, clock))[0]
    assert TOLD not in str(mail)
    (address,) = links_in(mail)
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        seen = await parent.get(address)
        dashboard = await parent.get(f"/children/{cast.priya.public_id}")
    for one in (seen, dashboard):
        assert f"Late by 21 days, new target Friday 10 April 2026 {TOLD} Due by Monday 16 February 2026" in one.main
        assert "We are sorry. We now aim for Friday 10 April 2026." in one.main


async def test_it_is_no_exception_and_moves_no_date(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    before = await fetch_one("SELECT next_deadline FROM ehc_case WHERE child = {}", cast.priya.id)
    await explain(client, cast)
    assert await fetch_one("SELECT next_deadline FROM ehc_case WHERE child = {}", cast.priya.id) == before
    assert not await fetch("SELECT 1 FROM case_exception")


async def test_the_newest_explanation_stands_in_the_place_of_the_one_before(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await explain(client, cast, told="The panel was ill")
    page = await explain(client, cast, target=date(2026, 5, 1))
    line = " ".join(page.one("//li[contains(@class,'portal-timeline__stage--late')]").text_content().split())
    assert f"new target Friday 1 May 2026 {TOLD}" in line


async def test_an_empty_form_names_every_field_and_a_passed_target_is_refused(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, "explanation", "Explain")
    assert page.problems == ["Choose which date is late", "Enter why it is late", "Enter the new target"]
    page = await explain(client, cast, target=date(2026, 3, 8))
    assert page.problems == ["The new target must be today or later"]
    assert page.field("told") == TOLD
    assert not await fetch("SELECT 1 FROM case_explanation")


async def test_what_is_not_late_is_not_explained(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await fetch("UPDATE ehc_case SET received_on = '2026-03-02' WHERE child = {}", cast.priya.id)
    page = await client.get(timeline_of(cast))
    assert "Explain a late date" not in page.main
    page = await client.get(f"{timeline_of(cast)}/explanation")
    assert "No date is late." in page.main


async def test_another_team_finds_nothing(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(f"{timeline_of(cast)}/explanation")).status == 404


async def test_a_wrong_explanation_is_struck_out_and_the_one_before_stands_again(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, _ = await at_timeline(client, clock)
    await explain(client, cast, told="The panel was ill")
    clock.pass_time(minutes=1)
    page = await explain(client, cast, told="This was about another child")
    form = await client.get(page.all("//main//a[starts-with(., 'Strike out')]")[0].get("href"))
    assert "goes back to where it stood" not in form.main
    page = await client.press(form, "Strike out", reason="Wrong record")
    assert "Struck out by" in page.main
    assert "Wrong record" in page.main
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        seen = (await parent.get(f"/children/{cast.priya.public_id}/timescale")).main
    assert "The panel was ill" in seen
    assert "another child" not in seen
