"""A message each way: sent, mailed, read, answered, and seen by nobody else."""

import asyncio

import pytest
from litestar.types import ASGIApp

from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

TYPED = {"message_type": "Annual Review", "subject": "The meeting", "message": "Can we meet in May?"}


async def as_amal(client: Client, clock: Clock) -> tuple[Cast, str]:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast, f"/children/{cast.priya.public_id}/messages"


async def write(client: Client, base: str, **typed: str) -> Page:
    return await client.press(await client.get(f"{base}/new"), "Send", **{**TYPED, **typed})


async def test_a_sent_message_stands_in_sent_items_and_waits_in_the_team_inbox(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast, base = await as_amal(client, clock)
    page = await write(client, base)
    assert page.heading == "Priya's Sent Items"
    assert "Your message has been sent." in page.text
    assert "The meeting" in page.main
    email = (await deliver_all(settings, clock))[0]
    assert (email.to, email.subject) == ("dee@example.com", "A family wrote about case PRI42")
    assert "Priya" not in email.text
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        inbox = await staff.get("/staff/inbox")
        assert "Waiting since today" in inbox.main
        opened = await staff.get(inbox.link("The meeting"))
        assert "Can we meet in May?" in opened.main
    assert "Read on" in (await client.get((await client.get(f"{base}/sent")).link("The meeting"))).main


async def test_an_answer_reaches_the_inbox_and_an_email_that_leads_to_it(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast, base = await as_amal(client, clock)
    await write(client, base)
    await deliver_all(settings, clock)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        opened = await staff.get((await staff.get("/staff/inbox")).link("The meeting"))
        page = await staff.press(await staff.get(opened.link("Reply")), "Send", message="Yes, on 5 May.")
        assert page.status == 200
        assert "Every message has an answer" in (await staff.get("/staff/inbox")).main
    email = (await deliver_all(settings, clock))[0]
    assert (email.to, email.subject) == ("amal@example.com", "A new message about case PRI42")
    page = await client.get(base)
    assert "Unread" in page.main
    page = await client.get(links_in(email)[0])
    assert "Yes, on 5 May." in page.main
    assert "Unread" not in (await client.get(base)).main


async def test_staff_write_first_to_one_adult_and_the_other_sees_nothing(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast, base = await as_amal(client, clock)
    async with Client(app) as staff, Client(app) as other:
        await sign_in(staff, cast.dee, clock.now)
        page = await staff.get(f"/staff{base}/new")
        page = await staff.press(page, "Send", recipient=cast.amal.public_id, **TYPED)
        assert page.status == 200
        await sign_in(other, cast.ben, clock.now)
        assert "There are no messages yet" in (await other.get(base)).main
        link = (await client.get(base)).link("The meeting")
        assert (await other.get(link)).status == 404
        assert (await other.get(f"{link}/reply")).status == 404
    assert [email.to for email in await deliver_all(settings, clock)] == ["amal@example.com"]


async def test_another_team_and_another_family_find_nothing(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, base = await as_amal(client, clock)
    await write(client, base)
    link = (await client.get(f"{base}/sent")).link("The meeting")
    for person, url in ((cast.carol, link), (cast.ed, f"/staff{link}"), (cast.ed, f"/staff{base}")):
        async with Client(app) as other:
            await sign_in(other, person, clock.now)
            assert (await other.get(url)).status == 404
    async with Client(app) as other:
        await sign_in(other, cast.ed, clock.now)
        assert "Every message has an answer" in (await other.get("/staff/inbox")).main


async def test_pressing_send_eight_times_at_once_sends_one(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    await asyncio.gather(*(client.press(page, "Send", **TYPED) for _ in range(8)))
    assert len((await client.get(f"{base}/sent")).all("//tbody/tr")) == 1


async def test_what_is_missing_is_said_and_nothing_is_lost(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.press(await client.get(f"{base}/new"), "Send", message="Only this")
    assert page.status == 422
    assert page.problems == ["Choose a message type", "Enter a subject"]
    assert page.field("message") == "Only this"


async def test_no_answer_needed_takes_it_out_of_the_inbox(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, base = await as_amal(client, clock)
    await write(client, base)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        opened = await staff.get((await staff.get("/staff/inbox")).link("The meeting"))
        page = await staff.press(opened, "No answer needed")
        assert "Every message has an answer" in page.main


async def test_the_inbox_refreshes_itself_and_says_when_nothing_is_new(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    headers = {"HX-Request": "true"}
    first = await client.get(f"{base}/inbox", headers=headers)
    assert first.response.headers["etag"] in first.text.replace("&#34;", '"').replace("\\", "")
    again = await client.get(f"{base}/inbox", headers={**headers, "If-None-Match": first.response.headers["etag"]})
    assert again.status == 304


async def test_a_long_list_is_read_page_by_page(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    for number in range(30):
        clock.pass_time(seconds=1)
        await write(client, base, subject=f"Number {number}")
    page = await client.get(f"{base}/sent")
    assert len(page.all("//tbody/tr")) == 25
    older = next(link.get("href") for link in page.all("//a") if "Older messages" in link.text_content())
    page = await client.get(older)
    assert len(page.all("//tbody/tr")) == 5
    assert "Number 0" in page.main
