"""What somebody typed when their session had run out comes back after signing in, but for secrets."""

import re
from pathlib import Path

import pytest

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.mail import code_in, last_email
from tests.people import PASSWORD, gather, sign_in
from web.access import SECRET_FIELDS
from web.app import WEB
from web.settings import Settings

pytestmark = pytest.mark.anyio
SECRET_INPUT = re.compile(r'forms\.password_input\(\w+, "(\w+)"|forms\.text_input\(\w+, "(\w+)"[^}]*one-time-code')


async def test_every_line_of_an_address_comes_back(client: Client, settings: Settings, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/details")
    clock.pass_time(minutes=30)
    page = await client.press(page, "Save", street="New Road", postcode="WM1 1AA")
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.url == "/account/details"
    assert (page.field("street"), page.field("postcode")) == ("New Road", "WM1 1AA")


async def test_a_password_is_not_kept(client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/email")
    clock.pass_time(minutes=30)
    await client.press(page, "Next", email="new@example.com", current_password=PASSWORD)
    (row,) = await fetch("SELECT fields FROM kept_form")
    assert "new@example.com" in row["fields"]
    assert PASSWORD not in row["fields"]


def test_every_field_for_a_password_or_a_code_is_among_the_secret_ones() -> None:
    pages = [page.read_text() for page in Path(WEB).rglob("*.html")]
    named = {name for page in pages for pair in SECRET_INPUT.findall(page) for name in pair if name}
    assert {"password", "current_password", "code"} <= named <= SECRET_FIELDS
