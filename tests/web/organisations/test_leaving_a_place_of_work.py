"""When work ends, by the team or by oneself, nobody keeps a record by oversight."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, child, give_access, sign_in
from tests.web.organisations.test_working_at_a_school import asked, professional, says_yes, school, sees
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sam(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> Actor:
    """Sam works at Lakeside, which works with Priya; he sees Omar, of the other team, because he was invited."""
    sam = await professional("Sam Hill", clock)
    await give_access(sam, cast.omar, clock.now, "professional")
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    clock.pass_time(days=1)
    return sam


async def lakeside(client: Client, cast: Cast, clock: Clock) -> Page:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get("/staff/organisations")
    return await client.get(page.link("Lakeside Primary School"))


async def ended_by_the_team(client: Client, cast: Cast, clock: Clock) -> Page:
    page = await lakeside(client, cast, clock)
    page = await client.get(page.link("End for Sam Hill"))
    return await client.press(page, "End", reason="Left for another school")


async def tasks(clock: Clock) -> list[str]:
    await open_and_close(now=clock.now)
    rows = await fetch("SELECT c.forename FROM task t JOIN child c ON c.id = t.child"
                       " WHERE t.kind = 'work_ended' AND t.done_at IS NULL ORDER BY t.id")  # fmt: skip
    return [row["forename"] for row in rows]


async def test_the_team_is_shown_what_they_still_see_and_withdraws_it(
    app: ASGIApp, client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    page = await ended_by_the_team(client, cast, clock)
    assert page.heading == "What Sam Hill still sees"
    assert "Omar Jones" in page.main
    assert "Priya Khan" not in page.main
    page = await client.get(page.link("Withdraw access to Omar Jones"))
    await client.press(page, "Withdraw access", reason="Works there no more")
    page = await lakeside(client, cast, clock)
    page = await client.get(page.link("Look at what Sam Hill still sees"))
    assert "No child was given to them by name." in page.main


async def test_the_children_of_the_organisation_come_first(
    client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    zoe = await child("Zoe Young", cast.north, cast.dee, clock.now)
    await give_access(sam, zoe, clock.now, "professional")
    await fetch("INSERT INTO organisation_child (organisation, child, since) SELECT id, {}, {} FROM organisation",
                zoe.id, clock.now)  # fmt: skip
    page = await ended_by_the_team(client, cast, clock)
    assert page.main.index("Zoe Young") < page.main.index("Omar Jones")
    assert page.main.count("At Lakeside Primary School") == 1


async def test_access_of_another_ground_is_not_listed(client: Client, cast: Cast, sam: Actor, clock: Clock) -> None:
    await fetch("UPDATE relationship SET basis = 'carer' WHERE account = {} AND organisation IS NULL", sam.account)
    page = await ended_by_the_team(client, cast, clock)
    assert page.heading == "Lakeside Primary School"
    assert await tasks(clock) == []


async def test_what_is_left_is_a_task_that_goes_when_it_is_withdrawn(
    client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    assert await tasks(clock) == []
    await ended_by_the_team(client, cast, clock)
    assert await tasks(clock) == ["Omar"]
    await sign_in(client, cast.ed, clock.now)
    page = await client.get("/staff/tasks")
    page = await client.get(page.link("A professional has left where they worked (Omar Jones)"))
    assert "Still sees the record" in page.main
    page = await client.get(page.link("Withdraw their access"))
    await client.press(page, "Withdraw access", reason="Works there no more")
    assert await tasks(clock) == []


async def test_a_task_that_was_answered_stays_done_and_later_access_opens_none(
    client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    await ended_by_the_team(client, cast, clock)
    assert await tasks(clock) == ["Omar"]
    await fetch("UPDATE task SET done_at = {}, done_how = 'Now at the clinic'", clock.now)
    clock.pass_time(days=1)
    zoe = await child("Zoe Young", cast.north, cast.dee, clock.now)
    await give_access(sam, zoe, clock.now, "professional")
    assert await tasks(clock) == []


async def test_a_caseworker_does_not_see_what_a_former_member_sees_in_other_teams(
    client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    page = await ended_by_the_team(client, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    assert (await client.get(page.url)).status == 404
    assert "A manager can look" in (await client.get(page.url.partition("/members")[0])).main


async def test_whoever_works_there_still_has_no_such_page(client: Client, cast: Cast, sam: Actor, clock: Clock) -> None:
    page = await lakeside(client, cast, clock)
    assert (await client.get(page.link("End for Sam Hill").replace("/end", "/left"))).status == 404


async def test_i_say_myself_that_i_work_there_no_more(
    app: ASGIApp, client: Client, cast: Cast, sam: Actor, clock: Clock, settings: Settings
) -> None:
    await deliver_all(settings, clock)
    await sign_in(client, sam, clock.now)
    assert "Lakeside Primary School" in (await client.get("/account")).main
    page = await client.get("/organisations")
    page = await client.get(page.link("I no longer work here, at Lakeside Primary School"))
    assert "this child’s record" in page.main
    assert page.main.index("Priya Khan") < page.main.index("What you still see") < page.main.index("Omar Jones")
    after = await client.press(page, "I no longer work here")
    assert after.url == "/organisations"
    assert "You no longer see the children of Lakeside Primary School" in after.text
    assert not await sees(app, sam, cast, clock)
    (email,) = await deliver_all(settings, clock)
    assert (email.to, email.subject) == ("dee@example.com", "Somebody no longer works at Lakeside Primary School")
    assert "Sam" not in email.text
    assert await tasks(clock) == ["Omar"]
    assert "They themselves" in (await lakeside(client, cast, clock)).main
    await sign_in(client, sam, clock.now)
    await client.press(page, "I no longer work here")
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:member:left'")) == 1
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:access:given_up'")) == 1


async def test_nobody_ends_somebody_elses_work(
    app: ASGIApp, client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    await sign_in(client, sam, clock.now)
    url = (await client.get("/organisations")).link("I no longer work here, at Lakeside Primary School")
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get(url)).status == 404
    token = (await client.get("/account/details")).all("//input[@name='csrf_token']")[0].get("value")
    assert (await client.post(url, {"csrf_token": token})).status == 404
    assert await sees(app, sam, cast, clock)


async def test_a_child_whom_another_workplace_has_too_does_not_end(
    client: Client, cast: Cast, sam: Actor, clock: Clock
) -> None:
    await fetch("INSERT INTO organisation (public_id, name, kind, created_at)"
                " VALUES ('clinic', 'Clinic', 'health', {})", clock.now)  # fmt: skip
    await fetch("INSERT INTO organisation_child (organisation, child, since) SELECT id, {}, {} FROM organisation"
                " WHERE public_id = 'clinic'", cast.priya.id, clock.now)  # fmt: skip
    await fetch("INSERT INTO organisation_member (public_id, organisation, email, email_key, name, identity_method,"
                " state, account, invited_at, expires_at, joined_at, end_reason) SELECT 'atclinic', id, 's', 's', 'S',"
                " 'head', 'active', {}, {}, {}, {}, '' FROM organisation WHERE public_id = 'clinic'",
                sam.account, clock.now, clock.now + timedelta(days=1), clock.now)  # fmt: skip
    await sign_in(client, sam, clock.now)
    page = await client.get("/organisations")
    page = await client.get(page.link("I no longer work here, at Lakeside Primary School"))
    assert "You see no child’s record only because" in page.main
    await client.press(page, "I no longer work here")
    assert (await client.get(f"/children/{cast.priya.public_id}")).status == 200


async def test_without_anything_of_work_the_page_says_so(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    assert "No organisation is waiting for your answer." in (await client.get("/organisations")).main
    assert "Where you work" not in (await client.get("/account")).main
