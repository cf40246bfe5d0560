"""The SEND team sees what became of the email about a draft and who opened it. Nobody is mailed twice."""

from datetime import date, timedelta

import pytest

from db.engine import fetch
from portal.documents import announcing
from portal.documents import commands as documents
from tests.client import Client, Page, words
from tests.mail import deliver_all
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


def lines(page: Page, name: str) -> list[str]:
    """What the page says of one adult's document."""
    return [words(one) for one in page.all("//main//li") if words(one).startswith(name)]


def in_the_table(page: Page, name: str) -> str:
    return next(words(one) for one in page.all("//main//tr") if words(one).startswith(name))


async def test_the_page_says_who_has_opened_the_document(scene: DraftScene, amal: Client) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.serve([scene.cast.amal], document)
    assert "not opened" in page.main
    await amal.http.get(f"/children/{scene.cast.priya.public_id}/documents/{document}")
    page = await scene.dee.get(scene.staff_draft_url)
    assert "Amal Khan: served on 9 March 2026" in page.main
    assert "first opened on 9 March 2026" in page.main


async def test_the_email_about_the_draft_is_known_for_each_adult(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.serve([scene.cast.ben], document)
    assert "email on its way" in in_the_table(page, "Ben Khan")
    await deliver_all(scene.settings, scene.clock)
    page = await scene.dee.get(scene.staff_draft_url)
    assert "9 March 2026, emailed on 9 March 2026" in in_the_table(page, "Ben Khan")
    assert "emailed on 9 March 2026" in lines(page, "Ben Khan: served")[0]


async def test_an_email_that_came_back_is_seen_even_when_the_document_was_mailed_before(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal])
    await fetch("UPDATE notice SET result = 'bounced' WHERE kind = 'draft_served'")
    page = await scene.dee.get(scene.staff_draft_url)
    assert "the email came back" in in_the_table(page, "Amal Khan")


async def test_whoever_was_mailed_about_the_draft_is_not_mailed_about_its_document(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.ben], document)
    assert [one.to for one in await scene.work()] == ["ben@example.com"]
    served_at = "SELECT served_at FROM document_recipient WHERE account = {}"
    before = await fetch(served_at, scene.cast.ben.account)
    await fetch("DELETE FROM pgqueuer")
    await scene.pass_time(hours=1)
    await announcing.announce_forgotten(now=scene.clock.now)
    assert not await fetch("SELECT id FROM pgqueuer")
    assert not await scene.work()
    assert await fetch(served_at, scene.cast.ben.account) == before


async def test_whoever_was_mailed_about_the_draft_is_told_when_it_is_taken_back(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.ben], document)
    await scene.work()
    await documents.recall(scene.cast.dee, await scene.child(), document, "Wrong child", now=scene.clock.now)
    told = {one.to for one in await scene.work() if "taken back" in one.subject or "recall" in one.subject.lower()}
    assert "ben@example.com" in told


async def test_nobody_is_given_more_time_for_a_draft_that_was_taken_back_from_them(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal, scene.cast.ben], document)
    base, amal = f"/staff/children/{scene.cast.priya.public_id}/draft-plan", scene.cast.amal.public_id
    before = await scene.dee.get(base)
    assert [one.get("href") for one in before.all("//a[contains(@href, '/time/')]")] != []
    now = scene.clock.now
    await documents.recall_from(scene.cast.dee, await scene.child(), document, amal, "Wrong person", now=now)
    page = await scene.dee.get(base)
    assert "Amal Khan, taken back from them" in page.main
    assert not page.all(f"//a[contains(@href, '/time/{amal}')]")
    assert (await scene.dee.get(f"{base}/time/{amal}")).status == 404


async def test_an_email_about_a_draft_that_was_taken_back_does_not_go_out(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.ben], document)
    await documents.recall(scene.cast.dee, await scene.child(), document, "Wrong child", now=scene.clock.now)
    assert "A draft plan for case PRI42" not in {one.subject for one in await scene.work()}
    assert (await fetch("SELECT result FROM notice WHERE kind = 'draft_served'"))[0]["result"] == "overtaken"


@pytest.mark.parametrize("act", ["time", "answer"])
async def test_nobody_is_said_to_be_told_who_has_no_access_any_more(scene: DraftScene, amal: Client, act: str) -> None:
    await scene.serve([scene.cast.amal])
    await scene.comment(amal, "B", "He reads well.")
    await scene.send(amal)
    await scene.work()
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.amal.account)
    if act == "time":
        page = await scene.give_time(scene.cast.amal, scene.clock.now.date() + timedelta(days=20))
    else:
        page = await scene.answer("Section B: Special educational needs", outcome="changed", answer="We added it.")
    assert "Amal Khan has no access now, so no email went out. Write or phone." in page.text
    assert not await scene.work()


async def test_what_they_had_on_paper_was_posted_until_it_is_struck_out(scene: DraftScene) -> None:
    page = await scene.serve([scene.cast.amal], on_paper=date(2026, 3, 6))
    assert "posted on 6 March 2026" in page.main
    page = await scene.strike(scene.cast.amal)
    assert "posted on" not in page.main


async def test_whoever_gets_no_emails_about_documents_is_still_known_to_have_got_the_one_about_the_draft(
    scene: DraftScene,
) -> None:
    await fetch(
        "INSERT INTO account_wish (account, wish, since) VALUES ({}, 'no_email_documents', {})",
        scene.cast.amal.account,
        scene.clock.now,
    )
    page = await scene.serve([scene.cast.amal])
    await scene.work()
    page = await scene.dee.get(scene.staff_draft_url)
    assert "emailed on 9 March 2026" in lines(page, "Amal Khan: served")[0]
    page = await scene.dee.get(page.link("Record what happened: Amal Khan"))
    assert "This email came back" in page.text


async def test_an_email_that_came_back_is_noted_for_the_draft_and_its_document(scene: DraftScene) -> None:
    page = await scene.serve([scene.cast.amal])
    await scene.work()
    page = await scene.dee.get(page.link("Record what happened: Amal Khan"))
    await scene.dee.press(page, "This email came back")
    assert (await scene.dee.get(scene.staff_draft_url)).main.count("the email came back") == 2


async def test_a_draft_that_was_taken_back_from_one_is_gone_for_them_alone(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal, scene.cast.ben])
    url = f"{scene.staff_url}/{await scene.document()}/recipients/{scene.cast.ben.public_id}"
    await scene.dee.press(await scene.dee.get(url), "Take it back", reason="It names the refuge")
    assert "Not served yet" in (await scene.dee.get(scene.staff_draft_url)).main
    dashboard = scene.draft_url.removesuffix("/draft-plan")
    async with scene.signed_in(scene.cast.ben) as ben:
        assert "last day to comment" not in (await ben.get(scene.draft_url)).main
        assert "to comment" not in (await ben.get(dashboard)).one("//*[@id='panel-actions']").text_content()
        assert "Last day to comment" not in (await ben.get(f"{dashboard}/key-dates")).main
        assert "14 days left" not in (await ben.get(f"{dashboard}/timescale")).main
        assert "20260323" not in (await ben.http.get(f"{dashboard}/key-dates.ics")).text
    assert "A draft plan for case PRI42" not in {
        one.subject for one in await scene.work() if one.to == "ben@example.com"
    }
    async with scene.signed_in(scene.cast.amal) as amal:
        assert "last day to comment" in (await amal.get(scene.draft_url)).main
