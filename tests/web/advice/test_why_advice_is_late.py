"""A reason in law for one adviser has days, a new target and who decided; the family reads the law's words only."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.web.advice.scene import ask, assessing, family_list, open_adviser
from tests.web.timeline.scene import day

pytestmark = pytest.mark.anyio

PRESS = "Record the reason"
TYPED = {"late_kind": "missed_appointment", "late_reason": "The father was in court."}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await assessing(client, clock)
    await ask(client, cast, "Dr Lowe", kind="psychology", on=date(2026, 1, 13))
    return cast


async def test_the_team_reads_all_of_it_and_the_family_the_laws_reason_and_the_new_target(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    missed, target = day("late_starts", date(2026, 2, 10)), day("late_target", date(2026, 3, 30))
    page = await open_adviser(client, cast, "Dr Lowe")
    assert page.field("late_approved_by") == "Dee Shaw"
    page = await client.press(page, PRESS, late_approved_by="Mo Bell, manager", **TYPED, **missed, **target)
    assert "New target 30 March 2026" in page.main
    page = await open_adviser(client, cast, "Dr Lowe")
    for said in ("from 10 February 2026", "Mo Bell, manager", "The father was in court.", "Monday 30 March 2026"):
        assert said in page.main
    for adult in (cast.amal, cast.ben):
        async with await sign_in(Client(app), adult, clock.now) as browser:
            page = await browser.get(family_list(cast))
        assert "Why it may be late: An appointment was missed." in page.main
        assert "We now aim for 30 March 2026." in page.main
        assert all(word not in page.text for word in ("court", "Mo Bell", "10 February"))


async def test_who_recorded_it_decided_it_when_nobody_else_is_named(client: Client, cast: Cast) -> None:
    page = await open_adviser(client, cast, "Dr Lowe")
    await client.press(page, PRESS, late_approved_by="", **TYPED, **day("late_starts", date(2026, 2, 10)))
    (row,) = await fetch("SELECT exception_approved_by, exception_ends FROM adviser")
    assert tuple(row.values()) == ("Dee Shaw", None)


async def test_no_date_of_the_case_moves(client: Client, cast: Cast) -> None:
    (before,) = await fetch("SELECT next_deadline, stage FROM ehc_case WHERE child = {}", cast.priya.id)
    timeline = f"/staff/children/{cast.priya.public_id}/timeline"
    dates = [one.text for one in (await client.get(timeline)).all("//main//time")]
    page = await open_adviser(client, cast, "Dr Lowe")
    page = await client.press(page, PRESS, **TYPED, **day("late_target", date(2026, 6, 30)))
    assert "24 February 2026" in page.main
    assert "late by 13 days" in page.main
    (after,) = await fetch("SELECT next_deadline, stage FROM ehc_case WHERE child = {}", cast.priya.id)
    assert after == before
    assert [one.text for one in (await client.get(timeline)).all("//main//time")] == dates


async def test_what_the_law_does_not_know_is_refused_at_the_field_and_nothing_typed_is_lost(
    client: Client, cast: Cast
) -> None:
    page = await open_adviser(client, cast, "Dr Lowe")
    page = await client.press(page, PRESS, **TYPED, late_approved_by="Mo Bell")
    assert page.problems == ["Enter the first day, or a new target"]
    assert (page.field("late_reason"), page.field("late_approved_by")) == (TYPED["late_reason"], "Mo Bell")
    page = await client.press(page, PRESS, **TYPED, **day("late_target", date(2026, 2, 20)))
    assert page.problems == ["The new target must be after the date in law, Tuesday 24 February 2026"]
    assert not await fetch("SELECT id FROM adviser WHERE exception_kind <> ''")


async def test_it_can_be_put_right(client: Client, cast: Cast) -> None:
    page = await open_adviser(client, cast, "Dr Lowe")
    await client.press(page, PRESS, **TYPED, **day("late_starts", date(2026, 2, 10)))
    page = await open_adviser(client, cast, "Dr Lowe")
    assert (page.field("late_starts-day"), page.field("late_reason")) == ("10", TYPED["late_reason"])
    await client.press(page, PRESS, **day("late_starts", date(2026, 2, 11)))
    (row,) = await fetch("SELECT exception_starts FROM adviser")
    assert row["exception_starts"] == date(2026, 2, 11)
