"""The pages in the footer, and the answer for machines."""

import pytest
from litestar.types import ASGIApp

from portal.tidying import KEEP_SESSIONS
from tests.client import Client
from tests.conftest import Clock
from tests.people import PASSWORD, gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("url", "heading", "says"),
    [
        ("/help", "Help", "A code works for 10 minutes"),
        ("/accessibility", "Accessibility statement", "version 2.2"),
        ("/privacy", "Privacy notice", "Children and Families Act 2014"),
        ("/cookies", "Cookies", "one cookie"),
    ],
)
async def test_every_footer_link_leads_to_a_page(client: Client, url: str, heading: str, says: str) -> None:
    start = await client.get("/")
    assert start.link(heading) == url
    page = await client.get(url)
    assert page.heading == heading
    assert says in page.main
    assert "01632 960 150" in page.text


async def test_the_cookie_page_names_the_cookie_that_is_set(client: Client) -> None:
    page = await client.get("/cookies")
    (cookie,) = client.http.cookies.jar
    assert cookie.name in page.main
    assert cookie.expires is None


async def test_it_is_the_only_one_whoever_signs_in(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    for who, start in ((cast.amal, "/"), (cast.mo, "/staff/sign-in")):
        async with Client(app) as browser:
            page = await browser.get(start)
            page = await browser.press(page, "Submit", email=who.email, password=PASSWORD)
            assert page.heading == "Secure login - step 2"
            for url in ("/register/details", "/help", "/cookies"):
                page = await browser.get(url)
            assert [cookie.name in page.main for cookie in browser.http.cookies.jar] == [True]


@pytest.mark.parametrize("url", ["/help", "/accessibility", "/privacy", "/cookies"])
async def test_every_link_of_a_footer_page_leads_somewhere(client: Client, clock: Clock, url: str) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(url)
    inside = {href for href in (one.get("href") for one in page.all("//main//a")) if href.startswith("/")}
    for href in inside:
        assert (await client.get(href)).status == 200, href


async def test_the_times_that_are_told_are_those_of_the_code(client: Client) -> None:
    privacy = (await client.get("/privacy")).main
    assert f"deleted {KEEP_SESSIONS.days} days after" in privacy
    assert f"what you typed is deleted {KEEP_SESSIONS.days} days later" in privacy
    assert "A unique code works for 28 days" in privacy
    assert "You have at least 15" in (await client.get("/help")).main


async def test_the_cookie_page_names_every_limit_of_a_session(client: Client) -> None:
    said = (await client.get("/cookies")).main
    for limit in ("for 20 minutes", "it is 15 minutes", "12 hours after", "15 minutes after", "24 hours after"):
        assert limit in said


async def test_the_privacy_notice_says_what_is_noted_and_where_it_comes_from(client: Client) -> None:
    said = (await client.get("/privacy")).main
    for told in ("your date of birth", "with which browser", "what you opened", "the council’s own lists of children"):
        assert told in said


async def test_the_privacy_notice_says_whom_we_give_it_to(client: Client) -> None:
    page = await client.get("/privacy")
    assert "Whom we give it to" in [one.text_content() for one in page.all("//main//h2")]
    for told in ("the people we ask for advice", "the Tribunal", "the Department for Education"):
        assert told in page.main


async def test_the_health_check_says_ok(client: Client) -> None:
    answer = await client.http.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["content-type"].startswith("text/plain")
