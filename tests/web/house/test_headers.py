"""What every answer carries."""

import pytest

from tests.client import Client

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("url", ["/", "/no-such-page", "/register/details"])
async def test_every_page_carries_the_security_headers(client: Client, url: str) -> None:
    headers = (await client.get(url)).response.headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


async def test_the_cookie_is_out_of_reach_of_scripts(client: Client) -> None:
    cookie = (await client.get("/")).response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_nothing_says_what_the_server_runs(client: Client) -> None:
    headers = (await client.get("/")).response.headers
    assert "server" not in headers
    assert "x-powered-by" not in headers
