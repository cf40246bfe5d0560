"""Each letter has evidence of who was told, what became of the email, and who opened it when."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.access.queries import child_of
from portal.cases.corrections import record_last_day
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, give_access, person, sign_in
from tests.web.timeline.scene import at_timeline, day, decide, record
from web.settings import Settings

pytestmark = pytest.mark.anyio

LETTER = "Letter about “We will carry out an EHC needs assessment”"


@pytest.fixture
async def cast(client: Client, clock: Clock, settings: Settings) -> Cast:
    """Dee's browser after she recorded a decision, and the emails about it are out."""
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", date(2026, 2, 16))
    await deliver_all(settings, clock)
    return cast


async def letter_page(client: Client, cast: Cast) -> Page:
    timeline = await client.get(f"/staff/children/{cast.priya.public_id}/timeline")
    return await client.get(timeline.link(LETTER))


async def family_url(cast: Cast) -> str:
    row = (await fetch("SELECT letter FROM letter_recipient LIMIT 1"))[0]
    return f"/children/{cast.priya.public_id}/decisions/{row['letter']}"


async def unopened(clock: Clock) -> list[str]:
    await open_and_close(now=clock.now)
    rows = await fetch("SELECT a.forename FROM task t JOIN account a ON a.id = t.recipient"
                       " WHERE t.kind = 'unopened_letter' AND t.done_at IS NULL ORDER BY 1")  # fmt: skip
    return [row["forename"] for row in rows]


async def test_the_team_sees_who_was_told_and_who_opened_it_first(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    clock.pass_time(hours=1)
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        await parent.get(await family_url(cast))
        clock.pass_time(hours=1)
        await parent.get(await family_url(cast))
    await sign_in(client, cast.dee, clock.now)
    seen = (await letter_page(client, cast)).main
    told = "served on 9 March 2026 at 10:00am, emailed on 9 March 2026 at 10:00am (the mail server took it)"
    assert f"Amal Khan: {told}, first opened on 9 March 2026 at 11:00am" in seen
    assert f"Ben Khan: {told}, not opened" in seen
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:letter:opened'")) == 1


async def test_the_teams_own_look_opens_nothing(client: Client, cast: Cast) -> None:
    await letter_page(client, cast)
    assert await fetch("SELECT id FROM letter_recipient WHERE first_opened_at IS NOT NULL") == []


async def test_a_letter_that_nobody_opens_asks_for_a_call(client: Client, cast: Cast, clock: Clock) -> None:
    clock.pass_time(days=7)
    assert await unopened(clock) == ["Amal", "Ben"]
    await fetch("UPDATE letter_recipient SET first_opened_at = {} WHERE account = {}", clock.now, cast.ben.account)
    assert await unopened(clock) == ["Amal"]
    await sign_in(client, cast.dee, clock.now)
    task = await client.get((await client.get("/staff/tasks")).link("A letter has not been opened (Priya Khan)"))
    assert "We will carry out an EHC needs assessment" in task.main
    page = await client.get(task.link("Keep the day of posting, and see their address"))
    page = await client.press(page, "Keep the day", **day("on", date(2026, 3, 10)))
    assert "posted on 10 March 2026" in page.main
    assert await unopened(clock) == []


async def test_a_letter_that_was_struck_out_is_not_waited_for(client: Client, cast: Cast, clock: Clock) -> None:
    await record(client, cast, "strike-out", "Strike out", reason="Another child")
    clock.pass_time(days=7)
    assert await unopened(clock) == []


async def test_an_email_about_a_letter_that_came_back(client: Client, cast: Cast) -> None:
    page = await letter_page(client, cast)
    page = await client.get(page.link("Record what happened: Ben Khan"))
    page = await client.press(page, "This email came back")
    assert "the email came back, known on 9 March 2026" in page.main


async def test_somebody_who_comes_later_is_evidence_from_their_first_look(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    rosa = await person("Rosa Khan", clock.now)
    await give_access(rosa, cast.priya, clock.now, "carer")
    async with Client(app) as browser:
        await sign_in(browser, rosa, clock.now)
        await browser.get(await family_url(cast))
    assert "Rosa Khan: served on 9 March 2026 at 10:00am, no email" in (await letter_page(client, cast)).main


async def test_an_exception_has_evidence_too(client: Client, cast: Cast, clock: Clock, settings: Settings) -> None:
    typed = {"kind": "personal", "duty": "final", "reason": "A death in the family", "approved_by": "Mo Bell"}
    page = await record(client, cast, "exception", "Record", **typed, **day("starts", date(2026, 3, 9)))
    await deliver_all(settings, clock)
    links = [link.get("href") for link in page.all("//a[contains(@href, '/timeline/letters/')]")]
    letters = [(await client.get(link)).main for link in links]
    assert ["Ben Khan: served on" in letter for letter in letters] == [True, True]
    assert len(await fetch("SELECT id FROM letter_recipient")) == 4


async def test_being_told_of_an_exception_again_keeps_the_first_time(client: Client, cast: Cast, clock: Clock) -> None:
    typed = {"kind": "personal", "duty": "final", "reason": "A death in the family", "approved_by": "Mo Bell"}
    await record(client, cast, "exception", "Record", **typed, **day("starts", date(2026, 3, 9)))
    letter, first = str((await fetch("SELECT public_id FROM case_exception"))[0]["public_id"]), clock.now
    clock.pass_time(hours=1)
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    await record_last_day(cast.dee, child, letter, date(2026, 3, 20), now=clock.now)
    rows = await fetch("SELECT served_at FROM letter_recipient WHERE letter = {}", letter)
    assert [row["served_at"] for row in rows] == [first, first]
