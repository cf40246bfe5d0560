"""A button that was pressed after the session had run out: no page is lost, and nobody ends at an error."""

from typing import cast

import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from portal.files.store import DiskStore
from tests.addresses import NOBODYS, set_scene
from tests.client import Client
from tests.conftest import Clock
from tests.mail import code_in, last_email
from tests.people import PASSWORD, Cast, sign_in
from tests.test_routes import tried
from tests.who_may import NOT_NOW, who_may
from web.access import Access, handlers_of
from web.nearest import nearest_page, shown_addresses
from web.outer import Outer
from web.settings import Settings

pytestmark = pytest.mark.anyio
NOT_HERE = NOT_NOW | {"/organisations/{member:str}/leave"}
"""Right, and yet nobody of this test works at the organisation."""
SHOWN = frozenset(
    ["/organisations", "/children/{}", "/children/{}/stop", "/request-assessment", "/request-assessment/{}"]
)


@pytest.mark.parametrize(
    ("template", "path", "expected"),
    [
        ("/children/{child:str}/stop", "/children/x1/stop", "/children/x1/stop"),
        ("/organisations/{member:str}/join", "/organisations/x1/join", "/organisations"),
        ("/children/{id:str}/files/{file:str}/end", "/children/x1/files/x2/end", "/children/x1"),
        ("/request-assessment/delete", "/request-assessment/delete", "/request-assessment"),
        ("/session/stay", "/session/stay", ""),
    ],
)
def test_the_nearest_page_is_its_own_or_stands_above(template: str, path: str, expected: str) -> None:
    assert nearest_page(template, path, SHOWN) == expected


async def test_every_press_leads_to_a_page_that_opens(app: ASGIApp, clock: Clock, settings: Settings) -> None:
    scene = await set_scene(clock, DiskStore(settings.files))
    shown = shown_addresses(handlers_of(cast(Litestar, cast(Outer, app).app)))
    browsers = {who: await sign_in(Client(app), scene.people[who], clock.now) for who in ("ben", "ann", "mo")}
    wrong, looked = [], 0
    for route in tried(app, "POST"):
        who = next((one for one in browsers if one in who_may(route.path, route.access)), "")
        if who and route.access not in {Access.PUBLIC, Access.DEMO}:
            page = nearest_page(route.path, scene.filled(route.path), shown)
            answer = await browsers[who].get(page or "/")
            is_nobodys = any(value in page for value in NOBODYS.values()) or route.path in NOT_HERE
            wrong += [f"{route.line}: {page} {answer.status}"] if answer.status in {404, 405} and not is_nobodys else []
            looked += 1
    assert looked > 100
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("path", "after"), [("/session/stay", "/children"), ("/account/sign-out-elsewhere", "/account")]
)
async def test_after_signing_in_again_it_says_to_press_once_more(
    client: Client, settings: Settings, clock: Clock, cast: Cast, path: str, after: str
) -> None:
    await sign_in(client, cast.amal, clock.now)
    page = await client.get("/account/sessions")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    clock.pass_time(minutes=25)
    page = await client.post(path, {"csrf_token": token})
    assert "press the button once more" in page.text
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert (page.status, page.url) == (200, after)
