"""The portal screen: the children of an account, those on their way, and what to do when there is none."""

from datetime import timedelta

import pytest

from db.engine import fetch
from db.tables import Invitation
from portal.ids import public_id
from tests import people
from tests.client import Client, words
from tests.conftest import Clock
from tests.people import gather, give_access, sign_in

pytestmark = pytest.mark.anyio


async def test_one_child_has_the_guides_link(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/children")
    assert page.heading == "Your children"
    assert page.link("SEND Dashboard") == f"/children/{cast.priya.public_id}"
    assert "Request received" in page.main
    assert "Omar" not in page.main


async def test_several_children_have_links_that_can_be_told_apart(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    leo = await people.child("Leo Khan", cast.north, cast.dee, clock.now)
    await give_access(cast.amal, leo, clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/children")
    assert page.link("SEND Dashboard for Priya Khan") == f"/children/{cast.priya.public_id}"
    assert page.link("SEND Dashboard for Leo Khan") == f"/children/{leo.public_id}"
    assert [words(name) for name in page.all("//main//li//h2")] == ["Leo Khan", "Priya Khan"]


async def test_a_child_whose_access_is_being_processed_says_so_and_has_no_link(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await fetch("UPDATE relationship SET state = 'waiting' WHERE account = {}", cast.amal.account)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/children")
    assert "Priya Khan Your access is being processed" in page.main
    assert not page.all("//main//a[contains(@href, '/children/')]")


@pytest.mark.parametrize(("number", "said"), [(1, "1 invitation is waiting"), (2, "2 invitations are waiting")])
async def test_invitations_that_wait_are_counted(client: Client, clock: Clock, number: int, said: str) -> None:
    cast = await gather(clock.now)
    for name, state in [("Tess Three", "declined"), ("Una One", "invited"), ("Dan Two", "invited")][: number + 1]:
        child = await people.child(name, cast.south, cast.ed, clock.now)
        await Invitation(
            public_id=public_id(),
            child=child.id,
            email="amal@example.com",
            email_key="amal@example.com",
            basis="carer",
            state=state,
            code_expires_at=clock.now,
            link_expires_at=clock.now + timedelta(days=1),
            created_at=clock.now,
        ).save()
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/children")
    assert said in page.main
    assert page.all("//main//a[@href='/invitations']")


async def test_an_empty_screen_says_what_to_do(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await fetch("DELETE FROM relationship WHERE account = {}", cast.amal.account)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/children")
    assert "No child’s record is shared with you yet." in page.main
    assert page.link("Look for invitations") == "/invitations"


@pytest.mark.parametrize(
    ("basis", "heading"),
    [
        ("carer", "Your children"),
        ("young_person", "Your record"),
        ("agreed", "Your children"),
        ("professional", "Children you work with"),
    ],
)
@pytest.mark.parametrize("state", ["active", "waiting"])
async def test_the_heading_says_whose_records_these_are(
    client: Client, clock: Clock, basis: str, heading: str, state: str
) -> None:
    cast = await gather(clock.now)
    await fetch("UPDATE relationship SET basis = {}, state = {} WHERE account = {}", basis, state, cast.amal.account)
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/children")).heading == heading
    if state == "active":
        assert (await client.get(f"/children/{cast.priya.public_id}")).link(heading) == "/children"


async def test_a_professional_who_is_a_parent_too_reads_your_children(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await give_access(cast.amal, cast.omar, clock.now, basis="professional")
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/children")).heading == "Your children"


async def test_a_professional_without_a_child_yet_is_not_told_of_children_of_their_own(
    client: Client, clock: Clock
) -> None:
    joan = await people.person("Joan Hill", clock.now)
    await fetch("UPDATE account SET is_professional = true WHERE id = {}", joan.account)
    await sign_in(client, joan, clock.now)
    assert (await client.get("/children")).heading == "Children you work with"
