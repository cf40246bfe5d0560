"""The final plan waits for the last day of every adult; what nobody has answered is not forgotten with it."""

from datetime import date

import pytest

from db.engine import fetch
from portal.errors import RuleBroken
from tests.client import Client
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


async def test_it_waits_for_the_adult_who_has_the_longest(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document, date(2026, 3, 2))
    await scene.serve([scene.cast.ben], document)
    await scene.pass_time(days=8)
    with pytest.raises(RuleBroken, match="until Monday 23 March 2026"):
        await scene.record("final_issued", date(2026, 3, 17))
    await scene.give_time(scene.cast.amal, date(2026, 3, 27))
    await scene.pass_time(days=8)
    with pytest.raises(RuleBroken, match="until Friday 27 March 2026"):
        await scene.record("final_issued", date(2026, 3, 25))
    await scene.pass_time(days=3)
    assert await scene.record("final_issued", date(2026, 3, 28)) == "final_issued"


async def test_a_draft_that_was_taken_back_is_not_waited_for(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal], on_paper=date(2026, 3, 2))
    await scene.serve([scene.cast.ben], await scene.published([scene.cast.ben], "Another plan"))
    await fetch("UPDATE document SET recalled_at = {} WHERE description = 'Another plan'", scene.clock.now)
    await scene.pass_time(days=8)
    assert await scene.record("final_issued", date(2026, 3, 17)) == "final_issued"


async def test_what_is_not_answered_is_said_before_and_stays_in_today_after(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    await scene.comment(amal, "F", "Please add swimming.")
    await scene.send(amal)
    await scene.pass_time(days=16)
    page = await scene.dee.get(f"/staff/children/{scene.cast.priya.public_id}/timeline/decision")
    assert "1 comment or request is not answered yet. Answer before the final plan." in page.main
    await scene.record("final_issued", date(2026, 3, 25))
    page = await scene.dee.get("/staff/today")
    assert "Section F: Special educational provision" in page.main
