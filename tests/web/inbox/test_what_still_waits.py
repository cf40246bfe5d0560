"""What waits in the inbox and on Today: for whom, after somebody left, lost access, or wrote again meanwhile."""

from datetime import datetime, timedelta

import pytest

from db.engine import fetch
from db.tables import Child, Conversation, Message, Notice
from portal.actor import Actor
from portal.ids import public_id
from portal.staff import moving, people
from portal.staff.people import Details
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


@pytest.fixture
async def pat(cast: Cast, clock: Clock) -> Actor:
    return await person("Pat Reed", clock.now, "caseworker", cast.north)


async def wrote(child: Child, adult: Actor, at: datetime, subject: str, given_to: Actor | None = None) -> Conversation:
    place = Conversation(public_id=public_id(), child=child.id, account=adult.account, message_type="Annual Review",
                         subject=subject, started_at=at, last_message_at=at, waiting_since=at,
                         assigned_to=given_to.account if given_to else None)  # fmt: skip
    await place.save()
    await again(place, adult, at)
    return place


async def again(place: Conversation, adult: Actor, at: datetime) -> str:
    message = Message(public_id=public_id(), conversation=place.id, sender=adult.account, body="x", sent_at=at)
    await message.save()
    return str(message.public_id)


async def shown(client: Client, who: Actor, clock: Clock, subject: str) -> list[bool]:
    """Whether somebody is shown a conversation on Today, in the inbox for them, and for nobody."""
    await sign_in(client, who, clock.now)
    pages = [await client.get(f"/staff/{path}") for path in ("today", "inbox?show=mine", "inbox?show=nobody")]
    return [subject in page.main for page in pages]


async def test_the_next_page_goes_on_when_the_last_one_was_answered_meanwhile(
    client: Client, cast: Cast, clock: Clock
) -> None:
    places = [
        await wrote(cast.priya, cast.amal, clock.now - timedelta(hours=60 - n), f"Letter {n}.") for n in range(30)
    ]
    further = (await client.get("/staff/inbox")).link("Newer messages →")
    await fetch("UPDATE conversation SET waiting_since = NULL WHERE id = {}", places[24].id)
    page = await client.get(further)
    assert len(page.all("//tbody/tr")) == 5
    assert "Letter 25." in page.main
    await fetch("UPDATE conversation SET waiting_since = NULL WHERE id > {}", places[24].id)
    page = await client.get((await client.get(further)).link("Look at the oldest messages"))
    assert "Letter 0." in page.main


async def test_who_moved_to_another_team_neither_reads_it_nor_hides_it(
    client: Client, cast: Cast, clock: Clock, pat: Actor
) -> None:
    await wrote(cast.priya, cast.amal, clock.now, "The bus", pat)
    assert await shown(client, pat, clock, "The bus") == [True, True, False]
    assert await shown(client, cast.dee, clock, "The bus") == [False, False, False]
    await fetch("UPDATE account SET team = {} WHERE id = {}", cast.south.id, pat.account)
    assert await shown(client, pat, clock, "The bus") == [False, False, False]
    assert await shown(client, cast.dee, clock, "The bus") == [True, True, False]


async def test_a_leavers_messages_are_the_new_caseworkers(client: Client, cast: Cast, clock: Clock, pat: Actor) -> None:
    await fetch("UPDATE child SET caseworker = {} WHERE id = {}", pat.account, cast.priya.id)
    place = await wrote(cast.priya, cast.amal, clock.now, "The bus", pat)
    await moving.move(
        cast.mo, pat.public_id, [cast.dee.public_id], seen=await moving.seen_of(pat.account), now=clock.now
    )
    await people.disable(cast.mo, await people.colleague(pat.public_id), "Left", now=clock.now)
    assert await shown(client, cast.dee, clock, "The bus") == [True, True, False]
    assert (await fetch("SELECT assigned_to FROM conversation WHERE id = {}", place.id))[0]["assigned_to"] is None


async def test_a_team_change_gives_back_what_was_to_be_answered(cast: Cast, clock: Clock, pat: Actor) -> None:
    await wrote(cast.priya, cast.amal, clock.now, "The bus", pat)
    away = Details("Pat", "Reed", pat.email, "caseworker", cast.south.id)
    await people.change(cast.mo, await people.colleague(pat.public_id), away, now=clock.now)
    assert not await fetch("SELECT id FROM conversation WHERE assigned_to IS NOT NULL")


async def test_a_manager_is_shown_what_nobody_has(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch("UPDATE child SET caseworker = NULL")
    await wrote(cast.priya, cast.amal, clock.now, "The bus")
    await wrote(cast.omar, cast.carol, clock.now, "The taxi")
    assert await shown(client, cast.mo, clock, "The bus") == [True, False, True]
    assert await shown(client, cast.mo, clock, "The taxi") == [True, False, True]
    await person("Nia Lord", clock.now, "manager", cast.south)
    assert await shown(client, cast.mo, clock, "The taxi") == [False, False, True]


async def test_who_lost_access_is_answered_by_post(client: Client, cast: Cast, clock: Clock) -> None:
    place = await wrote(cast.priya, cast.amal, clock.now, "The bus")
    letter = (await client.get("/staff/inbox")).link("The bus")
    writing = await client.get(f"{letter}/reply")
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.amal.account)
    page = await client.get(f"{letter}/reply")
    assert page.url == letter
    assert "Amal Khan has no access to this record any more" in page.main
    refused = await client.press(writing, "Send", message="At 8am")
    assert "they could not read it" in refused.main
    assert await Message.count().where(Message.conversation == place.id) == 1
    assert (await fetch("SELECT body FROM message_draft"))[0]["body"] == "At 8am"
    assert "The bus" not in (await client.get("/staff/inbox")).main
    assert "The bus" in (await client.get("/staff/inbox?show=post")).main


async def test_only_what_was_seen_needs_no_answer(client: Client, cast: Cast, clock: Clock) -> None:
    place = await wrote(cast.priya, cast.amal, clock.now, "The bus")
    page = await client.get((await client.get("/staff/inbox")).link("The bus"))
    await again(place, cast.amal, clock.now + timedelta(minutes=1))
    page = await client.press(page, "No answer needed")
    assert "A newer message has come" in page.text
    assert "The bus" in (await client.get("/staff/inbox")).main
    page = await client.press(page, "No answer needed")
    assert "out of the team inbox" in page.text
    assert "The bus" not in (await client.get("/staff/inbox")).main


async def test_an_answer_answers_what_was_seen(client: Client, cast: Cast, clock: Clock) -> None:
    place = await wrote(cast.priya, cast.amal, clock.now, "The bus")
    page = await client.get((await client.get((await client.get("/staff/inbox")).link("The bus"))).link("Reply"))
    await again(place, cast.amal, clock.now + timedelta(minutes=1))
    clock.pass_time(minutes=2)
    page = await client.press(page, "Send", message="At 8am")
    assert "A newer message came while you wrote" in page.text
    assert "The bus" in (await client.get("/staff/inbox")).main


async def test_whoever_was_given_it_hears_of_what_follows(client: Client, cast: Cast, clock: Clock, pat: Actor) -> None:
    place = await wrote(cast.priya, cast.amal, clock.now, "The bus", pat)
    first = (await fetch("SELECT public_id FROM message WHERE conversation = {}", place.id))[0]["public_id"]
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/messages/{first}/reply")
    await client.press(page, "Send", message="And when does it go?")
    told = await Notice.select(Notice.email).where(Notice.kind == "new_message_for_staff")
    assert {row["email"] for row in told} == {"dee@example.com", "pat@example.com"}


async def test_a_manager_narrows_it_to_a_team_or_a_colleague(client: Client, cast: Cast, clock: Clock) -> None:
    await wrote(cast.priya, cast.amal, clock.now, "The bus")
    await wrote(cast.omar, cast.carol, clock.now, "The taxi")
    await sign_in(client, cast.mo, clock.now)
    for query in (f"team={cast.south.id}", f"colleague={cast.ed.public_id}"):
        page = await client.get(f"/staff/inbox?{query}")
        assert ["The bus" in page.main, "The taxi" in page.main] == [False, True]
    assert "Nothing like that" in (await client.get("/staff/inbox?colleague=nobody-at-all")).main
    await sign_in(client, cast.dee, clock.now)
    assert not (await client.get("/staff/inbox")).all("//select[@name='team']")


async def test_types_that_are_offered_no_more_can_still_be_looked_for(client: Client, cast: Cast) -> None:
    await fetch("INSERT INTO message_type (name, position, active) VALUES ('Transport', 2, false)")
    options = [one.text for one in (await client.get("/staff/inbox")).all("//select[@name='kind']/option")]
    assert options == ["All types", "Annual Review", "Transport (switched off)"]
