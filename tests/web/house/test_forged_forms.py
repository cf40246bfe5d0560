"""A form that another site sent, or that carries the wrong token, changes nothing."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in

pytestmark = pytest.mark.anyio


async def test_a_form_without_a_token_is_refused_in_plain_words(client: Client) -> None:
    await client.get("/")
    page = await client.post("/register/details", {"forename": "Nadia"})
    assert page.status == 403
    assert page.heading == "This page had been open for too long"


async def test_a_wrong_token_is_refused(client: Client) -> None:
    await client.get("/")
    assert (await client.post("/register/details", {"csrf_token": "x" * 43})).status == 403


async def test_the_token_of_another_person_is_refused(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as other:
        await sign_in(other, cast.carol, clock.now)
        token = (await other.get("/help")).all("//input[@name='csrf_token']")[0].get("value")
    assert (await client.post("/sign-out", {"csrf_token": token})).status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
async def test_a_form_from_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    page = await client.get("/")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    assert (await client.post("/sign-in", {"csrf_token": token}, headers=headers)).status == 403


async def test_a_cookie_that_somebody_made_up_is_replaced(client: Client) -> None:
    client.http.cookies.set("portal", "v.chosen.signature")
    await client.get("/")
    assert client.http.cookies.get("portal", domain="portal.test") != "v.chosen.signature"
