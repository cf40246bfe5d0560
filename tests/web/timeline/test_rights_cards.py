"""The cards about rights: one for each that runs, none for what is over or was taken back, and true after a move."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.web.timeline.scene import at_timeline, decide

pytestmark = pytest.mark.anyio

PLAN = (
    ("decided_to_assess", date(2026, 1, 6)),
    ("draft_served", date(2026, 1, 7)),
    ("final_issued", date(2026, 2, 2)),
)


async def dashboard_after(
    app: ASGIApp, client: Client, clock: Clock, *recorded: tuple[str, date], days: int = 0
) -> str:
    """What Amal sees `days` after all of this was recorded on 9 March 2026."""
    cast, _ = await at_timeline(client, clock)
    for kind, on in recorded:
        assert not (await decide(client, cast, kind, on)).problems
    clock.pass_time(days=days)
    return await seen_by_amal(app, cast, clock)


async def seen_by_amal(app: ASGIApp, cast: Cast, clock: Clock) -> str:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        return (await parent.get(f"/children/{cast.priya.public_id}")).main


async def test_each_right_that_runs_has_a_card(app: ASGIApp, client: Client, clock: Clock) -> None:
    refused = ("reassessment_refused", date(2026, 3, 2))
    seen = await dashboard_after(app, client, clock, *PLAN, ("reassessment_asked", date(2026, 2, 20)), refused)
    assert "You can appeal our decision of Monday 2 February 2026" in seen
    assert "You can appeal our decision of Monday 2 March 2026" in seen
    assert seen.count("Mediation adviser: Lakeland Mediation") == 2


async def test_after_the_last_day_the_card_says_so_and_lists_no_old_days(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    seen = await dashboard_after(app, client, clock, ("decided_not_to_assess", date(2026, 2, 10)), days=90)
    assert "The last day to appeal was Friday 10 April 2026." in seen
    assert "58 days ago" not in seen.split("Key Dates")[0]
    assert "Westmere SENDIASS" in seen


async def test_on_the_working_day_after_the_last_day_the_right_is_still_there(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    seen = await dashboard_after(app, client, clock, ("decided_not_to_assess", date(2026, 1, 14)), days=7)
    assert "The Tribunal still takes it on Monday 16 March 2026, because the last day is not a working day." in seen
    assert "The last day to appeal was" not in seen
    assert "still open" in seen.split("Key Dates")[0]
    assert "still open" in seen.split("Key Dates")[1]
    assert "The next date is still open" not in seen


async def test_after_a_move_without_a_plan_nothing_is_promised_that_follows_a_plan(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    seen = await dashboard_after(app, client, clock, ("moved_out", date(2026, 2, 20)))
    assert "You can ask the new council for an assessment." in seen
    assert "6 weeks" not in seen.split("Key Dates")[0].split("Moved to another council")[1]


async def test_after_a_move_with_a_plan_the_card_lists_no_old_days_to_appeal(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    seen = await dashboard_after(app, client, clock, *PLAN, ("moved_out", date(2026, 3, 9)), days=60)
    assert "The new council must arrange the help in the plan." in seen
    assert "Last day to appeal to the SEND Tribunal" not in seen
