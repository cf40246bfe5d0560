"""Somebody may work with the same child at two places; and whoever is asked again is kept as asked last."""

import pytest
from litestar.types import ASGIApp

from portal.actor import Actor
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in
from tests.web.organisations.test_working_at_a_school import asked, sam_works_there, school, sees

pytestmark = pytest.mark.anyio


async def clinic(app: ASGIApp, client: Client, cast: Cast, clock: Clock, who: Actor) -> None:
    """A second organisation, with Priya, where `who` works as well."""
    await sign_in(client, cast.mo, clock.now)
    new = await client.get("/staff/organisations/new")
    address = (await client.press(new, "Add", name="Westmere Clinic", kind="health")).url
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    choice = next(one for one in page.all("//select[@id='organisation']/option") if one.text == "Westmere Clinic")
    await client.press(await client.press(page, "Continue", organisation=choice.get("value")), "Give access")
    await asked(client, cast, clock, address, who)
    async with Client(app) as browser:
        await sign_in(browser, who, clock.now)
        await browser.press(await browser.get("/organisations"), "Yes, I work at Westmere Clinic")


async def test_whoever_leaves_the_school_keeps_the_child_of_the_clinic(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    sam, address = await sam_works_there(app, client, cast, clock)
    await clinic(app, client, cast, clock, sam)
    await sign_in(client, cast.mo, clock.now)
    page = await client.get((await client.get(address)).link("End for Sam Hill"))
    await client.press(page, "End", reason="Only at the clinic now")
    assert await sees(app, sam, cast, clock)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/organisations")
    await client.press(page, "End for Westmere Clinic")
    assert not await sees(app, sam, cast, clock)


async def test_whoever_is_asked_again_has_the_name_that_was_typed_last(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    sam = await person("Sam Hill", clock.now)
    address = await school(client, cast, clock)
    await sign_in(client, cast.mo, clock.now)
    for name in ("Sum Hill", "Sam Hill"):
        page = await client.get(f"{address}/members/new")
        await client.press(page, "Send invitation", name=name, email=sam.email, identity_method="head")
    page = await client.get(address)
    assert "Sam Hill" in page.main
    assert "Sum Hill" not in page.main


@pytest.mark.parametrize("after", ["9" * 30, "-1", "x", "²"])
async def test_a_page_that_is_none_is_the_first(client: Client, clock: Clock, after: str) -> None:
    cast = await gather(clock.now)
    address = await school(client, cast, clock)
    await sign_in(client, cast.dee, clock.now)
    assert "Priya Khan" in (await client.get(f"{address}?after={after}")).main
