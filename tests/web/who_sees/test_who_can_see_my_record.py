"""The young person sees who can see their record, and asks the team to end it; nobody else has this page."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    """Priya is a young person with an account; Ben acts for her, Ann works with her, and Amal's access has ended."""
    cast = await gather(clock.now)
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.amal.account)
    await fetch("UPDATE relationship SET basis = 'agreed' WHERE account = {}", cast.ben.account)
    priya, ann = await person("Priya Khan", clock.now), await person("Ann Lee", clock.now)
    await give_access(priya, cast.priya, clock.now, "young_person")
    await give_access(ann, cast.priya, clock.now, "professional")
    await sign_in(client, priya, clock.now)
    return cast


def address(cast: Cast) -> str:
    return f"/children/{cast.priya.public_id}/who-sees"


async def asked(client: Client, cast: Cast, **typed: str) -> Page:
    page = await client.get((await client.get(address(cast))).link("Ask to end it for Ben Khan"))
    return await client.press(page, "Ask the SEND team", **typed)


async def test_everybody_else_is_named_with_their_ground_and_without_an_address(client: Client, cast: Cast) -> None:
    page = await client.get((await client.get(f"/children/{cast.priya.public_id}")).link("Who can see my record"))
    rows = [" ".join(row.text_content().split()) for row in page.all("//tbody/tr")]
    assert [row.partition(" 9 March 2026")[0] for row in rows] == [
        "Ben Khan Asked by the young person",
        "Ann Lee Professional",
    ]
    assert "example.com" not in page.text.replace("priya@example.com", "")


async def test_asking_reaches_the_team_as_a_message_that_waits(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    page = await asked(client, cast, why="He reads everything aloud")
    assert "Please end the access of Ben Khan" in page.main
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        assert "Please end the access of Ben Khan" in (await staff.get("/staff/inbox")).main
    assert (await fetch("SELECT state FROM relationship WHERE account = {}", cast.ben.account)) == [{"state": "active"}]
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:access:end_asked'")) == 1


async def test_no_reason_need_be_given(client: Client, cast: Cast) -> None:
    await asked(client, cast)
    (message,) = await fetch("SELECT body FROM message")
    assert message["body"] == "I do not want this person to see my record any more."


async def test_who_is_asked_about_does_not_learn_it(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    await asked(client, cast)
    async with Client(app) as browser:
        await sign_in(browser, cast.ben, clock.now)
        for path in ("", "/messages", "/opened"):
            assert "end the access" not in (await browser.get(f"/children/{cast.priya.public_id}{path}")).text


@pytest.mark.parametrize("who", ["ben", "ann"])
async def test_nobody_else_has_the_page(app: ASGIApp, cast: Cast, clock: Clock, who: str) -> None:
    row = (await fetch("SELECT id, public_id, email FROM account WHERE email = {}", f"{who}@example.com"))[0]
    async with Client(app) as browser:
        await sign_in(browser, Actor(row["id"], row["public_id"], "family", who, "x", row["email"]), clock.now)
        assert (await browser.get(address(cast))).status == 404
        assert "Who can see my record" not in (await browser.get(f"/children/{cast.priya.public_id}")).main


async def test_somebody_of_another_child_cannot_be_asked_about(client: Client, cast: Cast) -> None:
    row = (await fetch("SELECT public_id FROM relationship WHERE account = {}", cast.carol.account))[0]
    assert (await client.get(f"{address(cast)}/{row['public_id']}/end")).status == 404
