"""An adult's day of service and days to comment are theirs: nobody else reads of them, is mailed, sees a date move."""

import io
import zipfile
from datetime import date

import pytest

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client
from tests.people import PASSWORD, give_access, person
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio

PAGES = ("", "/draft-plan", "/key-dates", "/key-dates.ics", "/timescale", "/panels/timescale", "/panels/key-dates")


async def everything_shown(scene: DraftScene, browser: Client) -> str:
    """All that one adult can read about dates and the draft, and the portal screen."""
    base = scene.draft_url.removesuffix("/draft-plan")
    texts = [(await browser.http.get(f"{base}{path}")).text for path in PAGES]
    return "\n".join([*texts, (await browser.http.get("/children")).text])


async def shown_to(scene: DraftScene, who: Actor) -> str:
    async with scene.signed_in(who) as browser:
        return await everything_shown(scene, browser)


async def test_more_time_for_one_is_no_news_for_another(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal, scene.cast.ben])
    await scene.work()
    before = await shown_to(scene, scene.cast.ben)
    await scene.give_time(scene.cast.amal, date(2026, 3, 30), "Amal was in hospital.")
    assert {one.to for one in await scene.work()} == {"amal@example.com"}
    after = await shown_to(scene, scene.cast.ben)
    for told in ("Monday 23 March 2026", "20260323"):
        assert told in before
        assert told in after
    for hidden in ("30 March", "20260330", "hospital", "More time"):
        assert hidden not in after
    own = await everything_shown(scene, amal)
    assert "20260330" in own
    assert "20260323" not in own


async def test_serving_one_adult_later_moves_nothing_for_the_other(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    await scene.work()
    await scene.pass_time(days=3)
    before = await shown_to(scene, scene.cast.amal)
    await scene.serve([scene.cast.ben], document)
    assert [one.to for one in await scene.work()] == ["ben@example.com"]
    after = await shown_to(scene, scene.cast.amal)
    assert "20260323" in before
    assert "20260323" in after
    for hidden in ("26 March", "DATE:20260312", "20260326"):
        assert hidden not in after


async def test_whoever_was_not_served_reads_no_date_and_gets_no_email(scene: DraftScene) -> None:
    sima = await person("Sima Rao", scene.clock.now)
    await give_access(sima, scene.cast.priya, scene.clock.now, "professional")
    await scene.serve([scene.cast.amal])
    await scene.give_time(scene.cast.amal, date(2026, 3, 30))
    assert {one.to for one in await scene.work()} == {"amal@example.com"}
    await scene.pass_time(days=1)
    for who in (scene.cast.ben, sima):
        shown = await shown_to(scene, who)
        assert "We send the draft of Priya&#39;s EHC plan to each parent" in shown
        for hidden in ("9 March", "23 March", "30 March", "20260309", "20260323", "20260330", "your turn", "Amal"):
            assert hidden not in shown


async def test_no_letter_of_the_timeline_tells_of_somebody_elses_draft(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    letter = (await fetch("SELECT public_id FROM case_decision WHERE kind = 'draft_served'"))[0]["public_id"]
    base = scene.draft_url.removesuffix("/draft-plan")
    async with scene.signed_in(scene.cast.ben) as ben:
        assert (await ben.get(f"{base}/decisions/{letter}")).status == 404
    assert (await amal.get(f"{base}/decisions/{letter}")).status == 404
    page = await scene.dee.get(f"/staff/children/{scene.cast.priya.public_id}/timeline/letters/{letter}")
    assert page.heading == "The draft plan was sent to the family"


async def test_the_copy_of_everything_tells_of_nobody_elses_draft(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal])
    async with scene.signed_in(scene.cast.ben) as ben:
        form = await ben.get("/account/everything")
        page = await ben.press(form, "Get my file", current_password=PASSWORD)
    decisions = zipfile.ZipFile(io.BytesIO(page.response.content)).read("tables/decisions.csv").decode()
    assert "We will carry out an EHC needs assessment" in decisions
    assert "draft" not in decisions


async def test_what_is_recorded_by_hand_is_still_told_to_the_whole_family(scene: DraftScene) -> None:
    await scene.record("draft_served", date(2026, 3, 9))
    await scene.record("comments_extended", date(2026, 3, 30))
    assert {one.to for one in await scene.work()} == {"amal@example.com", "ben@example.com"}
    for who in (scene.cast.amal, scene.cast.ben):
        assert "20260330" in await shown_to(scene, who)


async def test_once_a_draft_was_served_here_the_timeline_keeps_no_second_truth(scene: DraftScene) -> None:
    decision = f"/staff/children/{scene.cast.priya.public_id}/timeline/decision"
    kinds = "//select[@name='kind']/option/@value"
    assert "draft_served" in (await scene.dee.get(decision)).all(kinds)
    await scene.serve([scene.cast.amal])
    page = await scene.dee.get(decision)
    assert not {"draft_served", "comments_extended"} & set(page.all(kinds))
    typed = {"kind": "comments_extended", "on-day": "30", "on-month": "3", "on-year": "2026"}
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    refused = await scene.dee.http.post(decision, data={"csrf_token": token, **typed})
    assert "Do this on the page of the draft plan" in refused.text
    assert not await fetch("SELECT id FROM case_decision WHERE kind = 'comments_extended'")
