"""A school's SENCO sees the school's children without a grant for each, and only while working there."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, gather, person, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio


async def professional(name: str, clock: Clock) -> Actor:
    actor = await person(name, clock.now)
    await fetch("UPDATE account SET is_professional = true, job_title = 'SENCO' WHERE id = {}", actor.account)
    return actor


async def school(client: Client, cast: Cast, clock: Clock) -> str:
    """Mo adds a school, and Dee gives it Priya. Gives the address of its page."""
    await sign_in(client, cast.mo, clock.now)
    new = await client.get("/staff/organisations/new")
    made = await client.press(new, "Add", name="Lakeside Primary School", kind="school")
    await place(client, cast, clock, cast.dee)
    return made.url


async def place(client: Client, cast: Cast, clock: Clock, who: Actor, child: str = "") -> Page:
    await sign_in(client, who, clock.now)
    page = await client.get(f"/staff/children/{child or cast.priya.public_id}/organisations")
    (choice,) = [one.get("value") for one in page.all("//select[@id='organisation']/option") if one.get("value")]
    return await client.press(await client.press(page, "Continue", organisation=choice), "Give access")


async def asked(client: Client, cast: Cast, clock: Clock, address: str, who: Actor) -> Page:
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(f"{address}/members/new")
    typed = {"name": who.name, "email": who.email.upper(), "identity_method": "switchboard"}
    return await client.press(page, "Send invitation", **typed)


async def says_yes(app: ASGIApp, who: Actor, clock: Clock) -> Page:
    async with Client(app) as browser:
        await sign_in(browser, who, clock.now)
        page = await browser.get("/organisations")
        return await browser.press(page, "Yes, I work at Lakeside Primary School")


async def sam_works_there(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> tuple[Actor, str]:
    """Priya's school has been added and Sam has joined it. Gives Sam and the address of the school's page."""
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, sam)
    await says_yes(app, sam, clock)
    return sam, address


async def sams_access_is_withdrawn(client: Client, cast: Cast, clock: Clock) -> None:
    """Dee ends Sam's access to Priya's record by hand."""
    await sign_in(client, cast.dee, clock.now)
    record = await client.get(f"/staff/children/{cast.priya.public_id}")
    page = await client.get(record.link("Withdraw access of Sam Hill"))
    await client.press(page, "Withdraw access", reason="A relative of the family")


async def sees(app: ASGIApp, who: Actor, cast: Cast, clock: Clock) -> bool:
    async with Client(app) as browser:
        await sign_in(browser, who, clock.now)
        return (await browser.get(f"/children/{cast.priya.public_id}")).status == 200


async def test_a_senco_who_says_yes_sees_the_schools_children(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast = await gather(clock.now)
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    assert not await sees(app, sam, cast, clock)
    await asked(client, cast, clock, address, sam)
    email = (await deliver_all(settings, clock))[-1]
    assert links_in(email) == ["/organisations"]
    assert not await sees(app, sam, cast, clock)
    page = await says_yes(app, sam, clock)
    assert "Priya Khan" in page.main
    assert await sees(app, sam, cast, clock)


async def test_the_next_senco_gets_the_children_and_the_last_one_loses_them(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam, next_one = await professional("Sam Hill", clock), await professional("Nia Reed", clock)
    address = await school(client, cast, clock)
    for senco in (sam, next_one):
        await asked(client, cast, clock, address, senco)
        await says_yes(app, senco, clock)
    await sign_in(client, cast.mo, clock.now)
    page = await client.get((await client.get(address)).link("End for Sam Hill"))
    await client.press(page, "End", reason="Left for another school")
    assert not await sees(app, sam, cast, clock)
    assert await sees(app, next_one, cast, clock)


async def test_when_the_child_leaves_the_school_nobody_there_sees_her(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam, _ = await sam_works_there(app, client, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    await client.press(page, "End for Lakeside Primary School")
    assert not await sees(app, sam, cast, clock)
    await place(client, cast, clock, cast.dee)
    assert await sees(app, sam, cast, clock)


async def test_access_that_the_team_withdrew_by_hand_does_not_come_back(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam, address = await sam_works_there(app, client, cast, clock)
    clock.pass_time(days=1)
    await sams_access_is_withdrawn(client, cast, clock)
    await asked(client, cast, clock, address, await professional("Nia Reed", clock))
    assert not await sees(app, sam, cast, clock)


async def test_only_the_invited_address_can_say_yes_and_only_as_a_professional(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, cast.carol)
    async with Client(app) as browser:
        await sign_in(browser, cast.ben, clock.now)
        assert "No organisation is waiting" in (await browser.get("/organisations")).main
    page = await says_yes(app, cast.carol, clock)
    assert "not registered for professional use" in page.main
    assert not await sees(app, cast.carol, cast, clock)


async def test_an_invitation_to_work_somewhere_runs_out(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    sam = await professional("Sam Hill", clock)
    address = await school(client, cast, clock)
    await asked(client, cast, clock, address, sam)
    clock.pass_time(days=29)
    async with Client(app) as browser:
        await sign_in(browser, sam, clock.now)
        assert "No organisation is waiting" in (await browser.get("/organisations")).main


async def test_a_caseworker_cannot_say_who_works_there_and_another_team_sees_no_name_of_a_child(
    client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    address = await school(client, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    assert (await client.get(f"{address}/members/new")).status == 404
    assert "Priya Khan" in (await client.get(address)).main
    await sign_in(client, cast.ed, clock.now)
    assert "Priya Khan" not in (await client.get(address)).main


async def test_what_is_missing_or_known_already_is_said_beside_the_field(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await school(client, cast, clock)
    await sign_in(client, cast.mo, clock.now)
    new = await client.get("/staff/organisations/new")
    assert (await client.press(new, "Add")).problems == [
        "Enter the name of the organisation", "Choose what it is"
    ]  # fmt: skip
    page = await client.press(new, "Add", name="lakeside primary school", kind="school")
    assert page.problems == ["There is an organisation with this name already"]
