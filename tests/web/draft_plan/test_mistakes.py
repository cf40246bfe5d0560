"""A mistyped day of service, and a draft that was taken back: neither goes on counting, and nobody loses a day."""

from datetime import date

import pytest

from db.engine import fetch
from portal.documents import commands as documents
from tests.client import Client
from tests.web.documents.scene import audited
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


async def recall(scene: DraftScene, document: str) -> None:
    await documents.recall(scene.cast.dee, await scene.child(), document, "Another child's", now=scene.clock.now)


async def test_a_mistyped_day_is_struck_out_and_the_draft_served_again(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document, date(2026, 3, 3))
    await scene.work()
    page = await scene.strike(scene.cast.amal, "It was the 6th.")
    assert "It is struck out. Amal Khan is told by email." in page.text
    assert "Amal Khan, served on 3 March 2026. Why it was a mistake: It was the 6th." in page.main
    assert await audited("staff:draft:struck_out") == 1
    assert [(one.to, one.subject) for one in await scene.work()] == [
        ("amal@example.com", "A mistake about the draft plan for case PRI42")
    ]
    assert "There is no draft plan for you to read now." in (await amal.get(scene.draft_url)).main
    await scene.serve([scene.cast.amal], document, date(2026, 3, 6))
    assert "The last day to comment is Friday 20 March 2026." in (await amal.get(scene.draft_url)).main


async def test_the_last_day_is_never_earlier_than_somebody_was_told(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    await scene.give_time(scene.cast.amal, date(2026, 3, 30))
    await scene.strike(scene.cast.amal)
    await scene.serve([scene.cast.amal], document, date(2026, 3, 4))
    page = await amal.get(scene.draft_url)
    assert "The last day to comment is Monday 30 March 2026." in page.main
    assert "We told you this last day before." in page.main


async def test_what_was_said_is_there_again_once_the_draft_is_served_again(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    await scene.comment(amal, "B", "Sent.")
    await scene.send(amal)
    await scene.comment(amal, "F", "Saved.")
    await scene.strike(scene.cast.amal)
    assert (await amal.get(f"{scene.draft_url}/F")).status == 404
    await scene.serve([scene.cast.amal], document)
    assert "Sent." in (await amal.get(scene.draft_url)).main
    assert (await amal.get(f"{scene.draft_url}/F")).field("comment") == "Saved."


async def test_striking_out_for_one_adult_leaves_the_other_alone(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal, scene.cast.ben])
    await scene.work()
    await scene.strike(scene.cast.amal)
    assert "ben@example.com" not in {one.to for one in await scene.work()}
    async with scene.signed_in(scene.cast.ben) as ben:
        assert "14 days left" in (await ben.get(scene.draft_url)).main


async def test_a_service_is_struck_out_once_with_a_reason_and_by_its_team(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal])
    page = await scene.dee.get(scene.staff_draft_url)
    form = await scene.dee.get(page.all("//a[contains(@href, '/strike-out/')]/@href")[0])
    assert (await scene.dee.press(form, "Strike out")).problems == ["Enter why it was a mistake"]
    async with scene.signed_in(scene.cast.ed) as ed:
        assert (await ed.get(form.url)).status == 404
    await scene.dee.press(form, "Strike out", reason="A slip.")
    again = await scene.dee.press(form, "Strike out", reason="A slip.")
    assert "It is struck out." in again.text
    assert await audited("staff:draft:struck_out") == 1


async def test_the_entry_in_the_timeline_stays_while_somebody_has_the_draft(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal])
    await scene.work()
    url = f"/staff/children/{scene.cast.priya.public_id}/timeline/strike-out"
    page = await scene.dee.press(await scene.dee.get(url), "Strike out", reason="A slip.")
    assert page.problems == ["Somebody has the draft. Strike that out first, on the page of the draft plan"]
    await scene.strike(scene.cast.amal)
    await scene.work()
    await scene.dee.press(await scene.dee.get(url), "Strike out", reason="A slip.")
    assert not await scene.work(), "nobody was told of the entry, so nobody is told that it is gone"
    assert [row["stage"] for row in await fetch("SELECT stage FROM ehc_case ORDER BY id LIMIT 1")] == ["advice"]


async def test_a_draft_that_was_taken_back_counts_no_days_and_says_so(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    await recall(scene, document)
    page = await amal.get(scene.draft_url)
    assert "We have taken this draft back." in page.main
    assert not page.all("//main//a[contains(@href, '/documents/') or contains(@href, '/draft-plan/')]")
    dashboard = scene.draft_url.removesuffix("/draft-plan")
    assert "to comment" not in (await amal.get(dashboard)).one("//*[@id='panel-actions']").text_content()
    assert "20260323" not in (await amal.http.get(f"{dashboard}/key-dates.ics")).text
    token = (await amal.get("/help")).all("//input[@name='csrf_token']")[0].get("value")
    typed = {"csrf_token": token, "view": "comment", "comment": "About another child's plan"}
    assert "We have taken this draft back" in (await amal.http.post(f"{scene.draft_url}/B", data=typed)).text
    page = await scene.dee.get(scene.staff_draft_url)
    assert "The document of this draft was recalled." in page.main
    assert "Give more time" not in page.main


async def test_after_a_wrong_document_the_earlier_draft_counts_again(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    wrong = await scene.published([scene.cast.amal], "Another plan")
    await scene.serve([scene.cast.amal], wrong)
    await scene.comment(amal, "B", "Written while the wrong one was there.")
    await recall(scene, wrong)
    page = await amal.get(scene.draft_url)
    assert "14 days left" in page.main
    await scene.comment(amal, "B", "Written about the right one.")
    assert "We have what you sent." in (await scene.send(amal)).text
    assert [row["body"] for row in await fetch("SELECT body FROM draft_plan_response")] == [
        "Written about the right one."
    ]
