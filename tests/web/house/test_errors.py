"""Every error is a page in plain English, with the right status."""

import pytest

from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("method", "url", "status", "heading"),
    [
        ("GET", "/no-such-page", 404, "We could not find that page"),
        ("DELETE", "/", 405, "That page cannot be used in this way"),
        ("GET", "/schema", 404, "We could not find that page"),
    ],
)
async def test_an_error_is_a_page(client: Client, method: str, url: str, status: int, heading: str) -> None:
    from tests.client import Page

    page = Page(await client.http.request(method, url))
    assert (page.status, page.heading) == (status, heading)
    assert "reference" in page.main


async def test_a_broken_body_is_a_page(client: Client) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await client.http.post("/sign-in", content=b"--y nonsense", headers=headers)
    assert response.status_code in {400, 403}
    assert response.headers["content-type"].startswith("text/html")


async def test_too_much_is_refused_kindly(client: Client) -> None:
    response = await client.http.post(
        "/sign-in", content=b"a=" + b"x" * 13_000_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 413
    assert "10 MB" in response.text


async def test_head_is_answered_like_get_without_a_body(client: Client) -> None:
    response = await client.http.head("/")
    assert (response.status_code, response.content) == (200, b"")


async def test_a_stranger_is_told_that_a_page_is_not_there(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get("/staff")).status == 404
    assert (await client.get(f"/children/{cast.omar.public_id}")).status == 404


@pytest.mark.parametrize("url", ["/children/%00", "/children/%00/messages", "/invitations/%00"])
async def test_an_impossible_address_is_a_page_that_is_not_there(client: Client, clock: Clock, url: str) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    assert (await client.get(url)).status == 404
