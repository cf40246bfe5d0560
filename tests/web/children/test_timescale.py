"""Statutory Timescales: every stage, marked in words, truthful when late, with Extra Information for each."""

from datetime import date

import pytest

from db.engine import fetch
from portal.access.queries import child_of
from portal.cases import commands
from portal.cases.rules import STAGES, Decision
from tests.client import Client, Page, words
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio


async def timescale(client: Client, cast: Cast, clock: Clock, path: str = "/timescale") -> Page:
    await sign_in(client, cast.amal, clock.now)
    return await client.get(f"/children/{cast.priya.public_id}{path}")


def stage(page: Page, number: int) -> str:
    """What is said about one stage of the line."""
    return words(page.all("//ol[@class='portal-timeline']/li")[number - 1])


@pytest.mark.parametrize("number", range(1, len(STAGES) + 1))
@pytest.mark.parametrize("path", ["", "/timescale"])
async def test_the_current_stage_is_marked_for_eyes_and_ears(
    client: Client, clock: Clock, number: int, path: str
) -> None:
    cast = await gather(clock.now)
    await fetch("UPDATE ehc_case SET stage = {} WHERE child = {}", STAGES[number - 1], cast.priya.id)
    page = await timescale(client, cast, clock, path)
    current = page.one("//ol[@class='portal-timeline']/li[@aria-current='step']")
    assert current == page.all("//ol[@class='portal-timeline']/li")[number - 1]
    assert "You are here" in words(current)
    assert len(page.all("//strong[text()='You are here']")) == 1


async def test_the_dashboard_explains_the_current_stage_in_place(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    page = await timescale(client, cast, clock, "")
    info = page.one("//details[starts-with(@id, 'stage-')]")
    assert words(info.xpath("summary")[0]) == "Extra Information about Request received"
    assert [words(title) for title in info.xpath(".//h3")] == [
        "What happens now",
        "Who does it",
        "What you can do",
        "Your rights",
        "The law",
    ]
    assert "EHC needs assessment for Priya" in words(info)


async def test_the_full_page_explains_every_stage(client: Client, clock: Clock) -> None:
    page = await timescale(client, await gather(clock.now), clock)
    assert page.heading == "Statutory Timescales"
    assert len(page.all("//details[starts-with(@id, 'stage-')]")) == len(STAGES)


async def test_it_says_the_week_and_the_dates_of_the_law(client: Client, clock: Clock) -> None:
    page = await timescale(client, await gather(clock.now), clock)
    assert "Week 10 of 20" in page.main
    assert "Monday 5 January 2026" in stage(page, 1)
    assert "Due by Monday 27 April 2026" in stage(page, 4)
    assert "Due by Monday 25 May 2026" in stage(page, 7)


async def test_lateness_is_told_truthfully(client: Client, clock: Clock) -> None:
    page = await timescale(client, await gather(clock.now), clock)
    assert "Late by 21 days" in stage(page, 2)
    assert "Due by Monday 16 February 2026" in stage(page, 2)
    assert "We are late" in page.main


async def test_a_family_is_never_called_late_with_its_comments(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    child, today = await child_of(cast.dee, cast.priya.public_id, now=clock.now), clock.now.date()
    for kind, on in (("decided_to_assess", date(2026, 2, 10)), ("draft_served", date(2026, 3, 2))):
        await commands.record_decision(cast.dee, child, Decision(kind, on), today=today, now=clock.now)
    page = await timescale(client, cast, clock)
    assert "7 days left Due by Monday 16 March 2026" in stage(page, 5)
    clock.pass_time(days=8)
    page = await timescale(client, cast, clock)
    assert "The time to comment has ended" in stage(page, 5)
    assert "Late" not in stage(page, 5)


async def test_after_twenty_weeks_the_ruler_says_so(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    clock.pass_time(days=100)
    page = await timescale(client, cast, clock)
    assert "Week 24. The law gives 20 weeks." in page.main
    assert "Late by 23 days" in stage(page, 7)
