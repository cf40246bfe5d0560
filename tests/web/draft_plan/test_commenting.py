"""An adult comments on the draft, asks for a school and a meeting, sends it, and reads the answers."""

import asyncio
from datetime import date

import pytest

from db.engine import fetch
from portal.drafts import commands
from portal.drafts.commands import CHANGED, Said
from portal.drafts.queries import own_draft_to_use
from portal.errors import RuleBroken
from tests.client import Client
from tests.web.documents.scene import audited
from tests.web.draft_plan.scene import DraftScene

pytestmark = pytest.mark.anyio


@pytest.fixture
async def served(scene: DraftScene) -> DraftScene:
    """Amal has the draft, and the emails about it went out."""
    await scene.serve([scene.cast.amal])
    await scene.work()
    return scene


async def test_a_comment_is_saved_changed_and_only_then_sent(served: DraftScene, amal: Client) -> None:
    page = await served.comment(amal, "F", "Where is the swimming?")
    assert "Saved. It is not sent yet." in page.text
    assert "Comment saved, not sent" in page.main
    again = await amal.get(f"{served.draft_url}/F")
    assert again.field("comment") == "Where is the swimming?"
    await amal.press(again, "Save", view="comment", comment="Please add swimming.")
    assert "swimming" not in (await served.dee.get(served.staff_draft_url)).main
    page = await served.send(amal)
    assert "We have what you sent. Your reference is" in page.text
    assert "Please add swimming." in page.main
    assert "Where is" not in page.main
    assert "Please add swimming." in (await served.dee.get(served.staff_draft_url)).main


async def test_the_confirmation_names_the_reference_and_the_caseworker_is_told(
    served: DraftScene, amal: Client
) -> None:
    await served.comment(amal, "B", "He reads well.")
    page = await served.send(amal)
    reference = str((await fetch("SELECT reference FROM draft_plan_response"))[0]["reference"])
    assert reference in page.text
    emails = {email.to: email for email in await served.work()}
    assert reference in emails["amal@example.com"].text
    assert emails["dee@example.com"].subject == "Comments on the draft plan for case PRI42"
    assert not [email for email in emails.values() if "reads well" in email.text or "Priya" in email.text]


async def test_without_a_caseworker_the_teams_own_address_is_told(served: DraftScene, amal: Client) -> None:
    await fetch("UPDATE child SET caseworker = NULL WHERE id = {}", served.cast.priya.id)
    await served.comment(amal, "B", "He reads well.")
    await served.send(amal)
    emails = {email.to: email.subject for email in await served.work()}
    assert emails["north@westmere.example"] == "Comments on the draft plan for case PRI42"
    assert "dee@example.com" not in emails


async def test_agreeing_is_enough_and_leads_to_the_next_section(served: DraftScene, amal: Client) -> None:
    page = await amal.press(await amal.get(f"{served.draft_url}/A"), "Save and go on to Section B", view="agree")
    assert page.heading == "Section B: Special educational needs"
    await served.send(amal)
    page = await served.dee.get(served.staff_draft_url)
    assert "I agree with this section." in page.main
    assert "Everything that was sent is answered." in page.main


@pytest.mark.parametrize(
    ("part", "problems"),
    [
        ("B", ["Choose whether you agree with this section"]),
        ("school", ["Enter the name of the school or college", "Choose what kind of place it is"]),
        ("meeting", ["Enter times that suit you"]),
    ],
)
async def test_what_is_missing_is_said(served: DraftScene, amal: Client, part: str, problems: list[str]) -> None:
    page = await amal.press(await amal.get(f"{served.draft_url}/{part}"), "Save")
    assert (page.status, page.problems) == (422, problems)


async def test_a_school_and_a_meeting_are_asked_for_and_answered(served: DraftScene, amal: Client) -> None:
    page = await amal.get(f"{served.draft_url}/I")
    assert page.heading == "Ask for a school or college"
    assert page.link("Local Offer of Westmere Council") == "https://localoffer.westmere.example"
    await amal.press(page, "Save", school="Lakeside School", kind="special", why="It is small.")
    page = await amal.get(f"{served.draft_url}/meeting")
    await amal.press(page, "Save", times="Any Tuesday")
    await served.send(amal)
    page = await served.dee.get(served.staff_draft_url)
    assert "2 comments or requests are not answered yet." in page.main
    assert "Lakeside School. A special school." in page.main
    page = await served.answer("Meeting asked for", outcome="agreed", answer="Tuesday 17 March at 10am.")
    assert "1 comment or request is not answered yet." in page.main
    page = await amal.get(served.draft_url)
    assert "We will meet at a time that you named." in page.main
    assert "Tuesday 17 March at 10am." in page.main


async def test_an_answer_is_mailed_and_another_may_follow(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "F", "Please add swimming.")
    await served.send(amal)
    await served.work()
    title = "Section F: Special educational provision"
    page = await served.answer(title, outcome="not_changed", answer="We have no pool.")
    assert "The answer is sent to Amal Khan." in page.text
    emails = await served.work()
    assert [(one.to, one.subject) for one in emails] == [
        ("amal@example.com", "An answer about the draft plan for case PRI42")
    ]
    assert "pool" not in emails[0].text
    await served.answer(title, outcome="changed", answer="The pool in town has room.")
    page = await amal.get(served.draft_url)
    assert "We did not change the plan." in page.main
    assert "The pool in town has room." in page.main
    assert "Answered" in page.main


async def test_what_is_saved_can_be_deleted(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "F", "A slip")
    page = await amal.press(await amal.get(f"{served.draft_url}/F"), "Delete what is saved")
    assert "No comment yet" in page.main
    assert not await fetch("SELECT id FROM draft_plan_response")


async def test_while_it_is_typed_it_is_kept_and_nothing_is_said(served: DraftScene, amal: Client) -> None:
    page = await amal.get(f"{served.draft_url}/F")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    typed = {"csrf_token": token, "view": "comment", "comment": "Half a sen", "press": "autosave"}
    answer = await amal.http.post(page.url, data=typed)
    assert (answer.status_code, answer.text) == (204, "")
    assert (await amal.get(page.url)).field("comment") == "Half a sen"
    answer = await amal.http.post(page.url, data={**typed, "comment": ""})
    assert answer.status_code == 204
    assert (await amal.get(page.url)).field("comment") == ""


@pytest.mark.parametrize(
    ("part", "typed", "field"),
    [
        ("F", {"comment": "Nothing chosen yet"}, "comment"),
        ("school", {"school": "Lakeside", "why": "It is small."}, "why"),
    ],
)
async def test_what_is_not_finished_is_kept_too_and_not_sent(
    served: DraftScene, amal: Client, part: str, typed: dict[str, str], field: str
) -> None:
    page = await amal.get(f"{served.draft_url}/{part}")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    await amal.http.post(page.url, data={"csrf_token": token, **typed, "press": "autosave"})
    assert (await amal.get(page.url)).field(field) == typed[field]
    assert "not finished" in (await amal.get(served.draft_url)).main
    page = await amal.get(f"{served.draft_url}/check")
    assert "Not finished. Choose w" in page.main
    page = await served.send(amal)
    assert page.status == 422
    assert "is not finished. Choose w" in page.problems[0]
    assert not await fetch("SELECT id FROM draft_plan_response WHERE sent_at IS NOT NULL")


async def test_without_javascript_a_press_of_save_keeps_what_is_not_finished(served: DraftScene, amal: Client) -> None:
    page = await amal.press(await amal.get(f"{served.draft_url}/F"), "Save", comment="A long evening of typing")
    assert page.problems == ["Choose whether you agree with this section"]
    assert (await amal.get(f"{served.draft_url}/F")).field("comment") == "A long evening of typing"


async def test_what_is_emptied_while_it_is_typed_is_not_kept(served: DraftScene, amal: Client) -> None:
    page = await amal.get(f"{served.draft_url}/meeting")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    for times in ("Any Tuesday", ""):
        await amal.http.post(page.url, data={"csrf_token": token, "times": times, "press": "autosave"})
    assert not await fetch("SELECT id FROM draft_plan_response")


async def test_nothing_is_sent_that_was_not_on_the_page_where_it_was_checked(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "Shown.")
    checked = await amal.get(f"{served.draft_url}/check")
    await served.comment(amal, "F", "Half a thought, not shown.")
    page = await amal.press(checked, "Confirm and send")
    assert page.problems == [CHANGED]
    assert "Half a thought, not shown." in page.main
    assert not await fetch("SELECT id FROM draft_plan_response WHERE sent_at IS NOT NULL")
    assert "We have what you sent." in (await amal.press(page, "Confirm and send")).text


async def test_what_changes_between_the_check_and_the_sending_is_not_sent(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "Shown.")
    child, now = await served.child(), served.clock.now
    own = await own_draft_to_use(served.cast.amal, child, now=now)
    served.clock.pass_time(seconds=5)
    await commands.save(served.cast.amal, own, Said("B", "Typed in another tab."), now=served.clock.now)
    with pytest.raises(RuleBroken, match="has changed since"):
        await commands.send(served.cast.amal, child, own, today=now.date(), now=now)


async def test_more_can_be_sent_later_and_after_the_last_day_it_is_marked(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "In time.")
    await served.send(amal)
    served.clock.now = served.clock.now.replace(month=3, day=24)
    async with served.signed_in(served.cast.amal) as later:
        page = await later.get(served.draft_url)
        assert "The last day to comment was Monday 23 March 2026." in page.main
        assert "phone us" in page.main
        await served.comment(later, "C", "Too late.")
        page = await served.send(later)
        late = [one.text_content() for one in page.all("//article[.//*[normalize-space()='After the last day']]")]
        assert len(late) == 1
        assert "Too late." in late[0]


async def test_on_the_last_day_it_is_in_time(served: DraftScene) -> None:
    served.clock.now = served.clock.now.replace(month=3, day=23, hour=23, minute=50)
    async with served.signed_in(served.cast.amal) as amal:
        assert "Today is the last day." in (await amal.get(served.draft_url)).main
        await served.comment(amal, "C", "Just in time.")
        assert "After the last day" not in (await served.send(amal)).main


async def test_eight_presses_at_once_send_it_once(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "Once.")
    page = await amal.get(f"{served.draft_url}/check")
    await asyncio.gather(*(amal.press(page, "Confirm and send") for _ in range(8)))
    assert await audited("family:draft:sent") == 1
    assert len(await served.work()) == 2


async def test_there_is_nothing_to_send_twice(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "Once.")
    page = await amal.get(f"{served.draft_url}/check")
    await amal.press(page, "Confirm and send")
    page.one("//main//input[@name='once']").set("value", "another key")
    again = await amal.press(page, "Confirm and send")
    assert again.problems == ["There is nothing to send. Comment on a section first"]


async def test_what_was_not_sent_moves_to_a_changed_draft(served: DraftScene, amal: Client) -> None:
    await served.comment(amal, "B", "About the first draft.")
    await served.send(amal)
    await served.comment(amal, "F", "Not sent yet.")
    await served.serve([served.cast.amal], await served.published([served.cast.amal], "Changed draft EHC plan"))
    page = await amal.get(served.draft_url)
    assert "About the first draft." in page.main
    assert (await amal.get(f"{served.draft_url}/F")).field("comment") == "Not sent yet."
    await served.send(amal)
    page = await served.dee.get(served.staff_draft_url)
    assert "Not sent yet." in page.main
    assert "About the first draft." not in page.main
    page = await served.dee.get(page.link("Draft EHC plan"))
    assert "About the first draft." in page.main


async def test_after_the_final_plan_it_is_closed_and_says_what_to_do(served: DraftScene) -> None:
    served.clock.pass_time(days=20)
    await served.record("final_issued", date(2026, 3, 28))
    async with served.signed_in(served.cast.amal) as amal:
        page = await amal.get(served.draft_url)
        assert "This draft is closed" in page.main
        assert "phone us on" in page.main
        token = (await amal.get("/help")).all("//input[@name='csrf_token']")[0].get("value")
        typed = {"csrf_token": token, "view": "comment", "comment": "Too late"}
        refused = await amal.http.post(f"{served.draft_url}/B", data=typed)
        assert "Phone the SEND team" in refused.text
        assert "to comment" not in (await amal.get(served.draft_url.removesuffix("/draft-plan"))).main
    assert not await fetch("SELECT id FROM draft_plan_response")
