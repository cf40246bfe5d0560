"""The SEND Dashboard: six panels, for those who may see the child, at a steady price."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import DB, fetch
from db.tables import Document, DocumentRecipient, StoredFile
from portal.access.queries import child_of
from portal.cases import commands
from portal.ids import public_id
from tests.client import Client, Page, words
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

PANELS = [
    "Statutory Timescales",
    "Key Dates",
    "Actions to Complete",
    "Messages",
    "Documents to View",
    "SEND Caseworker",
]
MOST_QUERIES = 7
"""The session, the child, the case, actions, messages, documents; one more when the session is touched."""


async def dashboard(client: Client, cast: Cast, clock: Clock) -> Page:
    await sign_in(client, cast.amal, clock.now)
    return await client.get(f"/children/{cast.priya.public_id}")


async def publish(cast: Cast, clock: Clock, description: str) -> None:
    """A document of Priya's for Amal alone."""
    file = StoredFile(
        public_id=public_id(),
        child=cast.priya.id,
        uploaded_by=cast.dee.account,
        name="letter.pdf",
        media_type="application/pdf",
        sha256="0",
        stored_as="0",
        scan_state="clean",
        created_at=clock.now,
    )
    await file.save()
    document = Document(
        public_id=public_id(),
        child=cast.priya.id,
        file=file.id,
        description=description,
        document_date=date(2026, 3, 1),
        uploaded_by=cast.dee.account,
        uploaded_at=clock.now,
        published_at=clock.now,
    )
    await document.save()
    await DocumentRecipient(document=document.id, account=cast.amal.account, served_at=clock.now).save()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that is sent while the block runs."""
    sent: list[str] = []
    run = DB.run_querystring

    async def noting(querystring: object, *rest: object, **more: object) -> object:
        sent.append(str(querystring))
        return await run(querystring, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(DB, "run_querystring", noting)
        yield sent


async def test_it_has_six_panels_with_the_guides_words(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    page = await dashboard(client, cast, clock)
    assert page.heading == "SEND Dashboard"
    assert [words(title) for title in page.all("//main//h2")] == PANELS
    assert "Priya Khan" in page.main
    for name, path in zip(PANELS, "timescale key-dates actions messages documents".split(), strict=False):
        assert page.link(name) == f"/children/{cast.priya.public_id}/{path}"


async def test_it_names_the_caseworker_with_phone_and_email(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    panel = words((await dashboard(client, cast, clock)).one("//*[@id='panel-caseworker']"))
    assert "Dee Shaw" in panel
    assert "01632 960150" in panel
    assert "north@westmere.example" in panel


async def test_empty_panels_say_what_will_stand_there(client: Client, clock: Clock) -> None:
    page = await dashboard(client, await gather(clock.now), clock)
    for sentence in ("Nothing to do now", "No new messages", "No documents yet"):
        assert sentence in page.main


async def test_a_new_document_is_counted_for_its_recipient_only(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await publish(cast, clock, "Letter about Priya")
    assert "1 new document" in (await dashboard(client, cast, clock)).main
    async with Client(app) as other:
        await sign_in(other, cast.ben, clock.now)
        page = await other.get(f"/children/{cast.priya.public_id}")
    assert "No documents yet" in page.main
    assert "Letter about Priya" not in page.main


async def test_the_number_of_queries_does_not_grow_with_what_there_is(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = await gather(clock.now)
    await dashboard(client, cast, clock)
    with counted(monkeypatch) as before:
        await client.get(f"/children/{cast.priya.public_id}")
    child = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    for day in range(1, 8):
        await publish(cast, clock, f"Letter {day}")
        on, today = date(2026, 4, day), clock.now.date()
        await commands.add_key_date(cast.dee, child, on, f"Meeting {day}", today=today, now=clock.now)
    with counted(monkeypatch) as after:
        await client.get(f"/children/{cast.priya.public_id}")
    assert len(after) == len(before) <= MOST_QUERIES


@pytest.mark.parametrize("path", ["", "/timescale", "/key-dates", "/key-dates.ics", "/panels/actions"])
async def test_another_family_and_an_ended_access_get_not_found(client: Client, clock: Clock, path: str) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.carol, clock.now)
    assert (await client.get(f"/children/{cast.priya.public_id}{path}")).status == 404
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.ben.account)
    await sign_in(client, cast.ben, clock.now)
    assert (await client.get(f"/children/{cast.priya.public_id}{path}")).status == 404
