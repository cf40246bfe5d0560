"""A family sees who opened their child's record; what another adult of the family does stays their own."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.tables import Account
from portal import audit
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def rows(client: Client, cast: Cast) -> list[str]:
    page = await client.get(f"/children/{cast.priya.public_id}/opened")
    return [" ".join(row.text_content().split()) for row in page.all("//tbody/tr")]


async def test_a_caseworker_who_looks_is_named_once_an_hour(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    assert await rows(client, cast) == []
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        for path in ("", "/timeline", "/messages"):
            assert (await staff.get(f"/staff/children/{cast.priya.public_id}{path}")).status == 200
    assert len(await rows(client, cast)) == 1
    assert "Dee Shaw, SEND team (North)Opened the record" in (await rows(client, cast))[0].replace(") ", ")")
    clock.now += timedelta(minutes=61)
    await sign_in(client, cast.amal, clock.now)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        await staff.get(f"/staff/children/{cast.priya.public_id}")
    assert len(await rows(client, cast)) == 2


async def test_a_caseworker_who_was_refused_has_not_opened_it(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    async with Client(app) as staff:
        await sign_in(staff, cast.ed, clock.now)
        assert (await staff.get(f"/staff/children/{cast.priya.public_id}")).status == 404
    assert await rows(client, cast) == []


async def test_professionals_are_named_and_the_other_parent_is_not(client: Client, cast: Cast, clock: Clock) -> None:
    ann = await person("Ann Lee", clock.now)
    await Account.update({Account.is_professional: True, Account.organisation: "Oak School"}).where(
        Account.id == ann.account
    )
    await give_access(ann, cast.priya, clock.now, "professional")
    for who in (cast.amal, cast.ben, ann):
        await audit.record("family:document:opened", now=clock.now, actor=who, child=cast.priya.id)
    found = await rows(client, cast)
    assert len(found) == 2
    assert "Ann Lee, Oak School" in found[0]
    assert "You" in found[1]


async def test_a_professional_who_looks_is_noted_once_and_a_parent_never(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await person("Ann Lee", clock.now)
    await Account.update({Account.is_professional: True, Account.organisation: "Oak School"}).where(
        Account.id == ann.account
    )
    await give_access(ann, cast.priya, clock.now, "professional")
    for who in (ann, cast.ben):
        async with Client(app) as browser:
            await sign_in(browser, who, clock.now)
            for path in ("", "/messages"):
                assert (await browser.get(f"/children/{cast.priya.public_id}{path}")).status == 200
    (row,) = await rows(client, cast)
    assert "Ann Lee, Oak School Opened the record" in row


async def test_there_are_pages(client: Client, cast: Cast, clock: Clock) -> None:
    for _ in range(30):
        await audit.record("staff:form:read", now=clock.now, actor=cast.dee, child=cast.priya.id)
    page = await client.get(f"/children/{cast.priya.public_id}/opened")
    assert len(page.all("//tbody/tr")) == 25
    page = await client.get(page.link("Older →"))
    assert len(page.all("//tbody/tr")) == 5
    assert (await client.get(f"/children/{cast.priya.public_id}/opened?before=x")).status == 200
