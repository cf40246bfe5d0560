"""With a plan: changes after a review (reg 22) and another assessment (regs 24 to 27) have drafts of their own."""

from datetime import date

import pytest

from db.engine import fetch
from portal.errors import RuleBroken
from tests.client import Client
from tests.web.advice.scene import ask, family_list, staff_list
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio

CLOSED = "This draft is closed"


@pytest.fixture
async def with_plan(scene: DraftScene) -> DraftScene:
    """Priya has a plan; its draft was served on 9 March, when the tests begin, and it was issued on 25 March."""
    await scene.serve([scene.cast.amal])
    await scene.pass_time(days=16)
    await scene.record("final_issued", date(2026, 3, 25))
    return scene


async def test_the_draft_of_the_first_plan_stays_closed_until_there_is_another(
    with_plan: DraftScene, amal: Client
) -> None:
    await with_plan.record("reassessment_agreed", with_plan.clock.now.date())
    assert CLOSED in (await with_plan.dee.get(with_plan.staff_draft_url)).main
    assert not (await amal.get(f"{with_plan.draft_url}/F")).all("//main//form")
    old = await with_plan.document()
    page = await with_plan.serve([with_plan.cast.ben], old)
    assert page.problems == ["This was the draft of an earlier plan. Add it once more as a new document"]


async def test_another_assessment_has_advice_a_draft_and_fifteen_days(with_plan: DraftScene, amal: Client) -> None:
    cast, today = with_plan.cast, with_plan.clock.now.date()
    await with_plan.record("reassessment_agreed", today)
    await ask(with_plan.dee, cast, "Dr Lowe", kind="psychology")
    assert "Dr Lowe" in (await with_plan.dee.get(staff_list(cast))).main
    assert "Ask for another adviser" in (await amal.get(family_list(cast))).main

    await with_plan.serve([cast.amal], await with_plan.published([cast.amal], "The second draft"))
    (found,) = await fetch("SELECT count(*) AS n FROM case_decision WHERE kind = 'draft_served'")
    assert found["n"] == 2
    await with_plan.comment(amal, "F", "Please add swimming.")
    await with_plan.send(amal)
    assert await fetch("SELECT id FROM draft_plan_response WHERE sent_at IS NOT NULL")
    await with_plan.pass_time(days=10)
    with pytest.raises(RuleBroken, match="may comment on the draft until"):
        await with_plan.record("reassessed_plan_issued", with_plan.clock.now.date())
    await with_plan.pass_time(days=6)
    await with_plan.record("reassessed_plan_issued", with_plan.clock.now.date())
    assert CLOSED in (await with_plan.dee.get(with_plan.staff_draft_url)).main


async def test_changes_after_a_review_are_commented_on_section_by_section(with_plan: DraftScene) -> None:
    cast, today = with_plan.cast, with_plan.clock.now.date()
    page = await with_plan.serve([cast.amal], await with_plan.published([cast.amal], "Too early"))
    assert "Record changes after a review, or another assessment, first" in page.problems[0]
    await with_plan.record("changes_proposed", today)
    await with_plan.pass_time(days=3)
    await with_plan.serve([cast.amal], await with_plan.published([cast.amal], "The changes"))
    (found,) = await fetch("SELECT count(*) AS n FROM case_decision WHERE kind = 'draft_served'")
    assert found["n"] == 1
    async with with_plan.signed_in(cast.amal) as amal:
        await with_plan.comment(amal, "B", "He hears better now.")
        await with_plan.send(amal)
    assert await fetch("SELECT id FROM draft_plan_response WHERE sent_at IS NOT NULL")
    await with_plan.pass_time(days=13)
    with pytest.raises(RuleBroken, match="may comment on the changes until"):
        await with_plan.record("changed_plan_issued", with_plan.clock.now.date())
    await with_plan.pass_time(days=2)
    await with_plan.record("changed_plan_issued", with_plan.clock.now.date())
    assert CLOSED in (await with_plan.dee.get(with_plan.staff_draft_url)).main


async def test_what_was_meant_for_the_first_plan_does_not_move_into_the_draft_of_another(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal])
    async with scene.signed_in(scene.cast.amal) as amal:
        await scene.comment(amal, "B", "About the first plan.")
    await scene.pass_time(days=16)
    await scene.record("final_issued", date(2026, 3, 25))
    await scene.pass_time(days=300)
    await scene.record("changes_proposed", scene.clock.now.date())
    await scene.serve([scene.cast.amal], await scene.published([scene.cast.amal], "The changes"))
    async with scene.signed_in(scene.cast.amal) as amal:
        assert (await amal.get(f"{scene.draft_url}/B")).field("comment") == ""
        assert "About the first plan." not in (await amal.get(f"{scene.draft_url}/check")).main
        await scene.comment(amal, "F", "About the changes.")
        await scene.send(amal)
    assert await fetch("SELECT body FROM draft_plan_response WHERE sent_at IS NOT NULL") == [
        {"body": "About the changes."}
    ]


@pytest.mark.parametrize("kind", ["changes_proposed", "reassessment_agreed"])
async def test_wherever_the_family_looks_the_last_day_is_the_one_of_their_own_service(
    with_plan: DraftScene, kind: str
) -> None:
    cast = with_plan.cast
    await with_plan.record(kind, with_plan.clock.now.date())
    await with_plan.pass_time(days=5)
    await with_plan.serve([cast.amal], await with_plan.published([cast.amal], "The second draft"))
    await with_plan.give_time(cast.amal, date(2026, 4, 29))
    await with_plan.pass_time(days=15)
    child = with_plan.draft_url.removesuffix("/draft-plan")
    async with with_plan.signed_in(cast.amal) as amal:
        assert "The last day to comment is Wednesday 29 April 2026." in (await amal.get(with_plan.draft_url)).main
        for path in ("", "/key-dates", "/timescale"):
            page = (await amal.get(child + path)).main
            assert "Wednesday 29 April 2026" in page, path
            assert "8 April 2026" not in page, path
        assert "DTSTART;VALUE=DATE:20260429" in (await amal.http.get(f"{child}/key-dates.ics")).text
    async with with_plan.signed_in(cast.ben) as ben:
        assert "29 April 2026" not in (await ben.get(f"{child}/key-dates")).main
