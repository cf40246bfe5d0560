"""Each adult sees their own words and the answers to them; nobody else's, and a stranger sees nothing."""

import pytest

from db.engine import fetch
from tests.client import Client
from tests.web.children.test_dashboard import counted
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


async def test_parents_never_read_each_others_comments_or_answers(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal, scene.cast.ben])
    await scene.comment(amal, "B", "Amal says this.")
    await scene.send(amal)
    await scene.answer("Section B: Special educational needs", outcome="partly", answer="An answer for Amal.")
    async with scene.signed_in(scene.cast.ben) as ben:
        for path in ("", "/B", "/school"):
            page = await ben.get(f"{scene.draft_url}{path}")
            assert page.status == 200
            assert "Amal" not in page.main
        assert "No comment yet" in (await ben.get(scene.draft_url)).main
        await scene.comment(ben, "B", "Ben says that.")
        await scene.send(ben)
    page = await scene.dee.get(scene.staff_draft_url)
    assert "Amal says this." in page.main
    assert "Ben says that." in page.main
    assert "Ben" not in (await amal.get(scene.draft_url)).main


async def test_an_adult_who_was_not_served_has_no_draft(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    async with scene.signed_in(scene.cast.ben) as ben:
        assert "There is no draft plan for you to read now." in (await ben.get(scene.draft_url)).main
        for path in ("/B", "/school", "/meeting", "/check"):
            assert (await ben.get(f"{scene.draft_url}{path}")).status == 404


async def test_strangers_another_team_and_an_ended_access_find_nothing(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    await scene.comment(amal, "B", "A comment")
    await scene.send(amal)
    response = (await fetch("SELECT public_id FROM draft_plan_response"))[0]["public_id"]
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.amal.account)
    for path in ("", "/B", "/check"):
        assert (await amal.get(f"{scene.draft_url}{path}")).status == 404
        async with scene.signed_in(scene.cast.carol) as carol:
            assert (await carol.get(f"{scene.draft_url}{path}")).status == 404
    async with scene.signed_in(scene.cast.ed) as ed:
        for path in ("", "/start", f"/time/{scene.cast.amal.public_id}", f"/answers/{response}"):
            assert (await ed.get(f"{scene.staff_draft_url}{path}")).status == 404
    page = await scene.dee.get(scene.staff_draft_url)
    assert "Amal Khan, has no access now" in page.main


async def test_a_response_of_another_child_cannot_be_answered_through_this_one(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    await scene.comment(amal, "B", "A comment")
    await scene.send(amal)
    response = (await fetch("SELECT public_id FROM draft_plan_response"))[0]["public_id"]
    async with scene.signed_in(scene.cast.ed) as ed:
        url = f"/staff/children/{scene.cast.omar.public_id}/draft-plan/answers/{response}"
        assert (await ed.get(url)).status == 404


async def test_the_number_of_queries_does_not_grow(
    scene: DraftScene, amal: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.serve([scene.cast.amal])
    await scene.comment(amal, "A", "First")
    await scene.send(amal)
    with counted(monkeypatch) as before:
        await amal.get(scene.draft_url)
        await scene.dee.get(scene.staff_draft_url)
    for section in "BCDEFG":
        await scene.comment(amal, section, f"About {section}")
    await scene.send(amal)
    with counted(monkeypatch) as after:
        await amal.get(scene.draft_url)
        await scene.dee.get(scene.staff_draft_url)
    assert len(after) == len(before)
