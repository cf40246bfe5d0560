"""The pages in the footer, and the answer for machines."""

import pytest

from tests.client import Client

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


async def test_the_cookie_is_the_only_one_after_many_pages(client: Client) -> None:
    for url in ("/", "/register/details", "/help", "/privacy", "/staff/sign-in"):
        await client.get(url)
    assert len(list(client.http.cookies.jar)) == 1


async def test_the_health_check_says_ok(client: Client) -> None:
    answer = await client.http.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["content-type"].startswith("text/plain")
