"""Every route stands in one locked table under its access rule, and every role tries every route.

`tests/routes.txt` is the table: a new route must be added there by hand, so that somebody looks at it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from web.access import Access, handlers_of
from web.outer import Outer

pytestmark = pytest.mark.anyio

TABLE = Path(__file__).with_name("routes.txt")
ROLES = "nobody half parent other_parent former_parent caseworker other_team manager".split()
FAMILY_ROLES = {"parent", "other_parent", "former_parent"}
STAFF_ROLES = {"caseworker", "other_team", "manager"}
MAY_ENTER = {
    Access.PUBLIC: set(ROLES),
    Access.DEMO: set(ROLES),
    Access.HALF: {"half"},
    Access.FAMILY: FAMILY_ROLES,
    Access.STAFF: STAFF_ROLES,
    Access.MANAGER: {"manager"},
    Access.SIGNED_IN: FAMILY_ROLES | STAFF_ROLES,
}
MAY_SEE_PRIYA = {"parent", "caseworker", "manager"}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    access: Access

    @property
    def line(self) -> str:
        return f"{self.method:<5} {self.path:<70} {self.access.name}"


def routes_of(app: ASGIApp) -> list[Route]:
    inner = cast(Litestar, cast(Outer, app).app)
    found = [
        Route(method, path, handler.opt["access"])
        for handler in handlers_of(inner)
        for path in handler.paths
        for method in handler.http_methods
    ]
    return sorted(set(found), key=lambda route: (route.path, route.method))


async def test_every_route_is_in_the_table(app: ASGIApp) -> None:
    assert [route.line for route in routes_of(app)] == TABLE.read_text().splitlines()


@asynccontextmanager
async def as_role(app: ASGIApp, role: str, cast: Cast, clock: Clock) -> AsyncIterator[Client]:
    who = {
        "half": cast.amal,
        "parent": cast.amal,
        "other_parent": cast.carol,
        "former_parent": cast.ben,
        "caseworker": cast.dee,
        "other_team": cast.ed,
        "manager": cast.mo,
    }
    async with Client(app) as client:
        client.http.follow_redirects = False
        if role in who:
            await sign_in(client, who[role], clock.now, "half" if role == "half" else "full")
        yield client


async def end_access_of_ben(cast: Cast, clock: Clock) -> None:
    await fetch(
        "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, cast.ben.account
    )


def filled(path: str, cast: Cast) -> str:
    """The address with Priya for the child and something that is nobody's for the rest."""
    return "/".join(_filled(part, cast) for part in path.split("/"))


def _filled(part: str, cast: Cast) -> str:
    if part == "{child:str}":
        return cast.priya.public_id
    if part.startswith("{"):
        return "987654" if part.endswith(":int}") else "x" * 16
    return part


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_gets_into_what_the_table_says_and_nothing_else(app: ASGIApp, clock: Clock, role: str) -> None:
    cast = await gather(clock.now)
    await end_access_of_ben(cast, clock)
    for route in routes_of(app):
        if route.path.startswith(("/static", "/sign-out", "/session")):
            continue
        async with as_role(app, role, cast, clock) as client:
            status, location = await attempt(client, route, cast)
        problem = wrong(route, role, status, location)
        assert not problem, f"{role}: {route.line.strip()}: {problem} ({status} {location})"


async def attempt(client: Client, route: Route, cast: Cast) -> tuple[int, str]:
    url = filled(route.path, cast)
    if route.method == "GET":
        answer = await client.http.get(url)
    else:
        page = await client.get("/help")
        token = page.all("//input[@name='csrf_token']")
        if not token:
            page = await client.get("/")
            token = page.all("//input[@name='csrf_token']") if page.is_html else []
        data = {"csrf_token": token[0].get("value")} if token else {}
        answer = await client.http.post(url, data=data)
    return answer.status_code, answer.headers.get("location", "")


def wrong(route: Route, role: str, status: int, location: str) -> str:
    """What is wrong with an answer, or an empty string."""
    if status >= 500:
        return "a 500"
    enters = role in MAY_ENTER[route.access]
    if not enters and role == "nobody":
        to_sign_in = status == 303 and location.split("?", maxsplit=1)[0] in {"/", "/staff/sign-in"}
        return "" if to_sign_in or status in {403, 404} else "let nobody in"
    if not enters:
        return "" if status in {303, 403, 404} else "let in somebody who may not"
    if "{child:str}" in route.path and role not in MAY_SEE_PRIYA:
        return "" if status == 404 else "showed a child to somebody who may not see her"
    return ""
