"""The demo's mailbox: every email, newest first, each at an address of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.tables import DemoMail
from tests.client import Client
from tests.conftest import Clock
from web.app import create_app
from web.settings import Settings

pytestmark = pytest.mark.anyio

TEXT = "Accept here:\nhttp://portal.test/invitations/abc.\n\nIf <not>, call us."


async def keep(number: int, clock: Clock, text: str = TEXT) -> None:
    await DemoMail(
        public_id=f"mail-{number}",
        sent_to=f"parent{number}@example.com",
        subject=f"Letter {number}",
        text=text,
        html='<!DOCTYPE html><p style="color:red">Hello</p>',
        sent_at=clock.now + timedelta(minutes=number),
    ).save()


async def test_an_empty_mailbox_says_what_will_come(client: Client) -> None:
    assert "No email has been sent yet" in (await client.get("/demo/mailbox")).main


async def test_the_newest_email_stands_first(client: Client, clock: Clock) -> None:
    for number in (1, 3, 2):
        await keep(number, clock)
    page = await client.get("/demo/mailbox")
    assert [link.text for link in page.all("//tbody//a")] == ["Letter 3", "Letter 2", "Letter 1"]
    assert "parent3@example.com" in page.main


async def test_one_email_shows_its_text_with_links(client: Client, clock: Clock) -> None:
    await keep(1, clock)
    page = await client.get((await client.get("/demo/mailbox")).link("Letter 1"))
    assert page.heading == "Letter 1"
    assert page.link("http://portal.test/invitations/abc") == "http://portal.test/invitations/abc"
    assert "If <not>, call us." in page.main


async def test_a_text_without_links_is_shown_whole(client: Client, clock: Clock) -> None:
    await keep(1, clock, text="Your code is 123456")
    assert "Your code is 123456" in (await client.get("/demo/mailbox/mail-1")).main


async def test_the_html_is_shut_off_from_the_portal(client: Client, clock: Clock) -> None:
    await keep(1, clock)
    answer = await client.http.get("/demo/mailbox/mail-1/html")
    assert "color:red" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


async def test_an_email_that_is_not_there_is_not_found(client: Client) -> None:
    assert (await client.get("/demo/mailbox/nothing")).status == 404
    assert (await client.get("/demo/mailbox/nothing/html")).status == 404


async def test_older_emails_are_on_further_pages(client: Client, clock: Clock) -> None:
    for number in range(30):
        await keep(number, clock)
    page = await client.get("/demo/mailbox")
    assert len(page.all("//tbody/tr")) == 25
    page = await client.get(page.link("Older →"))
    assert [link.text for link in page.all("//tbody//a")] == [f"Letter {number}" for number in (4, 3, 2, 1, 0)]
    assert page.link("← Newest") == "/demo/mailbox"
    assert not page.all("//*[@hx-trigger]"), "only the newest page refreshes itself"


async def test_the_list_refreshes_itself_and_says_nothing_new_by_304(client: Client, clock: Clock) -> None:
    await keep(1, clock)
    page = await client.get("/demo/mailbox")
    url = page.one("//*[@id='mailbox']").get("hx-get")
    answer = await client.http.get(url, headers={"HX-Request": "true"})
    assert "Letter 1" in answer.text
    again = await client.http.get(url, headers={"HX-Request": "true", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    await keep(2, clock)
    newer = await client.http.get(url, headers={"HX-Request": "true", "If-None-Match": answer.headers["etag"]})
    assert "Letter 2" in newer.text


@pytest.mark.parametrize(
    "url", ["/demo/mailbox", "/demo/panels/mailbox", "/demo/mailbox/mail-1", "/demo/mailbox/mail-1/html", "/demo/codes"]
)
async def test_outside_the_demo_there_is_no_mailbox(db: object, settings: Settings, clock: Clock, url: str) -> None:
    await keep(1, clock)
    app: ASGIApp = create_app(replace(settings, demo=False), clock=clock, own_pool=False)
    async with Client(app) as client:
        page = await client.get(url)
    assert page.status == 404
    assert "Letter 1" not in page.text
