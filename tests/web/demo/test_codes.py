"""The demo shows what the staff's authenticator apps show."""

import pytest

from tests.client import Client, words
from tests.conftest import Clock
from tests.people import PASSWORD, authenticator_code, gather

pytestmark = pytest.mark.anyio


async def test_the_code_on_the_page_signs_in(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    page = await client.get("/demo/codes")
    row = page.one("//tr[contains(., 'dee@example.com')]")
    code = words(row.xpath(".//strong")[0])
    assert code == authenticator_code(clock.now)
    page = await client.press(await client.get("/staff/sign-in"), "Submit", email="dee@example.com", password=PASSWORD)
    assert (await client.press(page, "Finish", code=code)).url == "/staff"


async def test_it_says_how_long_the_code_still_works(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    clock.pass_time(seconds=29)
    assert "1 second" in (await client.get("/demo/codes")).main
    clock.pass_time(seconds=1)
    assert "30 seconds" in (await client.get("/demo/codes")).main


async def test_families_have_no_code_here(client: Client, clock: Clock) -> None:
    await gather(clock.now)
    assert "amal@example.com" not in (await client.get("/demo/codes")).main
