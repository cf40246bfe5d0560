"""A published document is given to whoever came later, after the same second look as publishing."""

import asyncio

import pytest

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client, Page
from tests.people import give_access, person
from tests.web.documents.scene import Scene, audited

pytestmark = pytest.mark.anyio


async def newcomer(scene: Scene, basis: str = "carer") -> Actor:
    """Rosa gets access an hour after the document was published."""
    await scene.pass_time(hours=1)
    rosa = await person("Rosa Khan", scene.clock.now)
    await give_access(rosa, scene.cast.priya, scene.clock.now, basis)
    return rosa


async def confirmation(scene: Scene, document: str, to: Actor) -> Page:
    page = await scene.dee.get(f"{scene.staff_url}/{document}/give")
    return await scene.dee.press(page, "Continue", recipient=to.public_id)


async def list_of(browser: Client, scene: Scene) -> str:
    return (await browser.get(scene.family_url)).main


@pytest.mark.parametrize("basis", ["carer", "young_person", "professional"])
async def test_somebody_who_came_later_is_shown_it_and_mailed(scene: Scene, basis: str) -> None:
    document = await scene.published([scene.cast.amal])
    rosa = await newcomer(scene, basis)
    async with scene.signed_in(rosa) as browser:
        assert "Draft EHC plan" not in await list_of(browser, scene)
        page = await confirmation(scene, document, rosa)
        for said in ("Priya Khan", "Monday 2 April 2018", "plan.pdf", "Rosa Khan, rosa@example.com"):
            assert said in page.main
        assert "Draft EHC plan" not in await list_of(browser, scene)
        page = await scene.dee.press(page, "Give the document", recipient=rosa.public_id)
        assert [email.to for email in await scene.work()] == ["rosa@example.com"]
        assert "Draft EHC plan" in await list_of(browser, scene)
    assert "Rosa Khan: served on 9 March 2026 at 11:00am" in (await scene.dee.get(scene.staff_url)).main
    assert await audited("staff:document:given") == 1


async def test_whoever_has_it_and_strangers_are_not_offered(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_url}/{document}/give")
    assert "Ben Khan" in page.main
    assert "Amal Khan" not in page.main
    for other in (scene.cast.amal, scene.cast.carol):
        answer = await scene.dee.press(page, "Continue", recipient=other.public_id)
        assert answer.problems == ["Choose who else gets the document"]


async def test_the_second_look_cannot_be_skipped(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_url}/{document}/give")
    token = page.form("Continue").xpath(".//input[@name='csrf_token']")[0].get("value")
    typed = {"csrf_token": token, "recipient": scene.cast.ben.public_id, "seal": "yes"}
    assert (await scene.dee.post(page.url, typed)).heading == "Check before you give it"
    assert len(await fetch("SELECT id FROM document_recipient")) == 1


async def test_pressing_twice_gives_it_once(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    page, ben = await confirmation(scene, document, scene.cast.ben), scene.cast.ben.public_id
    await asyncio.gather(*(scene.dee.press(page, "Give the document", recipient=ben) for _ in range(2)))
    assert len(await fetch("SELECT id FROM document_recipient")) == 2
    assert len(await scene.work()) == 1


async def test_a_press_that_comes_again_later_is_answered_like_the_first(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    page, ben = await confirmation(scene, document, scene.cast.ben), scene.cast.ben.public_id
    first, again = [await scene.dee.press(page, "Give the document", recipient=ben) for _ in range(2)]
    assert (first.url, again.url) == (scene.staff_url, scene.staff_url)
    assert len(await fetch("SELECT id FROM document_recipient")) == 2


async def test_what_was_taken_back_can_be_given_again_and_both_stay_on_record(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal, scene.cast.ben])
    page = await scene.dee.get(f"{scene.staff_url}/{document}/recipients/{scene.cast.ben.public_id}")
    await scene.dee.press(page, "Take it back", reason="The wrong Ben")
    page = await confirmation(scene, document, scene.cast.ben)
    page = await scene.dee.press(page, "Give the document", recipient=scene.cast.ben.public_id)
    assert page.main.count("Ben Khan: served on") == 2
    assert "The wrong Ben" in page.main
    async with scene.signed_in(scene.cast.ben) as ben:
        assert "Draft EHC plan" in await list_of(ben, scene)


@pytest.mark.parametrize("state", ["prepared", "recalled"])
async def test_what_is_not_with_the_family_is_given_to_nobody(scene: Scene, state: str) -> None:
    document = await scene.published([scene.cast.amal])
    column = "published_at = NULL" if state == "prepared" else "recalled_at = now()"
    await fetch(f"UPDATE document SET {column}")
    assert "not with the family" in (await scene.dee.get(f"{scene.staff_url}/{document}/give")).main


async def test_the_child_s_page_offers_what_was_published_before_somebody_had_access(scene: Scene) -> None:
    await scene.published([scene.cast.amal])
    second = await scene.published([scene.cast.amal], "Advice")
    rosa = await newcomer(scene)
    record = await scene.dee.get(f"/staff/children/{scene.cast.priya.public_id}")
    page = await scene.dee.get(record.link("Give earlier documents (2) to Rosa Khan"))
    assert (await scene.dee.press(page, "Continue")).problems == ["Choose the documents that they get"]
    page = await scene.dee.press(page, "Continue", document=[second])
    assert "Advice, dated 2 March 2026" in page.main
    page = await scene.dee.press(page, "Give the documents", document=[second])
    assert "Give earlier documents (1)" in page.main
    async with scene.signed_in(rosa) as browser:
        seen = await list_of(browser, scene)
    assert "Advice" in seen
    assert "Draft EHC plan" not in seen


async def test_after_activating_somebody_the_earlier_documents_are_offered(scene: Scene) -> None:
    await scene.published([scene.cast.amal])
    rosa = await newcomer(scene)
    await fetch("UPDATE relationship SET state = 'waiting', activated_at = NULL WHERE account = {}", rosa.account)
    page = await scene.dee.press(await scene.dee.get("/staff/access"), "Activate")
    assert page.heading == "Earlier documents for Rosa Khan"
    assert "Choose which earlier documents they get" in page.text


async def test_another_team_gives_nothing(scene: Scene) -> None:
    document = await scene.published([scene.cast.amal])
    async with scene.signed_in(scene.cast.ed) as ed:
        assert (await ed.get(f"{scene.staff_url}/{document}/give")).status == 404
