"""Documents: prepared, published to named people after a second look, opened, recalled."""

import asyncio
import io
import zipfile
from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.demo.pdf import letter
from portal.documents import commands
from portal.files import scanning
from portal.files.scan import NoScanner
from portal.files.store import DiskStore
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

DATE = {"document_date-day": "2", "document_date-month": "3", "document_date-year": "2026"}
PDF = ("plan.pdf", letter("Draft EHC plan", ["For Priya"]), "application/pdf")


async def prepared(staff: Client, cast: Cast, description: str = "Draft EHC plan") -> Page:
    page = await staff.get(f"/staff/children/{cast.priya.public_id}/documents/new")
    return await staff.press(page, "Continue", files={"file": PDF}, description=description, **DATE)


async def scan_and_announce(settings: Settings, clock: Clock) -> None:
    for row in await fetch("SELECT id FROM stored_file WHERE scan_state = 'pending'"):
        await scanning.scan(row["id"], DiskStore(settings.files), NoScanner(), now=clock.now)
    for row in await fetch("SELECT id FROM document WHERE published_at IS NOT NULL"):
        await commands.announce(row["id"], now=clock.now)


async def published(staff: Client, cast: Cast, settings: Settings, clock: Clock, to: list[str]) -> Page:
    page = await staff.press(await prepared(staff, cast), "Continue", recipient=to, when="now")
    page = await staff.press(page, "Publish", recipient=to)
    await scan_and_announce(settings, clock)
    return page


async def test_publishing_shows_child_birthday_and_each_recipient_before_it_is_done(
    client: Client, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.press(await prepared(client, cast), "Continue", recipient=[cast.amal.public_id], when="now")
    assert page.heading == "Check before you publish"
    for said in ("Priya Khan", "Monday 2 April 2018", "Amal Khan", "amal@example.com", "plan.pdf"):
        assert said in page.main
    assert "Ben Khan" not in page.main
    assert not await fetch("SELECT id FROM document WHERE published_at IS NOT NULL")


async def test_a_recipient_is_mailed_and_downloads_and_the_team_sees_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    await published(client, cast, settings, clock, [cast.amal.public_id])
    email = (await deliver_all(settings, clock))[0]
    assert (email.to, email.subject) == ("amal@example.com", "A new document about case PRI42")
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        page = await amal.get(f"/children/{cast.priya.public_id}/documents")
        assert page.heading == "Priya's Documents to View"
        assert "This page contains a selection of your documents stored by SEND." in page.main
        assert "New" in page.main
        answer = await amal.http.get(page.link("Draft EHC plan"))
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"] == "sandbox"
        assert "New" not in (await amal.get(page.url)).one("//table").text_content()
    page = await client.get(f"/staff/children/{cast.priya.public_id}/documents")
    assert "email sent, first opened on 9 March 2026 at 10:00am" in page.main


async def test_only_the_named_recipient_finds_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    await published(client, cast, settings, clock, [cast.amal.public_id])
    row = (await fetch("SELECT public_id FROM document"))[0]
    for person in (cast.ben, cast.carol):
        async with Client(app) as other:
            await sign_in(other, person, clock.now)
            url = f"/children/{cast.priya.public_id}/documents"
            assert (await other.get(f"{url}/{row['public_id']}")).status == 404
            assert "Draft EHC plan" not in (await other.get(url)).text


async def test_a_recalled_document_is_gone_at_once_and_says_who_had_opened_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await published(client, cast, settings, clock, [cast.amal.public_id])
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        link = (await amal.get(f"/children/{cast.priya.public_id}/documents")).link("Draft EHC plan")
        await amal.http.get(link)
        page = await client.get(page.link("Recall Draft EHC plan"))
        assert "Amal Khan: first opened on" in page.main
        assert (await client.press(page, "Recall")).problems == ["Enter the reason"]
        page = await client.press(page, "Recall", reason="Sent too early")
        assert "Recalled on" in page.main
        assert (await amal.get(link)).status == 404


async def test_it_cannot_be_published_to_nobody_or_to_a_stranger(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await prepared(client, cast)
    assert (await client.press(page, "Continue", when="now")).problems == ["Choose who the document is for"]
    stranger = await client.press(page, "Continue", recipient=[cast.carol.public_id], when="now")
    assert stranger.problems == ["Choose who the document is for"]
    token = page.form("Continue").xpath(".//input[@name='csrf_token']")[0].get("value")
    skipped = await client.post(page.url, {"csrf_token": token, "confirmed": "yes", "when": "now"})
    assert skipped.status == 422
    assert not await fetch("SELECT id FROM document WHERE published_at IS NOT NULL")


async def test_a_planned_document_appears_and_is_mailed_on_its_day(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    typed = {"when": "later", "on-day": "12", "on-month": "3", "on-year": "2026"}
    page = await client.press(await prepared(client, cast), "Continue", recipient=[cast.amal.public_id], **typed)
    page = await client.press(page, "Publish", recipient=[cast.amal.public_id])
    assert "The family sees it from 12 March 2026 at 9:00am" in page.main
    await scan_and_announce(settings, clock)
    assert await deliver_all(settings, clock) == []
    clock.now += timedelta(days=3)
    await scan_and_announce(settings, clock)
    assert len(await deliver_all(settings, clock)) == 1
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        assert "Draft EHC plan" in (await amal.get(f"/children/{cast.priya.public_id}/documents")).main


async def test_eight_downloads_at_once_are_one_first_opening(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    await published(client, cast, settings, clock, [cast.amal.public_id])
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        link = (await amal.get(f"/children/{cast.priya.public_id}/documents")).link("Draft EHC plan")
        answers = await asyncio.gather(*(amal.http.get(link) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {200}
        first = (await fetch("SELECT first_opened_at FROM document_recipient"))[0]["first_opened_at"]
        clock.pass_time(minutes=5)
        await amal.http.get(link)
        assert (await fetch("SELECT first_opened_at FROM document_recipient"))[0]["first_opened_at"] == first


async def test_all_of_them_come_in_one_zip(app: ASGIApp, client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    for _ in range(2):
        await published(client, cast, settings, clock, [cast.amal.public_id])
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        page = await amal.get(f"/children/{cast.priya.public_id}/documents")
        answer = await amal.http.get(page.link("Download all as a zip file"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["001 plan.pdf", "002 plan.pdf"]


async def test_a_pending_file_cannot_be_opened_yet(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    to = [cast.amal.public_id]
    page = await client.press(await prepared(client, cast), "Continue", recipient=to, when="now")
    await client.press(page, "Publish", recipient=to)
    async with Client(app) as amal:
        await sign_in(amal, cast.amal, clock.now)
        page = await amal.get(f"/children/{cast.priya.public_id}/documents")
        assert "being checked for viruses" in page.main
        row = (await fetch("SELECT public_id FROM document"))[0]
        assert (await amal.get(f"{page.url}/{row['public_id']}")).status == 422


async def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/documents/new")
    page = await client.press(page, "Continue", description="Draft EHC plan")
    assert page.problems == ["Choose the file", "Enter the date on the document"]
    assert page.field("description") == "Draft EHC plan"


async def test_another_team_finds_nothing(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(f"/staff/children/{cast.priya.public_id}/documents")).status == 404
