"""A caseworker is away and a colleague covers: lists, messages, what parents see, and the end of it."""

import pytest

from db.engine import fetch
from db.tables import Notice
from portal.access.queries import child_of
from portal.actor import Actor
from portal.cover.commands import end_early
from portal.errors import NotFound
from portal.messages.assigning import may_answer
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, child, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio
SENTENCE = "Dee is away until 11 March. Fay is covering."


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


@pytest.fixture
async def fay(cast: Cast, clock: Clock) -> Actor:
    return await person("Fay Holt", clock.now, "caseworker", cast.north)


async def go_away(client: Client, cover: Actor, path: str = "/staff/away", last: int = 11) -> Page:
    days = {"first-day": "9", "first-month": "3", "first-year": "2026"}
    days |= {"last-day": str(last), "last-month": "3", "last-year": "2026"}
    return await client.press(await client.get(path), "Record", cover=cover.public_id, **days)


async def test_the_cases_are_among_the_covers_own(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    elsewhere = await child("Ivy Poe", cast.south, cast.dee, clock.now)
    await sign_in(client, fay, clock.now)
    assert "Priya Khan" not in (await client.get("/staff?whose=mine")).main
    assert (await client.get(f"/staff/children/{elsewhere.public_id}")).status == 404
    await sign_in(client, cast.dee, clock.now)
    page = await go_away(client, fay)
    assert "Monday 9 March 2026 to Wednesday 11 March 2026" in page.main
    assert "Fay Holt covers" in page.main
    await sign_in(client, fay, clock.now)
    assert "Priya Khan" in (await client.get("/staff?whose=mine")).main
    assert (await client.get(f"/staff/children/{elsewhere.public_id}")).status == 200
    today = await client.get("/staff/today")
    assert "You are covering for Dee Shaw until Wednesday 11 March 2026" in today.main
    assert "Priya Khan" in today.main


async def test_access_organisations_and_answers_follow_the_cover(
    client: Client, cast: Cast, fay: Actor, clock: Clock
) -> None:
    elsewhere = await child("Ivy Poe", cast.south, cast.dee, clock.now)
    waiting = await give_access(cast.carol, elsewhere, clock.now)
    await fetch("UPDATE relationship SET state = 'waiting', activated_at = NULL WHERE id = {}", waiting.id)
    await sign_in(client, cast.mo, clock.now)
    school = await client.press(
        await client.get("/staff/organisations/new"), "Add", name="Lakeside Primary School", kind="school"
    )
    choice = school.url.rsplit("/", 1)[1]
    places = await client.get(f"/staff/children/{elsewhere.public_id}/organisations")
    await client.press(await client.press(places, "Continue", organisation=choice), "Give access")
    record = await child_of(cast.mo, elsewhere.public_id, now=clock.now)

    await sign_in(client, fay, clock.now)
    for path in ("/staff/access", school.url):
        assert "Ivy Poe" not in (await client.get(path)).main
    assert fay.public_id not in dict(await may_answer(record, now=clock.now))
    await sign_in(client, cast.dee, clock.now)
    await go_away(client, fay)
    await sign_in(client, fay, clock.now)
    for path in ("/staff/access", school.url):
        assert "Ivy Poe" in (await client.get(path)).main
    assert fay.public_id in dict(await may_answer(record, now=clock.now))


async def test_it_ends_by_itself_after_the_last_day(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    await go_away(client, fay)
    clock.pass_time(days=2)
    await sign_in(client, fay, clock.now)
    assert "Priya Khan" in (await client.get("/staff?whose=mine")).main
    clock.pass_time(days=1)
    await sign_in(client, fay, clock.now)
    assert "Priya Khan" not in (await client.get("/staff?whose=mine")).main
    assert "covering" not in (await client.get("/staff/today")).main


async def test_it_can_be_ended_early(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    page = await client.press(await go_away(client, fay), "End now: Monday 9 March 2026 to Wednesday 11 March 2026")
    assert "No absence is recorded" in page.main
    await sign_in(client, cast.amal, clock.now)
    assert "Fay" not in (await client.get(f"/children/{cast.priya.public_id}")).main
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id")]
    assert "staff:absence:recorded" in events
    assert "staff:absence:ended" in events


async def test_parents_see_who_covers_and_the_cover_is_told(
    client: Client, cast: Cast, fay: Actor, clock: Clock
) -> None:
    await go_away(client, fay)
    await sign_in(client, cast.amal, clock.now)
    base = f"/children/{cast.priya.public_id}"
    assert SENTENCE in (await client.get(base)).main
    page = await client.get(f"{base}/messages/new")
    page = await client.press(page, "Send", message_type="Annual Review", subject="Hello", message="A question")
    assert SENTENCE in page.text
    told = await Notice.select(Notice.email).where(Notice.kind == "new_message_for_staff")
    assert {row["email"] for row in told} == {"dee@example.com", "fay@example.com"}
    await sign_in(client, fay, clock.now)
    assert "Hello" in (await client.get("/staff/inbox?show=mine")).main
    assert "Hello" in (await client.get("/staff/today")).main


async def test_days_that_are_recorded_already_are_refused(client: Client, cast: Cast, fay: Actor) -> None:
    await go_away(client, fay)
    page = await go_away(client, fay, last=20)
    assert page.problems == ["Some of these days are recorded already. End that absence first"]


async def test_whoever_covers_must_be_there(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    gus = await person("Gus Ford", clock.now, "caseworker", cast.north)
    await sign_in(client, fay, clock.now)
    await go_away(client, gus)
    await sign_in(client, cast.dee, clock.now)
    assert (await go_away(client, fay)).problems == [
        "This colleague is away on some of these days. Choose somebody else"
    ]
    await sign_in(client, gus, clock.now)
    assert "They cover for a colleague" in (await go_away(client, cast.dee)).problems[0]


async def test_only_a_colleague_of_the_team_covers(client: Client, cast: Cast, fay: Actor) -> None:
    for nobody in (cast.ed, cast.dee, cast.amal):
        assert (await go_away(client, nobody)).problems == ["Choose who covers"]
    assert not await fetch("SELECT id FROM absence")


async def test_a_manager_records_it_for_a_colleague_and_nobody_else_may(
    client: Client, cast: Cast, fay: Actor, clock: Clock
) -> None:
    path = f"/staff/away?person={cast.dee.public_id}"
    await sign_in(client, cast.mo, clock.now)
    assert "Fay Holt covers" in (await go_away(client, fay, path)).main
    await sign_in(client, fay, clock.now)
    assert (await client.get(path)).status == 404
    absence = (await fetch("SELECT public_id FROM absence"))[0]["public_id"]
    with pytest.raises(NotFound):
        await end_early(fay, absence, now=clock.now)


async def test_what_was_typed_wrong_is_said(client: Client, cast: Cast, fay: Actor, clock: Clock) -> None:
    page = await client.press(await client.get("/staff/away"), "Record")
    assert page.problems == ["Enter the first day away", "Enter the last day away", "Choose who covers"]
    clock.pass_time(days=5)
    await sign_in(client, cast.dee, clock.now)
    assert (await go_away(client, fay)).problems == ["The first day must be today or later"]
