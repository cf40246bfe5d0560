"""After compulsory school age the young person decides: a parent says whether they agree, and the team reads it."""

from typing import Any

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.web.requests.steps import NEXT, NOOR, START, answer, fill_as_parent

pytestmark = pytest.mark.anyio

OLDER = {"date_of_birth-day": "2", "date_of_birth-month": "5", "date_of_birth-year": "2008"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def ask(client: Client, agrees: str, **child: Any) -> Page:
    """Amal asks for Noor, who is 17, and says whether Noor agrees."""
    await answer(client, "who", asker="parent")
    page = await answer(client, "child", **(NOOR | OLDER | child))
    assert page.heading == "Does the young person agree?"
    assert "Code of Practice, 8.13 to 8.17" in page.main
    await client.press(page, NEXT, agrees=agrees)
    await answer(client, "needs", needs="Exams.")
    page = await answer(client, "consent", consent="yes")
    assert page.heading == "Check your answers"
    return await client.press(page, "Send the request")


async def ground(cast: Cast) -> str:
    (row,) = await fetch("SELECT basis FROM relationship WHERE account = {} AND state = 'waiting'", cast.amal.account)
    return str(row["basis"])


async def test_the_start_says_who_decides(client: Client, cast: Cast) -> None:
    page = await client.get(START)
    assert (
        "After that the young person decides. They ask themself, or want a parent or somebody else to ask" in page.main
    )


async def test_a_parent_whom_the_young_person_wants_asks_on_their_behalf(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    assert (await ask(client, "asked")).heading == "We have your request"
    assert await ground(cast) == "agreed"
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        page = await mo.get((await mo.get("/staff/access")).link("Asked for an assessment of Noor Khan"))
    assert "Does the young person agree? Yes, they want me to ask for them" in page.main
    assert "Check this" not in page.main


@pytest.mark.parametrize(
    ("agrees", "basis", "said"),
    [
        ("cannot", "representative", "They cannot decide this for themselves, and I act for them"),
        ("not_asked", "parental_responsibility", "I have not asked them yet"),
        ("no", "parental_responsibility", "No, they do not want it"),
    ],
)
async def test_what_is_not_settled_is_kept_and_shown_to_the_team(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock, agrees: str, basis: str, said: str
) -> None:
    await ask(client, agrees)
    assert await ground(cast) == basis
    async with await sign_in(Client(app), cast.mo, clock.now) as mo:
        page = await mo.get((await mo.get("/staff/access")).link("Asked for an assessment of Noor Khan"))
    assert "Check this Compulsory school age is over, so the young person decides." in page.main
    assert said in page.main


async def test_it_must_be_answered(client: Client, cast: Cast) -> None:
    await answer(client, "who", asker="carer")
    page = await client.press(await answer(client, "child", **(NOOR | OLDER)), NEXT)
    assert page.problems == ["Choose whether the young person agrees"]
    assert (await client.get(f"{START}/check")).link("Choose whether the young person agrees") == f"{START}/agreement"


async def test_it_is_not_asked_about_a_child(client: Client, cast: Cast) -> None:
    page = await fill_as_parent(client)
    assert page.heading == "Check your answers"
    assert "young person agree" not in page.main
    assert (await client.get(f"{START}/agreement")).status == 404


async def test_it_is_asked_about_a_young_person_whom_the_parent_sees_already(client: Client, cast: Cast) -> None:
    await fetch("UPDATE child SET date_of_birth = '2008-05-02' WHERE id = {}", cast.priya.id)
    page = await ask(client, "asked", which=cast.priya.public_id, forename="", surname="")
    assert page.heading == "We have your request"


async def test_a_professional_is_asked_what_the_young_person_knows(client: Client, cast: Cast) -> None:
    await answer(client, "who", asker="professional")
    await answer(client, "child", **(NOOR | OLDER))
    page = await answer(client, "needs", needs="Exams.")
    assert "Does the young person know that you are asking?" in page.main
    assert "Choose what the young person knows" in (await client.press(page, NEXT)).problems
