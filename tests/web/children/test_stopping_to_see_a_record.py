"""A professional who no longer needs a record says so, and no longer sees it at once."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, give_access, person, sign_in
from tests.web.organisations.test_working_at_a_school import asked, professional, sam_works_there, sees
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ann(cast: Cast, clock: Clock) -> Actor:
    ann = await person("Ann Lee", clock.now)
    await give_access(ann, cast.priya, clock.now, "professional")
    return ann


async def test_access_ends_at_once_and_the_caseworker_is_told(
    app: ASGIApp, client: Client, cast: Cast, ann: Actor, clock: Clock, settings: Settings
) -> None:
    await sign_in(client, ann, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}")
    page = await client.get(page.link("Stop seeing this child’s record"))
    after = await client.press(page, "Stop seeing this record")
    assert after.url == "/children"
    assert "You no longer see that record" in after.text
    assert not await sees(app, ann, cast, clock)
    (email,) = await deliver_all(settings, clock)
    assert (email.to, email.subject) == ("dee@example.com", "A professional has stopped seeing case PRI42")
    assert "Ann" not in email.text
    assert "Priya" not in email.text
    (ended,) = await fetch("SELECT * FROM relationship WHERE state = 'ended'")
    assert ended["end_reason"] == "They said that they no longer need to see the record"
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:access:given_up'")) == 1


async def test_the_team_reads_who_stopped_in_the_record(
    app: ASGIApp, client: Client, cast: Cast, ann: Actor, clock: Clock
) -> None:
    await sign_in(client, ann, clock.now)
    await client.press(await client.get(f"/children/{cast.priya.public_id}/stop"), "Stop seeing this record")
    await sign_in(client, cast.dee, clock.now)
    main = (await client.get(f"/staff/children/{cast.priya.public_id}")).main
    assert "They said that they no longer need to see the record" in main


async def test_pressing_twice_stops_once(client: Client, cast: Cast, ann: Actor, clock: Clock) -> None:
    await sign_in(client, ann, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/stop")
    first = await client.press(page, "Stop seeing this record")
    again = await client.press(page, "Stop seeing this record")
    assert (again.status, again.url, again.main) == (200, "/children", first.main)
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:access:given_up'")) == 1
    assert len(await fetch("SELECT id FROM notice WHERE kind = 'professional_stopped'")) == 1


async def test_a_family_asks_the_team_instead(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}")
    assert "Stop seeing" not in page.main
    assert (await client.get(f"{page.url}/stop")).status == 404
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    assert (await client.post(f"{page.url}/stop", {"csrf_token": token})).status == 404
    assert not await fetch("SELECT id FROM relationship WHERE state = 'ended'")


async def test_one_child_of_a_school_is_stopped_and_does_not_come_back_with_the_work(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    sam, address = await sam_works_there(app, client, cast, clock)
    clock.pass_time(days=1)
    await sign_in(client, sam, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/stop")
    assert "because you work at Lakeside Primary School" in page.main
    await client.press(page, "Stop seeing this record")
    await asked(client, cast, clock, address, await professional("Nia Reed", clock))
    assert not await sees(app, sam, cast, clock)


async def test_whoever_covers_and_a_team_without_a_caseworker_are_told_too(
    client: Client, cast: Cast, ann: Actor, clock: Clock, settings: Settings
) -> None:
    await fetch("UPDATE child SET caseworker = NULL WHERE forename = 'Priya'")
    await sign_in(client, ann, clock.now)
    await client.press(await client.get(f"/children/{cast.priya.public_id}/stop"), "Stop seeing this record")
    assert [email.to for email in await deliver_all(settings, clock)] == ["north@westmere.example"]
