"""Every form of the portal: forged posts change nothing, and nothing that is typed gives a 500."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from litestar.types import ASGIApp

from db.engine import fetch
from tests.addresses import NOBODYS
from tests.client import Client, Page, form_values
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.test_routes import Route, routes_of
from web.access import Access

pytestmark = pytest.mark.anyio

STAFF = {Access.STAFF, Access.MANAGER}
TYPED = st.text(max_size=60) | st.sampled_from(
    ["yes", "now", "1", "2026", "31", "-1", "\x00", "ü" * 300, "a@b.example"]
)


def filled(path: str, cast: Cast) -> str:
    """The address with Priya for the child and something that is nobody's for the rest."""
    parts = (NOBODYS[part.strip("{}").split(":")[1]] if part.startswith("{") else part for part in path.split("/"))
    return "/".join(parts).replace(f"/children/{NOBODYS['str']}", f"/children/{cast.priya.public_id}")


def posts(app: ASGIApp) -> list[Route]:
    return [route for route in routes_of(app) if route.method == "POST"]


async def as_whoever_may(app: ASGIApp, route: Route, cast: Cast, clock: Clock) -> Client:
    client = Client(app)
    client.http.follow_redirects = False
    if route.access is Access.HALF:
        who = cast.dee if route.path.startswith("/staff") else cast.amal
        return await sign_in(client, who, clock.now, "half")
    if route.access in STAFF:
        return await sign_in(client, cast.dee, clock.now)
    if route.access in {Access.FAMILY, Access.SIGNED_IN}:
        return await sign_in(client, cast.amal, clock.now)
    return client


async def token_of(client: Client) -> str:
    for url in ("/help", "/", "/sign-in/code", "/staff/sign-in/code"):
        page = await client.get(url)
        if page.is_html and (found := page.all("//input[@name='csrf_token']")):
            return str(found[0].get("value"))
    raise AssertionError("no page has a form")


async def test_no_form_is_taken_without_the_right_token(app: ASGIApp, clock: Clock) -> None:
    cast = await gather(clock.now)
    async with await sign_in(Client(app), cast.carol, clock.now) as carol:
        others = await token_of(carol)
    for route in posts(app):
        async with await as_whoever_may(app, route, cast, clock) as client:
            await client.get("/help")
            for token in (None, "x" * 88, others):
                data = {} if token is None else {"csrf_token": token}
                answer = await client.http.post(filled(route.path, cast), data=data)
                assert answer.status_code == 403, f"{route.line} with {token and token[:5]}"


async def form_at(client: Client, url: str) -> dict[str, Any]:
    """What the form at `url` would send, or nothing when it has none."""
    page = Page(await client.http.get(url))
    forms = page.all("//main//form") if page.is_html and page.status == 200 else []
    return form_values(forms[-1]) | dict.fromkeys(names_in(forms[-1]), "") if forms else {}


def names_in(form: Any) -> list[str]:
    return [str(name) for name in form.xpath(".//@name") if name not in {"csrf_token", "once"}]


@hypothesis_settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(st.lists(TYPED, min_size=40, max_size=40))
async def test_whatever_is_typed_the_answer_is_never_a_500(app: ASGIApp, clock: Clock, typed: list[str]) -> None:
    cast = await the_cast(clock)
    for route in posts(app):
        async with await as_whoever_may(app, route, cast, clock) as client:
            url = filled(route.path, cast)
            names = [name for name in await form_at(client, url) if name not in {"csrf_token", "once"}]
            data = dict(zip(names or ["a", "b"], typed, strict=False)) | {"csrf_token": await token_of(client)}
            answer = await client.http.post(url, data=data)
            assert answer.status_code < 500, f"{route.line} with {data}"
            assert answer.status_code != 403, f"{route.line} with {data}"


async def the_cast(clock: Clock) -> Cast:
    """The cast, gathered once for all examples, each on a later day so that no daily limit is in the way."""
    clock.pass_time(days=2)
    if not await fetch("SELECT id FROM account LIMIT 1"):
        _CAST[:] = [await gather(clock.now)]
    return _CAST[0]


_CAST: list[Cast] = []
