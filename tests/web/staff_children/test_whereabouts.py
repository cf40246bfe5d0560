"""The team marks whose whereabouts must not be given away, and is warned wherever it writes about the child."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.belongings import give_belongings
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

WARNING = "Do not give away where Amal Khan is."
WRITING = (
    "documents/new",
    "messages/new",
    "messages/{message}/reply",
    "draft-plan/start",
    "draft-plan/answers/{response}",
    "draft-plan/time/{adult}",
    "timeline/decision",
    "timeline/exception",
    "timeline/explanation",
    "timeline/key-date",
    "timeline/stage",
    "advice/new",
    "advice/wishes/{wish}",
)


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast


def base(cast: Cast) -> str:
    return f"/staff/children/{cast.priya.public_id}"


async def marked(client: Client, cast: Cast) -> Page:
    page = await client.get((await client.get(base(cast))).link("Whereabouts of Amal Khan"))
    return await client.press(page, "Set the mark", reason="A court order")


@pytest.mark.parametrize("path", WRITING)
async def test_every_page_where_one_writes_warns(client: Client, cast: Cast, clock: Clock, path: str) -> None:
    has = await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)
    address = f"{base(cast)}/{path.format(**vars(has), adult=cast.ben.public_id)}"
    assert WARNING not in (await client.get(address)).main
    await marked(client, cast)
    assert WARNING in (await client.get(address)).main


async def test_publishing_and_serving_warn_beside_the_adult(client: Client, cast: Cast, clock: Clock) -> None:
    has = await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)
    await fetch("UPDATE document SET published_at = NULL")
    await marked(client, cast)
    page = await client.get(f"{base(cast)}/documents/{has.document}/publish")
    assert WARNING in page.main
    page = await client.press(page, "Continue", recipient=[cast.amal.public_id, cast.ben.public_id], when="now")
    assert WARNING in page.main
    assert "Other people must not learn where Amal Khan is" in page.main
    assert "must not learn where Ben Khan is" not in page.main


async def test_the_mark_goes_on_with_another_relationship_and_when_access_ends(client: Client, cast: Cast) -> None:
    record = await marked(client, cast)
    page = await client.get(record.link("Change relationship of Amal Khan"))
    record = await client.press(page, "Change relationship", basis="carer", reason="She told us")
    assert "Whereabouts secret" in record.main
    page = await client.get(record.link("Withdraw access of Amal Khan"))
    await client.press(page, "Withdraw access", reason="She asked for it")
    assert WARNING in (await client.get(f"{base(cast)}/messages/new")).main


async def test_it_is_taken_away_with_a_reason_and_both_are_audited(client: Client, cast: Cast) -> None:
    record = await marked(client, cast)
    page = await client.get(record.link("Whereabouts of Amal Khan"))
    assert (await client.press(page, "Take the mark away")).problems == ["Enter the reason"]
    record = await client.press(page, "Take the mark away", reason="The order has ended")
    assert "Whereabouts secret" not in record.main
    found = await fetch("SELECT event FROM audit_entry WHERE event LIKE 'staff:whereabouts:%' ORDER BY id")
    assert [row["event"] for row in found] == ["staff:whereabouts:marked", "staff:whereabouts:unmarked"]


async def test_setting_it_from_an_old_page_again_is_refused(client: Client, cast: Cast) -> None:
    page = await client.get((await client.get(base(cast))).link("Whereabouts of Amal Khan"))
    await marked(client, cast)
    again = await client.press(page, "Set the mark", reason="A court order")
    assert "Somebody has changed this since you opened the page" in again.main


async def test_no_family_sees_the_mark(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    await marked(client, cast)
    for who in (cast.amal, cast.ben):
        async with Client(app) as browser:
            await sign_in(browser, who, clock.now)
            for path in ("", "/messages/new", "/opened", "/draft-plan"):
                page = await browser.get(f"/children/{cast.priya.public_id}{path}")
                assert "whereabouts" not in page.text.casefold()
                assert "give away" not in page.text.casefold()
