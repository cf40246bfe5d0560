"""How somebody wants formal letters is one wish, dated, asked for in the consent form and changed in the account."""

import pytest

from db.engine import fetch
from portal.access.queries import child_of
from portal.actions import commands
from portal.actions.queries import ActionRecord, actions_of
from portal.actor import Actor
from portal.demo.forms import answer
from portal.forms import engine
from portal.forms.library import load_forms
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, sign_in
from tests.portal.tasks.test_opening_and_closing import served

pytestmark = pytest.mark.anyio


async def consent(cast: Cast, clock: Clock, letters: str) -> None:
    """Amal is asked for consent and sends the form, with this answer about formal letters."""
    form, child = load_forms().newest("consent"), await child_of(cast.amal, cast.priya.public_id, now=clock.now)
    assert form
    await commands.assign(cast.dee, child, cast.amal.public_id, form, None, now=clock.now)
    while page := engine.first_unanswered_page(form, (await of(cast, clock)).answers):
        said = {field.key: answer(field, clock.now.date(), "amal@example.com") for field in page.fields}
        said |= {"letters": letters} if "letters" in said else {}
        await commands.save_page(cast.amal, await of(cast, clock), said, now=clock.now)
    await commands.submit(cast.amal, child, await of(cast, clock), form, now=clock.now)


async def of(cast: Cast, clock: Clock) -> ActionRecord:
    child = await child_of(cast.amal, cast.priya.public_id, now=clock.now)
    return next(one for one in await actions_of(cast.amal, child) if one.is_open)


async def wishes(who: Actor) -> list[str]:
    rows = await fetch("SELECT wish FROM account_wish WHERE account = {} ORDER BY wish", who.account)
    return [row["wish"] for row in rows]


async def kinds(clock: Clock) -> list[str]:
    await open_and_close(now=clock.now)
    return [row["kind"] for row in await fetch("SELECT kind FROM task WHERE done_at IS NULL ORDER BY id")]


async def people_page(client: Client, cast: Cast, clock: Clock) -> Page:
    await sign_in(client, cast.dee, clock.now)
    return await client.get(f"/staff/children/{cast.priya.public_id}")


async def test_a_no_in_the_consent_form_is_the_wish_for_paper(client: Client, cast: Cast, clock: Clock) -> None:
    await consent(cast, clock, "no")
    assert await wishes(cast.amal) == ["paper"]
    assert (await people_page(client, cast, clock)).main.count("Wants letters on paper: no address yet") == 1
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/notices")
    assert "You asked for letters on paper on Monday 9 March 2026" in page.main
    await client.press(page, "Save", on_paper=[], topics=["messages", "documents", "actions", "case"])
    assert await wishes(cast.amal) == ["online"]


async def test_a_yes_is_dated_and_can_be_withdrawn(client: Client, cast: Cast, clock: Clock) -> None:
    await consent(cast, clock, "yes")
    seen = (await people_page(client, cast, clock)).main
    assert seen.count("Agreed to letters through the portal on 9 March 2026") == 1
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/notices")
    assert "You agreed to get formal letters through this website on Monday 9 March 2026" in page.main
    await client.press(page, "Save", on_paper="yes")
    assert "online" not in await wishes(cast.amal)
    events = await fetch("SELECT id FROM audit_entry WHERE event = 'accounts:wishes:changed'")
    assert len(events) == 2


async def test_whoever_was_never_asked_has_not_agreed(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    await client.press(await client.get("/account/notices"), "Save", topics=["messages"])
    assert "online" not in await wishes(cast.amal)


async def test_what_is_to_be_posted_is_a_task_until_it_is_and_then_nobody_asks(cast: Cast, clock: Clock) -> None:
    await consent(cast, clock, "no")
    clock.pass_time(hours=1)
    document = await served(cast, clock.now)
    assert await kinds(clock) == ["to_post"]
    await fetch("UPDATE document_recipient SET first_opened_at = {} WHERE account = {}", clock.now, cast.ben.account)
    clock.pass_time(days=9)
    assert await kinds(clock) == ["to_post"], "it is not unopened as well"
    await fetch(
        "UPDATE document_recipient SET posted_on = {} WHERE document = {} AND account = {}",
        clock.now.date(),
        document.id,
        cast.amal.account,
    )
    assert await kinds(clock) == []


async def test_what_was_sent_before_they_wanted_paper_is_not_posted(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now)
    clock.pass_time(hours=1)
    await consent(cast, clock, "no")
    assert await kinds(clock) == []


async def test_what_was_sent_before_they_wanted_paper_is_still_waited_for(cast: Cast, clock: Clock) -> None:
    await served(cast, clock.now)
    clock.pass_time(days=9)
    assert await kinds(clock) == ["unopened", "unopened"]
    await consent(cast, clock, "no")
    clock.pass_time(hours=1)
    assert await kinds(clock) == ["unopened", "unopened"]


async def test_where_a_document_is_published_the_address_stands_beside_the_name(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await consent(cast, clock, "no")
    await fetch("UPDATE account SET house = '4', street = 'High Street' WHERE id = {}", cast.amal.account)
    document = await served(cast, clock.now)
    await fetch("DELETE FROM document_recipient")
    await fetch("UPDATE document SET published_at = NULL, published_by = NULL")
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/documents/{document.public_id}/publish")
    assert "Wants letters on paper: 4, High Street" in page.main
    page = await client.press(page, "Continue", recipient=cast.amal.public_id, when="now")
    assert "Wants letters on paper: 4, High Street" in page.main
