"""Every route stands in one locked table under its access rule, and everybody tries every address.

`tests/routes.txt` is the table: a new route must be added there by hand, so that somebody looks at it.
`tests/who_may.py` says who finds something there, `tests/addresses.py` fills the addresses.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from db.engine import fetch
from portal.files.store import DiskStore
from tests.addresses import Scene, set_scene
from tests.client import Client
from tests.conftest import Clock
from tests.people import sign_in
from tests.who_may import EVERYBODY, OUTSIDE, is_about_priya, who_may
from web.access import Access, handlers_of
from web.outer import Outer
from web.settings import Settings

pytestmark = pytest.mark.anyio

TABLE = Path(__file__).with_name("routes.txt")


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


def tried(app: ASGIApp, method: str) -> list[Route]:
    """What is tried: not files of the design, nor what ends the session that tries."""
    left_out = ("/static", "/sign-out", "/session")
    return [route for route in routes_of(app) if route.method == method and not route.path.startswith(left_out)]


async def browser_of(client: Client, who: str, scene: Scene, clock: Clock) -> str:
    """Sign them in, and give the token for forms."""
    client.http.follow_redirects = False
    if who in scene.people:
        await sign_in(client, scene.people[who], clock.now, "half" if who == "half" else "full")
    for url in ("/help", "/"):
        found = (await client.get(url)).all("//input[@name='csrf_token']")
        if found:
            break
    if who == "disabled":
        await fetch("UPDATE account SET disabled_at = {} WHERE id = {}", clock.now, scene.people[who].account)
    return str(found[0].get("value")) if found else ""


@pytest.mark.parametrize("who", EVERYBODY)
async def test_everybody_finds_what_the_table_says_and_nothing_else(
    app: ASGIApp, clock: Clock, settings: Settings, who: str
) -> None:
    scene = await set_scene(clock, DiskStore(settings.files))
    async with Client(app) as client:
        await browser_of(client, who, scene, clock)
        problems = []
        for route in tried(app, "GET"):
            answer = await client.http.get(scene.filled(route.path))
            problems += wrong(route, who, answer.status_code, answer.headers.get("location", ""))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_nobody_changes_what_is_not_theirs(app: ASGIApp, clock: Clock, settings: Settings, who: str) -> None:
    scene = await set_scene(clock, DiskStore(settings.files))
    async with Client(app) as client:
        token, problems = await browser_of(client, who, scene, clock), []
        for route in tried(app, "POST"):
            if who not in who_may(route.path, route.access):
                answer = await client.http.post(scene.filled(route.path), data={"csrf_token": token})
                problems += wrong(route, who, answer.status_code, answer.headers.get("location", ""))
    assert not problems, "\n".join(problems)


def wrong(route: Route, who: str, status: int, location: str) -> list[str]:
    """What is wrong with an answer; nothing when it is as the tables say."""
    problem = _problem(route, who, status, location)
    return [f"{who}: {route.line}: {problem} ({status} {location})"] if problem else []


def _problem(route: Route, who: str, status: int, location: str) -> str:
    if status >= 500:
        return "broken"
    if who in who_may(route.path, route.access):
        return "does not find what is theirs" if status == 404 and is_about_priya(route.path) else ""
    if who in OUTSIDE or route.access is Access.HALF:
        is_sent_away = status == 303 and location.split("?", maxsplit=1)[0] in AWAY
        return "" if is_sent_away or status in {403, 404} else "lets in somebody from outside"
    return "" if status == 404 else "lets in somebody who may not"


AWAY = {"/", "/staff/sign-in", "/sign-in/code", "/staff/sign-in/code", "/children", "/staff"}
"""Where somebody is sent who is not signed in, or who is already."""
