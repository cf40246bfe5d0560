"""A document is published to named people, after a second look, once, now or on a day."""

import asyncio

import pytest

from db.engine import fetch
from portal.files.scan import scanner_for
from tests.portal.files.clamd_double import clamd_double
from tests.web.documents.scene import ON_12_MARCH, Scene, audited, is_published

pytestmark = pytest.mark.anyio


async def test_the_confirmation_shows_child_file_and_each_recipient(scene: Scene) -> None:
    page = await scene.confirmation([scene.cast.amal])
    assert page.heading == "Check before you publish"
    assert "Check that this is the right document, for the right child, to the right people." in page.main
    for said in ("Priya Khan", "Monday 2 April 2018", "PRI42", "plan.pdf", "Monday 2 March 2026"):
        assert said in page.main
    assert "Amal Khan, amal@example.com, parental responsibility" in page.main
    assert "Ben Khan" not in page.main
    assert not await is_published()


async def test_everybody_with_access_can_be_chosen_and_nobody_else(scene: Scene) -> None:
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.ben.account)
    page = await scene.prepared()
    assert "Amal Khan amal@example.com, parental responsibility" in page.main
    assert "Ben Khan" not in page.main
    assert "Carol Jones" not in page.main


async def test_it_cannot_be_published_to_nobody_or_to_a_stranger(scene: Scene) -> None:
    page = await scene.prepared()
    for chosen in ([], [scene.cast.carol.public_id], [scene.cast.amal.public_id, scene.cast.carol.public_id]):
        answer = await scene.dee.press(page, "Continue", recipient=chosen, when="now")
        assert answer.problems == ["Choose who the document is for"]
    assert not await is_published()


@pytest.mark.parametrize("field", [{}, {"seal": ""}, {"seal": "yes"}, {"confirmed": "yes"}])
async def test_the_confirmation_cannot_be_skipped(scene: Scene, field: dict[str, str]) -> None:
    page = await scene.prepared()
    token = page.form("Continue").xpath(".//input[@name='csrf_token']")[0].get("value")
    typed = {"csrf_token": token, "recipient": scene.cast.amal.public_id, "when": "now", **field}
    assert (await scene.dee.post(page.url, typed)).heading == "Check before you publish"
    assert not await is_published()


async def test_only_what_was_shown_can_be_published(scene: Scene) -> None:
    page = await scene.confirmation([scene.cast.amal])
    both = [scene.cast.amal.public_id, scene.cast.ben.public_id]
    for changed in ({"recipient": both}, {"recipient": both[1:]}, {"recipient": both[:1], **ON_12_MARCH}):
        assert (await scene.dee.press(page, "Publish", **changed)).heading == "Check before you publish"
    assert not await is_published()


async def test_somebody_whose_access_ended_meanwhile_gets_nothing(scene: Scene) -> None:
    page = await scene.confirmation([scene.cast.amal])
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", scene.cast.amal.account)
    page = await scene.dee.press(page, "Publish", recipient=[scene.cast.amal.public_id])
    assert page.problems == ["Choose who the document is for"]
    assert not await is_published()


async def test_each_recipient_is_mailed_and_the_email_tells_nothing(scene: Scene) -> None:
    page = await scene.publish([scene.cast.amal, scene.cast.ben])
    assert "The document is published." in page.text
    emails = await scene.work()
    assert [email.to for email in emails] == ["amal@example.com", "ben@example.com"]
    assert {email.subject for email in emails} == {"A new document about case PRI42"}
    for email in emails:
        assert scene.family_url in email.text
        assert not {"Priya", "Khan", "Draft", "plan.pdf"} & set(email.text.split())


async def test_the_team_sees_what_became_of_it_for_each_recipient(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    await scene.pass_time(hours=1)
    async with scene.signed_in(scene.cast.amal) as amal:
        await amal.http.get(f"{scene.family_url}/{document}")
    seen = (await scene.dee.get(scene.staff_url)).main
    told = "served on 9 March 2026 at 10:00am, emailed on 9 March 2026 at 10:00am (the mail server took it)"
    assert f"Amal Khan: {told}, first opened on 9 March 2026 at 11:00am" in seen
    assert f"Ben Khan: {told}, not opened" in seen


async def test_pressing_publish_twice_publishes_once_and_ends_in_the_same_place(scene: Scene) -> None:
    page = await scene.confirmation([scene.cast.amal])
    chosen = [scene.cast.amal.public_id]
    pages = await asyncio.gather(*(scene.dee.press(page, "Publish", recipient=chosen) for _ in range(3)))
    assert {page.heading for page in pages} == {"Documents of Priya Khan"}
    assert await audited("staff:document:published") == 1
    assert len(await scene.work()) == 1


async def test_two_colleagues_publish_it_once(scene: Scene) -> None:
    first = await scene.confirmation([scene.cast.amal])
    async with scene.signed_in(scene.cast.mo) as mo:
        page = await mo.get(first.url)
        second = await mo.press(page, "Continue", recipient=[scene.cast.ben.public_id], when="now")
        answers = await asyncio.gather(
            scene.dee.press(first, "Publish", recipient=[scene.cast.amal.public_id]),
            mo.press(second, "Publish", recipient=[scene.cast.ben.public_id]),
        )
    assert sorted(answer.status for answer in answers) == [200, 422]
    assert len(await fetch("SELECT id FROM document_recipient")) == 1
    assert "published already" in (await scene.dee.get(first.url)).main


async def test_a_planned_document_appears_and_is_mailed_on_its_day(scene: Scene) -> None:
    page = await scene.publish([scene.cast.amal], **ON_12_MARCH)
    assert "The family sees it from 12 March 2026 at 9:00am" in page.main
    assert "Amal Khan: gets it on 12 March 2026 at 9:00am, with an email" in page.main
    assert await scene.work() == []
    document = (await fetch("SELECT public_id FROM document"))[0]["public_id"]
    async with scene.signed_in(scene.cast.amal) as amal:
        assert (await amal.get(f"{scene.family_url}/{document}")).status == 404
    scene.clock.pass_time(days=2, hours=23)
    assert [email.to for email in await scene.work()] == ["amal@example.com"]
    async with scene.signed_in(scene.cast.amal) as amal:
        assert "Draft EHC plan" in (await amal.get(scene.family_url)).main


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("9", "3", "2026"), "The day must be after today. To publish today, choose Now"),
        (("9", "3", "2062"), "The day must be within a year"),
        (("31", "2", "2026"), "The day must be a real date, like 27 3 2026"),
        (("", "", ""), "Enter the day"),
    ],
)
async def test_a_day_that_cannot_be_is_refused(scene: Scene, day: tuple[str, str, str], said: str) -> None:
    typed = {"when": "later", **dict(zip(("on-day", "on-month", "on-year"), day, strict=True))}
    page = await scene.confirmation([scene.cast.amal], **typed)
    assert (page.status, page.problems) == (422, [said])


async def test_a_file_with_a_virus_cannot_be_published(scene: Scene) -> None:
    page = await scene.confirmation([scene.cast.amal])
    assert "The file is being checked for viruses." in page.main
    with clamd_double(b"stream: Win.Test.EICAR_HDB-1 FOUND\n") as clamd:
        await scene.work(scanner_for(clamd.url))
    page = await scene.dee.press(page, "Publish", recipient=[scene.cast.amal.public_id])
    assert page.status == 422
    assert "did not pass the check for viruses" in page.main
    assert not await is_published()
