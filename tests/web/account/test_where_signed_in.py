"""Where the account is signed in, and signing out there."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from portal.accounts.browsers import in_words
from portal.sign_in import sessions
from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in

pytestmark = pytest.mark.anyio

PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Something (Macintosh)", "A browser on a Mac"),
        ("", "A browser that we do not know"),
    ],
)
def test_a_browser_is_named_in_plain_words(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words


async def test_i_see_each_browser_and_which_is_this_one(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as phone:
        await sign_in(phone, cast.amal, clock.now)
        await fetch_one("UPDATE session SET user_agent = {} WHERE id = (SELECT max(id) FROM session)", PHONE)
        page = await client.get("/account/sessions")
    rows = page.all("//tbody/tr")
    assert len(rows) == 2
    assert "This one" in rows[0].text_content()
    assert "Chrome on Android" in rows[1].text_content()
    assert "9 March 2026 at 10:00am" in page.main
    assert "2 places" in (await client.get("/account")).main


async def test_i_can_sign_out_in_one_other_browser(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as phone, Client(app) as library:
        await sign_in(phone, cast.amal, clock.now)
        await sign_in(library, cast.amal, clock.now)
        await fetch_one("UPDATE session SET user_agent = {} WHERE id = (SELECT max(id) FROM session)", PHONE)
        page = await client.get("/account/sessions")
        button = "Sign out there: Chrome on Android, last used 9 March 2026 at 10:00am"
        page = await client.press(page, button)
        assert page.url == "/account/sessions"
        assert (await library.get("/account")).heading == "Westmere Portals"
        assert (await phone.get("/account")).heading == "Your account"
    assert (await client.get("/account")).heading == "Your account"


async def test_i_cannot_sign_out_anybody_else(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as ben, Client(app) as phone:
        await sign_in(phone, cast.amal, clock.now)
        await sign_in(ben, cast.ben, clock.now)
        row = await fetch_one("SELECT id FROM session WHERE account = {}", cast.ben.account)
        assert row is not None
        token = (await client.get("/account/sessions")).all("//input[@name='csrf_token']")[0].get("value")
        page = await client.post(f"/account/sessions/{sessions.handle(row['id'])}/end", {"csrf_token": token})
        assert page.url == "/account/sessions"
        assert (await ben.get("/account")).heading == "Your account"


async def test_i_can_sign_out_everywhere_else(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as elsewhere:
        await sign_in(elsewhere, cast.amal, clock.now)
        await client.press(await client.get("/account/sessions"), "Sign out everywhere but here")
        assert (await elsewhere.get("/account")).heading == "Westmere Portals"
    page = await client.get("/account/sessions")
    assert len(page.all("//tbody/tr")) == 1
    assert not page.all("//main//button")


@pytest.mark.parametrize("lapse", [{"minutes": 21}, {"hours": 13}])
async def test_a_browser_that_was_signed_out_by_itself_is_not_listed(
    app: ASGIApp, client: Client, clock: Clock, lapse: dict[str, int]
) -> None:
    cast = await gather(clock.now)
    async with Client(app) as phone:
        await sign_in(phone, cast.amal, clock.now)
    clock.pass_time(**lapse)
    await sign_in(client, cast.amal, clock.now)
    assert "Only here" in (await client.get("/account")).main
    assert len((await client.get("/account/sessions")).all("//tbody/tr")) == 1
