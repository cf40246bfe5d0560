"""While PostgreSQL is away people get a kind page, and the portal works again by itself."""

import asyncpg
import pytest

from db.engine import DB, DatabaseAway
from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in

pytestmark = pytest.mark.anyio


async def test_a_person_sees_a_503_page_and_stays_signed_in(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    send = DB._run_in_pool

    async def away(*_: object) -> None:
        raise DatabaseAway("connection refused")

    monkeypatch.setattr(DB, "_run_in_pool", away)
    for url in ("/children", "/healthz", f"/children/{cast.priya.public_id}/messages"):
        page = await client.get(url)
        assert (page.status, page.heading) == (503, "The portal is very busy")
        assert page.response.headers["retry-after"] == "30"
    monkeypatch.setattr(DB, "_run_in_pool", send)
    assert (await client.get("/children")).heading == "Your children"


async def test_connections_that_were_cut_are_replaced(client: Client, clock: Clock, db: asyncpg.Connection) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    await db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    statuses = [(await client.get("/children")).status for _ in range(25)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200
