"""A file holds the whole list, also where its page shows only the first lines."""

from datetime import date, timedelta

import pytest

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, person, sign_in
from tests.web.inbox.test_what_still_waits import wrote

pytestmark = pytest.mark.anyio


@pytest.fixture
async def dee(client: Client, cast: Cast, clock: Clock) -> Client:
    await sign_in(client, cast.dee, clock.now)
    return client


async def test_today_holds_what_its_page_does_not_show(dee: Client, cast: Cast, clock: Clock) -> None:
    for hours in range(12):
        await wrote(cast.priya, cast.amal, clock.now - timedelta(hours=hours), f"L{hours}.")
    assert (await dee.http.get("/staff/today.csv")).text.count("Messages to answer") == 12


async def test_every_conversation_is_in_the_file_and_the_page_says_that_it_is_cut(
    dee: Client, cast: Cast, clock: Clock
) -> None:
    await wrote(cast.priya, cast.amal, clock.now, "First.")
    url = f"/staff/children/{cast.priya.public_id}/messages"
    assert "All of them are in the file" not in (await dee.get(url)).main
    await fetch(
        "INSERT INTO conversation (public_id, child, account, message_type, subject, started_at, last_message_at)"
        " SELECT 'c' || n, child, account, message_type, 'More', started_at, last_message_at FROM conversation,"
        " generate_series(1, 200) n"
    )
    await fetch(
        "INSERT INTO message (public_id, conversation, sender, from_staff, body, sent_at)"
        " SELECT 'm' || id, id, account, false, 'More', started_at FROM conversation WHERE subject = 'More'"
    )
    assert "These are the newest 200 conversations. All of them are in the file." in (await dee.get(url)).main
    assert len((await dee.http.get(f"{url}.csv")).text.strip().splitlines()) == 202


async def test_everybody_who_had_access_is_in_the_file(dee: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO relationship (public_id, account, child, basis, state, accepted_at, activated_at, ended_at,"
        " end_reason) SELECT 'r' || n, {}, {}, 'carer', 'ended', {}, {}, {}, 'Moved' FROM generate_series(1, 60) n",
        cast.carol.account, cast.priya.id, *[clock.now] * 3,
    )  # fmt: skip
    text = (await dee.http.get(f"/staff/children/{cast.priya.public_id}/people.csv")).text
    assert text.count("Had access") == 60


async def test_everybody_who_is_away_is_in_the_file(dee: Client, cast: Cast, clock: Clock) -> None:
    gus = await person("Gus Ford", clock.now, "caseworker", cast.north)
    await fetch(
        "INSERT INTO absence (public_id, account, cover, from_day, to_day, recorded_at)"
        " SELECT 'a' || n, {}, {}, {}::date + n * 2, {}::date + n * 2, {} FROM generate_series(1, 510) n",
        gus.account, cast.dee.account, date(2026, 3, 10), date(2026, 3, 10), clock.now,
    )  # fmt: skip
    assert (await dee.http.get("/staff/away.csv")).text.count("Gus Ford") == 510
