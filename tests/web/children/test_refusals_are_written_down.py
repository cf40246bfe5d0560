"""Whoever asks for what the other adult of a child has gets nothing, and the try stands in the audit trail."""

import pytest

from db.engine import fetch
from tests.belongings import Belongings, give_belongings
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in

pytestmark = pytest.mark.anyio

TRIES = {
    "messages/{message}": "access:message:refused",
    "messages/{answer}/reply": "access:message:refused",
    "actions/{action}": "access:form:refused",
    "actions/{action}/copy": "access:form:refused",
    "files/{file}": "access:file:refused",
    "files/{form_file}": "access:file:refused",
    "documents/{document}": "access:document:refused",
}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def belongings(cast: Cast, clock: Clock) -> Belongings:
    return await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)


@pytest.mark.parametrize(("path", "event"), TRIES.items())
async def test_the_other_parents_things_are_refused_and_the_try_is_audited(
    client: Client, cast: Cast, clock: Clock, path: str, event: str
) -> None:
    has = await belongings(cast, clock)
    page = await client.get(f"/children/{cast.priya.public_id}/{path.format(**vars(has))}")
    assert page.status == 404
    (entry,) = await fetch("SELECT event, actor, child, subject FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert (entry["event"], entry["actor"], entry["child"]) == (event, cast.amal.account, cast.priya.id)
    assert entry["subject"] in vars(has).values()


async def test_ones_own_things_are_no_refusal(client: Client, cast: Cast, clock: Clock) -> None:
    has = await belongings(cast, clock)
    await sign_in(client, cast.ben, clock.now)
    for path in ("messages/{message}", "actions/{action}", "actions/{action}/copy"):
        url = f"/children/{cast.priya.public_id}/{path.format(**vars(has))}"
        assert (await client.http.get(url)).status_code in {200, 303}
    assert await fetch("SELECT id FROM audit_entry WHERE event LIKE 'access:%'") == []
