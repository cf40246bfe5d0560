"""A document that went to the wrong person is taken back at once, and the team sees who had opened it."""

import asyncio

import pytest

from db.engine import fetch
from portal.access.queries import child_of
from portal.documents import commands, queries
from portal.files.scan import NoScanner
from tests.client import Page
from tests.web.documents.scene import ON_12_MARCH, Scene, audited

pytestmark = pytest.mark.anyio


async def recall(scene: Scene, document: str, reason: str = "Sent too early") -> Page:
    page = await scene.dee.get(f"{scene.staff_url}/{document}/recall")
    return await scene.dee.press(page, "Recall", reason=reason)


async def test_it_is_gone_at_once_and_the_page_says_who_had_opened_it(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    async with scene.signed_in(scene.cast.amal) as amal:
        url = f"{scene.family_url}/{document}"
        assert (await amal.http.get(url)).status_code == 200
        page = await scene.dee.get(f"{scene.staff_url}/{document}/recall")
        assert "Amal Khan: first opened on 9 March 2026 at 10:00am" in page.main
        assert "Ben Khan: has not opened it" in page.main
        assert (await scene.dee.press(page, "Recall")).problems == ["Enter the reason"]
        page = await scene.dee.press(page, "Recall", reason="Sent too early")
        assert "Recalled on 9 March 2026 at 10:00am: Sent too early" in page.main
        assert "first opened on 9 March 2026 at 10:00am" in page.main
        assert (await amal.get(url)).status == 404
        assert "Draft EHC plan" not in (await amal.get(scene.family_url)).text
    assert await audited("staff:document:recalled") == 1


async def test_only_those_who_knew_of_it_are_mailed_in_neutral_words(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    await recall(scene, document)
    emails = await scene.work()
    assert [email.to for email in emails] == ["amal@example.com"]
    assert emails[0].subject == "A document about case PRI42 was taken back"
    assert not {"Priya", "Draft", "early"} & set(emails[0].text.replace(".", " ").split())


async def test_whoever_lost_access_before_is_asked_to_delete_it_too(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.ben.account)
    await recall(scene, document)
    amal, ben = await scene.work()
    assert [amal.to, ben.to] == ["amal@example.com", "ben@example.com"]
    assert "delete or destroy your copy" in ben.text
    assert "PRI42" in ben.text
    assert scene.family_url in amal.text
    assert scene.cast.priya.public_id not in ben.text + ben.html


async def test_an_email_that_has_not_gone_out_never_does(scene: Scene) -> None:
    await scene.publish([scene.cast.amal])
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    await recall(scene, document)
    assert await scene.work() == []


async def test_a_planned_document_is_recalled_before_anybody_hears_of_it(scene: Scene) -> None:
    await scene.publish([scene.cast.amal], **ON_12_MARCH)
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    page = await recall(scene, document)
    assert "no email went out, not opened" in page.main
    scene.clock.pass_time(days=4)
    assert await scene.work() == []
    async with scene.signed_in(scene.cast.amal) as amal:
        assert "There are no documents yet" in (await amal.get(scene.family_url)).main


async def test_pressing_recall_twice_recalls_once(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_url}/{document}/recall")
    pages = await asyncio.gather(*(scene.dee.press(page, "Recall", reason="Too early") for _ in range(3)))
    assert {page.heading for page in pages} == {"Documents of Priya Khan"}
    assert await audited("staff:document:recalled") == 1
    assert len(await scene.work(NoScanner())) == 1


async def test_what_is_not_with_the_family_cannot_be_recalled(scene: Scene) -> None:
    page = await scene.prepared()
    url = page.url.replace("/publish", "/recall")
    assert "not with the family" in (await scene.dee.get(url)).main
    document = await scene.published([scene.cast.amal])
    await recall(scene, document)
    assert (await scene.dee.get(f"{scene.staff_url}/{document}/recall")).status == 422
    assert (await scene.dee.get(f"{scene.staff_url}/{document}/publish")).status == 422


async def test_a_download_and_a_recall_at_once_agree(scene: Scene) -> None:
    """Whoever got the document stands in the evidence, and whoever does not stand there did not get it."""
    document = await scene.published([scene.cast.amal])
    now, amal, dee = scene.clock.now, scene.cast.amal, scene.cast.dee
    child = await child_of(amal, scene.cast.priya.public_id, now=now)
    found = await queries.document_for(amal, child, document, now=now)
    await commands.recall(dee, child, document, "Wrong child", now=now)
    assert await commands.note_opened(amal, child, found, now=now) is False
    assert await audited("family:document:opened") == 0
    assert (await fetch("SELECT first_opened_at FROM document_recipient"))[0]["first_opened_at"] is None
