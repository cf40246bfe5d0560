"""A recipient opens a document; nobody else does, and the first time is kept as evidence."""

import asyncio

import pytest

from db.engine import fetch
from portal.files.scan import scanner_for
from tests.portal.files.clamd_double import clamd_double
from tests.web.documents.scene import PDF, Scene, audited

pytestmark = pytest.mark.anyio


async def first_opened() -> object:
    return (await fetch("SELECT first_opened_at FROM document_recipient"))[0]["first_opened_at"]


async def test_the_page_says_what_the_guide_says(scene: Scene) -> None:
    await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.amal) as amal:
        page = await amal.get(scene.family_url)
    assert page.heading == "Priya's Documents to View"
    assert page.one("//main//p/strong").text == "This page contains a selection of your documents stored by SEND."
    assert [cell.text for cell in page.all("//th[@scope='col']")] == ["Published Date", "Document Date", "Description"]
    row = page.one("//tbody/tr").text_content()
    for said in ("9 March 2026", "2 March 2026", "Draft EHC plan", "New"):
        assert said in row


async def test_it_is_downloaded_and_cannot_act_as_a_page(scene: Scene) -> None:
    await scene.prepared(file=('Übersicht \u202e\r\n"x".pdf', PDF[1], "text/html"))
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    await scene.work()
    headers = (answer := await scene.dee.http.get(f"{scene.staff_url}/{document}")).headers
    assert answer.content == PDF[1]
    assert headers["content-type"] == "application/pdf"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox"
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"].startswith('attachment; filename="Ubersicht')
    assert "filename*=UTF-8''%C3%9Cbersicht" in headers["content-disposition"]
    assert "\u202e" not in headers["content-disposition"]


async def test_it_is_new_until_it_is_opened_and_each_opening_is_audited(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.amal) as amal:
        for _ in range(2):
            answer = await amal.http.get(f"{scene.family_url}/{document}")
            assert answer.content == PDF[1]
        assert "New" not in (await amal.get(scene.family_url)).one("//tbody").text_content()
    assert await audited("family:document:opened") == 2


async def test_eight_downloads_at_once_are_one_first_opening(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.amal) as amal:
        url = f"{scene.family_url}/{document}"
        answers = await asyncio.gather(*(amal.http.get(url) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {200}
        first = await first_opened()
        scene.clock.pass_time(minutes=5)
        await amal.http.get(url)
    assert await first_opened() == first
    assert await audited("family:document:opened") == 9


async def test_only_the_named_recipient_finds_it_and_looking_for_it_is_audited(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.ben) as ben:
        assert (await ben.get(f"{scene.family_url}/{document}")).status == 404
        assert "Draft EHC plan" not in (await ben.get(scene.family_url)).text
        assert (await ben.get(f"{scene.family_url}/all.zip")).status == 404
    assert await audited("access:document:refused") == 1
    async with scene.signed_in(scene.cast.carol) as carol:
        for path in ("", f"/{document}", "/all.zip"):
            assert (await carol.get(f"{scene.family_url}{path}")).status == 404
        own = f"/children/{scene.cast.omar.public_id}/documents/{document}"
        assert (await carol.get(own)).status == 404
    assert await first_opened() is None


async def test_access_that_has_ended_ends_the_documents_too(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.amal) as amal:
        await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.amal.account)
        assert (await amal.get(f"{scene.family_url}/{document}")).status == 404


async def test_the_teams_look_is_audited_and_no_evidence_for_the_family(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    assert (await scene.dee.http.get(f"{scene.staff_url}/{document}")).content == PDF[1]
    assert await audited("staff:document:opened") == 1
    assert await first_opened() is None


async def test_a_file_that_is_being_checked_cannot_be_opened_yet(scene: Scene) -> None:
    await scene.publish([scene.cast.amal])
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    async with scene.signed_in(scene.cast.amal) as amal:
        page = await amal.get(scene.family_url)
        assert "Draft EHC plan, being checked for viruses" in page.main
        assert not page.all("//tbody//a")
        assert "Download all" not in page.main
        assert (await amal.get(f"{scene.family_url}/{document}")).status == 422
    assert (await scene.dee.get(f"{scene.staff_url}/{document}")).status == 422
    assert await first_opened() is None


@pytest.mark.parametrize("answer", [b"stream: Win.Test.EICAR_HDB-1 FOUND\n", b"stream: Can't allocate memory ERROR\n"])
async def test_a_file_that_did_not_pass_is_never_opened_and_nobody_is_mailed(scene: Scene, answer: bytes) -> None:
    await scene.publish([scene.cast.amal])
    with clamd_double(answer) as clamd:
        assert await scene.work(scanner_for(clamd.url)) == []
        assert clamd.received == [PDF[1]]
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    async with scene.signed_in(scene.cast.amal) as amal:
        assert "cannot be opened" in (await amal.get(scene.family_url)).main
        assert (await amal.get(f"{scene.family_url}/{document}")).status == 422
        assert (await amal.get(f"{scene.family_url}/all.zip")).status == 404
    assert (await scene.dee.get(f"{scene.staff_url}/{document}")).status == 422
    assert "did not pass the check for viruses" in (await scene.dee.get(scene.staff_url)).main
    assert await first_opened() is None


async def test_older_documents_stand_on_the_next_page(scene: Scene) -> None:
    for number in range(26):
        await scene.publish([scene.cast.amal], f"Letter {number:02}")
    await scene.work()
    async with scene.signed_in(scene.cast.amal) as amal:
        page = await amal.get(scene.family_url)
        assert len(page.all("//tbody/tr")) == 25
        assert "Letter 00" not in page.main
        older = await amal.get(page.link("Older documents →"))
        assert [link.text for link in older.all("//tbody//a")] == ["Letter 00"]
        assert older.link("← Newest documents") == scene.family_url
        assert len((await amal.get(f"{scene.family_url}?before=no-such-key")).all("//tbody/tr")) == 25
