"""A professional named the family: the team invites each of them from the request, with what was said filled in."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in
from tests.web.requests.steps import NEXT, ask_as_school, fill_as_school

pytestmark = pytest.mark.anyio

OTHER = {"other_name": "Al Roe", "other_email": "al@example.com", "other_basis": "parental_responsibility"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def requested(app: ASGIApp, clock: Clock, **family: str) -> str:
    """The address of Noor's record, for whom a nursery has asked."""
    sima = await person("Sima Rao", clock.now)
    async with await sign_in(Client(app), sima, clock.now) as nursery:
        assert (await ask_as_school(nursery, **family)).heading == "We have your request"
    (noor,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    return f"/staff/children/{noor['public_id']}"


async def invitation_of(client: Client, noor: str, name: str) -> Page:
    return await client.get((await client.get(f"{noor}/request")).link(f"Invite {name}"))


def chosen(page: Page) -> list[str]:
    return [one.get("value") for one in page.all("//input[@name='basis' and @checked]")]


async def test_name_address_and_relationship_are_filled_in_and_none_of_it_stands_in_the_address(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock, **OTHER)
    page = await client.get(f"{noor}/request")
    assert "They know, but they have not said that they agree" in page.main
    page = await invitation_of(client, noor, "Jo Roe")
    assert "Jo" not in page.url
    assert [page.field("adult_name"), page.field("email"), *chosen(page)] == ["Jo Roe", "jo@example.com", "carer"]
    assert chosen(await invitation_of(client, noor, "Al Roe")) == ["parental_responsibility"]


async def test_whoever_was_invited_is_marked_as_done_and_the_other_is_not(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock, **OTHER)
    page = await client.press(await invitation_of(client, noor, "Jo Roe"), "Send code", email="jo.work@example.com")
    assert "“Your unique code” goes to jo.work@example.com." in page.text
    page = await client.get(f"{noor}/request")
    assert "Done Invited on Monday 9 March 2026" in page.main
    assert not page.all("//a[contains(., 'Invite Jo Roe')]")
    assert page.link("Invite Al Roe")


async def test_without_an_address_the_team_types_it_and_it_is_done_all_the_same(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock, parent_email="")
    page = await client.press(await invitation_of(client, noor, "Jo Roe"), "Send code")
    assert page.problems == ["Enter the email address that asked for the assessment"]
    await client.press(page, "Send code", email="jo@example.com")
    assert "Invited on" in (await client.get(f"{noor}/request")).main


async def test_an_invitation_from_elsewhere_counts_and_a_cancelled_one_does_not(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock)
    page = await client.get(f"{noor}/invitations/new")
    record = await client.press(page, "Send code", email="JO@example.com", adult_name="Jo Roe", basis="carer")
    assert "Invited on" in (await client.get(f"{noor}/request")).main
    await client.press(record, "Cancel invitation")
    assert (await client.get(f"{noor}/request")).link("Invite Jo Roe")


async def test_a_place_in_the_request_that_is_nobodys_is_not_found(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock)
    url = (await client.get(f"{noor}/request")).link("Invite Jo Roe")
    for place in ("1", "-1", "x", "", "9" * 30):
        assert (await client.get(url.removesuffix("0") + place)).status == 404
    omar = f"/staff/children/{cast.omar.public_id}"
    assert (await client.get(url.replace(noor, omar))).status == 404


async def test_another_adult_is_named_in_full_or_not_at_all(app: ASGIApp, cast: Cast, clock: Clock) -> None:
    sima = await person("Sima Rao", clock.now)
    async with await sign_in(Client(app), sima, clock.now) as nursery:
        page = await fill_as_school(nursery, other_email="al@example.com")
        assert page.problems == ["Enter the parent’s name", "Choose who they are to the child"]
        page = await nursery.press(page, NEXT, other_name="Al Roe", other_basis="carer")
        assert page.heading == "Check your answers"
        assert "Who else we can invite Al Roe" in page.main


async def test_a_request_from_before_relationships_were_asked_can_still_be_read(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    noor = await requested(app, clock)
    await fetch(
        "UPDATE assessment_request SET"
        " answers = answers - 'parent_basis' - 'other_name' - 'other_email' - 'other_basis'"
    )
    page = await client.get(f"{noor}/request")
    assert "It was not said who they are to the child." in page.main
    assert chosen(await client.get(page.link("Invite Jo Roe"))) == []
