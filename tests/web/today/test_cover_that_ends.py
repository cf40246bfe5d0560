"""Whoever covers is mailed, cannot slip away unseen, and is never named once they have left."""

import pytest

from db.engine import fetch
from portal.actor import Actor
from portal.cover.queries import away_words
from portal.staff import people
from portal.staff.assigning import colleagues
from portal.staff.people import Details
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, child, gather, person, sign_in
from tests.web.today.test_being_away import go_away
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


@pytest.fixture
async def fay(client: Client, cast: Cast, clock: Clock) -> Actor:
    """She covers for Dee, who is signed in."""
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    await go_away(client, fay)
    return fay


async def test_whoever_covers_is_mailed_when_it_begins_and_when_it_ends_early(
    client: Client, cast: Cast, fay: Actor, clock: Clock, settings: Settings
) -> None:
    (email,) = await deliver_all(settings, clock)
    assert (email.to, email.subject) == ("fay@example.com", "You cover for Dee Shaw from Monday 9 March 2026")
    assert "Wednesday 11 March 2026" in email.text
    page = await client.get("/staff/away")
    await client.press(page, "End now: Monday 9 March 2026 to Wednesday 11 March 2026")
    (email,) = await deliver_all(settings, clock)
    assert (email.to, email.subject) == ("fay@example.com", "Cover for Dee Shaw has ended")


async def test_one_page_used_twice_records_both_absences(client: Client, cast: Cast, fay: Actor) -> None:
    page = await client.get("/staff/away")
    for first, last in (("16", "17"), ("23", "24"), ("23", "24")):
        days = {"first-day": first, "first-month": "3", "first-year": "2026"}
        days |= {"last-day": last, "last-month": "3", "last-year": "2026"}
        done = await client.press(page, "Record", cover=fay.public_id, **days)
        assert "The absence is recorded" in done.text
    assert len(await fetch("SELECT id FROM absence")) == 3


async def test_whoever_covers_cannot_change_team(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"/staff/manage/people/{fay.public_id}")
    page = await client.press(page, "Save", team=str(cast.south.id))
    assert page.problems == ["They cover for Dee Shaw until 11 March. Find another cover first, under Being away"]
    details = Details("Fay", "Holt", fay.email, "manager", cast.north.id)
    await people.change(cast.mo, await people.colleague(fay.public_id), details, now=clock.now)


async def test_the_cover_of_somebody_who_leaves_ends_and_is_said(
    client: Client, cast: Cast, fay: Actor, clock: Clock, settings: Settings
) -> None:
    await deliver_all(settings, clock)
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"/staff/manage/people/{fay.public_id}/disable")
    assert "They cover for Dee Shaw until Wednesday 11 March 2026. That cover ends too" in page.main
    await client.press(page, "End their sign-in", reason="Left")
    told = {(email.to, email.subject) for email in await deliver_all(settings, clock)}
    assert ("dee@example.com", "Cover for Dee Shaw has ended") in told
    assert await away_words(cast.dee.account, clock.now.date()) == ""


async def test_families_never_read_of_a_cover_who_left(cast: Cast, fay: Actor, clock: Clock) -> None:
    assert "Fay is covering" in await away_words(cast.dee.account, clock.now.date())
    await fetch("UPDATE account SET disabled_at = {} WHERE id = {}", clock.now, fay.account)
    assert await away_words(cast.dee.account, clock.now.date()) == ""


async def test_everybody_sees_who_is_away_and_lists_mark_them(
    client: Client, cast: Cast, fay: Actor, clock: Clock
) -> None:
    await child("Ivy Poe", cast.north, cast.dee, clock.now)
    await sign_in(client, fay, clock.now)
    page = await client.get("/staff/away")
    row = page.one("//tbody/tr").text_content().split()
    assert row[:2] == ["Dee", "Shaw"]
    assert "Dee Shaw,2026-03-09,2026-03-11,Fay Holt" in (await client.http.get("/staff/away.csv")).text
    assert "Dee Shaw (away until 11 March)" in dict(await colleagues(fay, today=clock.now.date())).values()
    await sign_in(client, cast.ed, clock.now)
    assert "Nobody is away" in (await client.get("/staff/away")).main
