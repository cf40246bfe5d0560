"""Somebody who works at a school asks through the school: access comes with the place, and ends with the work."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.access.queries import child_of
from portal.actor import Actor
from portal.organisations import commands as organisations
from portal.organisations.commands import NewMember
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, gather, person, sign_in
from tests.web.requests.steps import NEXT, NOOR, START, answer
from web.settings import Settings

pytestmark = pytest.mark.anyio

FAMILY = {"parents": "agree", "parent_name": "Jo Roe", "parent_basis": "carer"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    return await gather(clock.now)


@pytest.fixture
async def sima(cast: Cast, client: Client, clock: Clock) -> Actor:
    """Sima works at Oak School, and is signed in."""
    made = await person("Sima Rao", clock.now)
    await fetch("UPDATE account SET is_professional = true WHERE id = {}", made.account)
    await works_at("Oak School", cast, made, clock)
    await sign_in(client, made, clock.now)
    return made


async def works_at(name: str, cast: Cast, who: Actor, clock: Clock) -> int:
    """Gives the id of the organisation."""
    await organisations.add(cast.mo, name, "school", now=clock.now)
    (school,) = await fetch("SELECT id FROM organisation WHERE name = {}", name)
    member = NewMember(who.email, who.name, "switchboard")
    asked = await organisations.invite(cast.mo, school["id"], name, member, now=clock.now)
    await organisations.join(who, asked, reads_mailbox=True, now=clock.now)
    return int(school["id"])


async def fill(client: Client) -> None:
    await answer(client, "who", asker="professional")
    await answer(client, "child", **NOOR)
    await answer(client, "needs", needs="Reading.")


async def ask(client: Client, **family: str) -> str:
    """Ask for Noor. Gives the child's public id."""
    await fill(client)
    page = await answer(client, "family", **(FAMILY | family))
    assert (await client.press(page, "Send the request")).heading == "We have your request"
    (noor,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    return str(noor["public_id"])


async def place(cast: Cast, noor: str, clock: Clock) -> int:
    (school,) = await fetch("SELECT organisation FROM assessment_request")
    child = await child_of(cast.mo, noor, now=clock.now)
    await organisations.place(cast.mo, school["organisation"], child, now=clock.now)
    return int(school["organisation"])


async def test_the_only_workplace_is_chosen_already_and_kept_with_the_request(client: Client, sima: Actor) -> None:
    await ask(client)
    (row,) = await fetch(
        "SELECT o.name, q.answers->>'organisation' AS said, k.source FROM assessment_request q"
        " JOIN organisation o ON o.id = q.organisation JOIN ehc_case k ON k.id = q.ehc_case"
    )
    assert tuple(row.values()) == ("Oak School", "Oak School", "school")


async def test_of_several_one_is_chosen(client: Client, cast: Cast, sima: Actor, clock: Clock) -> None:
    await works_at("Elm Nursery", cast, sima, clock)
    await fill(client)
    page = await answer(client, "family", **FAMILY)
    assert page.problems[0] == "Choose the organisation that you ask through"
    (elm,) = await fetch("SELECT id, public_id FROM organisation WHERE name = 'Elm Nursery'")
    page = await client.press(page, NEXT, through=elm["public_id"])
    await client.press(page, "Send the request")
    (row,) = await fetch("SELECT organisation FROM assessment_request")
    assert row["organisation"] == elm["id"]


async def test_once_placed_access_comes_from_the_work_and_ends_with_it(
    client: Client, cast: Cast, sima: Actor, settings: Settings, clock: Clock
) -> None:
    noor = await ask(client)
    assert (await client.get(f"/children/{noor}")).status == 404
    await deliver_all(settings, clock)
    school = await place(cast, noor, clock)
    assert (await client.get(f"/children/{noor}")).status == 200
    assert [mail.to for mail in await deliver_all(settings, clock)] == ["sima@example.com"]
    (row,) = await fetch("SELECT state, organisation FROM relationship WHERE account = {}", sima.account)
    assert tuple(row.values()) == ("active", school)
    (member,) = await fetch("SELECT public_id FROM organisation_member WHERE account = {}", sima.account)
    await organisations.leave(cast.mo, school, member["public_id"], "She left", now=clock.now)
    assert (await client.get(f"/children/{noor}")).status == 404


async def test_access_that_was_given_by_hand_before_becomes_access_through_work(
    client: Client, cast: Cast, sima: Actor, app: ASGIApp, clock: Clock
) -> None:
    noor = await ask(client)
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        await mo.press(await mo.get("/staff/access"), "Activate")
    school = await place(cast, noor, clock)
    rows = await fetch("SELECT organisation FROM relationship WHERE account = {}", sima.account)
    assert [row["organisation"] for row in rows] == [school]


async def test_the_team_reads_it_and_is_led_to_the_look_before_placing(
    client: Client, cast: Cast, sima: Actor, app: ASGIApp, clock: Clock
) -> None:
    noor = await ask(client)
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        page = await mo.get("/staff/access")
        assert "Asked through Oak School" in page.main
        page = await mo.get(page.link("Give access through Oak School to Noor Khan"))
        assert page.url.startswith(f"/staff/children/{noor}/organisations")
        page = await mo.get(f"/staff/children/{noor}/request")
        assert "They asked through Oak School, where they work." in page.main
        assert page.link("say that Oak School works with Noor")
        await place(cast, noor, clock)
        assert "It works with Noor, so they see" in (await mo.get(f"/staff/children/{noor}/request")).main


async def test_none_of_these_is_typed_and_checked_as_before(
    client: Client, cast: Cast, sima: Actor, app: ASGIApp, clock: Clock
) -> None:
    await fill(client)
    page = await answer(client, "family", through="none", **FAMILY)
    assert page.problems == ["Choose where you work", "Enter the name of your organisation"]
    page = await client.press(page, NEXT, workplace="other", organisation="Speech Now")
    await client.press(page, "Send the request")
    (row,) = await fetch("SELECT q.organisation, c.public_id FROM assessment_request q"
                         " JOIN ehc_case k ON k.id = q.ehc_case JOIN child c ON c.id = k.child")  # fmt: skip
    assert row["organisation"] is None
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        page = await mo.get(f"/staff/children/{row['public_id']}/request")
    assert "Check this The name of the organisation, Speech Now, is as they typed it." in page.main


async def test_work_that_ends_while_the_request_is_written_is_asked_about_again(
    client: Client, cast: Cast, sima: Actor
) -> None:
    await fill(client)
    page = await answer(client, "family", **FAMILY)
    await fetch("UPDATE organisation_member SET state = 'ended', ended_at = now() WHERE account = {}", sima.account)
    page = await client.press(page, "Send the request")
    assert page.url == f"{START}/check"
    assert "Choose where you work" in page.main
    assert not await fetch("SELECT id FROM assessment_request")
