"""What the team writes down for one recipient: it was posted, its email came back, it was taken back from them."""

import asyncio
from datetime import date

import pytest

from db.engine import fetch
from portal.actor import Actor
from portal.tasks.opening import open_and_close
from tests.client import Page
from tests.web.documents.scene import ON_12_MARCH, Scene, audited
from tests.web.timeline.scene import day

pytestmark = pytest.mark.anyio


async def page_of(scene: Scene, document: str, adult: Actor) -> Page:
    return await scene.dee.get(f"{scene.staff_url}/{document}/recipients/{adult.public_id}")


async def open_tasks(scene: Scene) -> list[str]:
    """Kind and recipient of what is open after the run of this moment."""
    await open_and_close(now=scene.clock.now)
    rows = await fetch(
        "SELECT t.kind, a.forename FROM task t JOIN account a ON a.id = t.recipient WHERE t.done_at IS NULL ORDER BY 2"
    )
    return [f"{row['kind']} {row['forename']}" for row in rows]


async def test_whoever_was_posted_it_is_not_asked_after(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    await scene.pass_time(days=7)
    assert await open_tasks(scene) == ["unopened Amal", "unopened Ben"]
    page = await page_of(scene, document, scene.cast.amal)
    assert "not opened" in page.main
    page = await scene.dee.press(page, "Keep the day", **day("on", date(2026, 3, 12)))
    assert "posted on 12 March 2026" in page.main
    assert await open_tasks(scene) == ["unopened Ben"]
    assert await audited("staff:document:posted") == 1


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 3, 10), "The day must be today or earlier"),
        (date(2026, 3, 1), "The day must not be before the day of the letter"),
    ],
)
async def test_nothing_was_posted_tomorrow_or_before_it_was_written(scene: Scene, on: date, said: str) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.press(await page_of(scene, document, scene.cast.amal), "Keep the day", **day("on", on))
    assert page.problems == [said]


async def test_a_wrong_day_of_posting_is_taken_back(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.dee.press(await page_of(scene, document, scene.cast.amal), "Keep the day")
    page = await page_of(scene, document, scene.cast.amal)
    page = await scene.dee.press(page, "Keep the day", not_posted="yes")
    assert "posted on" not in page.main
    assert await audited("staff:document:not_posted") == 1


async def test_an_email_that_came_back_to_the_council_opens_a_task_until_they_are_reached(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.pass_time(days=1)
    page = await page_of(scene, document, scene.cast.amal)
    page = await scene.dee.press(page, "This email came back")
    assert "the email came back, known on 10 March 2026" in page.main
    assert await open_tasks(scene) == ["bounced Amal"]
    page = await page_of(scene, document, scene.cast.amal)
    assert "This email came back" not in page.main
    await scene.pass_time(hours=1)
    await scene.publish([scene.cast.amal], "Another letter")
    await scene.work()
    assert await open_tasks(scene) == ["bounced Amal"], "that the mail server took one more is no proof"
    async with scene.signed_in(scene.cast.amal) as browser:
        await browser.http.get(f"{scene.family_url}/{document}")
    assert await open_tasks(scene) == []


async def test_pressing_came_back_twice_notes_it_once(scene: Scene) -> None:
    page = await page_of(scene, await scene.published([scene.cast.amal]), scene.cast.amal)
    await asyncio.gather(*(scene.dee.press(page, "This email came back") for _ in range(2)))
    assert await audited("staff:document:came_back") == 1


async def test_it_is_taken_back_from_one_and_the_other_keeps_it(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    page = await page_of(scene, document, scene.cast.ben)
    assert (await scene.dee.press(page, "Take it back")).problems == ["Enter the reason"]
    page = await scene.dee.press(page, "Take it back", reason="It names the refuge")
    assert "Taken back from them on 9 March 2026 at 10:00am: It names the refuge" in page.main
    assert [email.to for email in await scene.work()] == ["ben@example.com"]
    async with scene.signed_in(scene.cast.ben) as ben:
        assert (await ben.http.get(f"{scene.family_url}/{document}")).status_code == 404
        assert "Draft EHC plan" not in (await ben.get(scene.family_url)).main
        assert (await ben.http.get(f"{scene.family_url}/all.zip")).status_code == 404
    async with scene.signed_in(scene.cast.amal) as amal:
        assert (await amal.http.get(f"{scene.family_url}/{document}")).status_code == 200
    assert (await page_of(scene, document, scene.cast.ben)).status == 404


async def test_taken_back_before_its_day_it_is_never_announced_to_them(scene: Scene) -> None:
    await scene.publish([scene.cast.amal, scene.cast.ben], **ON_12_MARCH)
    document = str((await fetch("SELECT public_id FROM document"))[0]["public_id"])
    await scene.dee.press(await page_of(scene, document, scene.cast.ben), "Take it back", reason="Not for him")
    await scene.pass_time(days=3)
    assert [email.to for email in await scene.work()] == ["amal@example.com"]


async def test_a_recall_for_all_does_not_mail_again_whom_it_was_taken_from(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    await scene.dee.press(await page_of(scene, document, scene.cast.ben), "Take it back", reason="Not for him")
    await scene.work()
    page = await scene.dee.get(f"{scene.staff_url}/{document}/recall")
    await scene.dee.press(page, "Recall", reason="The wrong version")
    assert [email.to for email in await scene.work()] == ["amal@example.com"]


async def test_nobody_has_a_page_who_was_given_nothing(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    assert (await page_of(scene, document, scene.cast.ben)).status == 404
    async with scene.signed_in(scene.cast.ed) as ed:
        url = f"{scene.staff_url}/{document}/recipients/{scene.cast.amal.public_id}"
        assert (await ed.get(url)).status == 404
