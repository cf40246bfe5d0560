"""A family sees who opened their child's record; what another adult of the family does stays their own."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Account
from portal import audit
from portal.actor import Actor
from portal.everything.asking import Me
from portal.organisations.commands import add
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in
from tests.portal.access.asking import everything_about

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


async def professional(cast: Cast, clock: Clock, typed: str = "Oak School") -> Actor:
    ann = await person("Ann Lee", clock.now)
    await Account.update({Account.is_professional: True, Account.organisation: typed}).where(Account.id == ann.account)
    await give_access(ann, cast.priya, clock.now, "professional")
    return ann


async def look(app: ASGIApp, who: Actor, cast: Cast, clock: Clock) -> None:
    async with Client(app) as browser:
        await sign_in(browser, who, clock.now)
        for path in ("", "/messages"):
            assert (await browser.get(f"/children/{cast.priya.public_id}{path}")).status == 200


async def test_professionals_are_named_and_the_other_parent_is_not(client: Client, cast: Cast, clock: Clock) -> None:
    ann = await professional(cast, clock)
    for who in (cast.amal, cast.ben, ann):
        await audit.record("family:document:opened", now=clock.now, actor=who, child=cast.priya.id)
    found = await rows(client, cast)
    assert len(found) == 2
    assert "Ann Lee" in found[0]
    assert "You" in found[1]


async def test_a_professional_who_looks_is_noted_once_and_a_parent_never(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    for who in (await professional(cast, clock), cast.ben):
        await look(app, who, cast, clock)
    (row,) = await rows(client, cast)
    assert "Ann Lee, a professional who says they work at Oak School Opened the record" in row


async def test_what_a_parent_says_of_their_work_does_not_name_them_to_the_other(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    typed = "UPDATE account SET is_professional = true, organisation = 'Malvern Refuge' WHERE id = {}"
    await fetch(typed, cast.ben.account)
    await look(app, cast.ben, cast, clock)
    await audit.record("family:message:sent", now=clock.now, actor=cast.ben, child=cast.priya.id)
    assert await rows(client, cast) == []


async def test_a_professional_is_noted_although_their_account_does_not_say_so(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock)
    await Account.update({Account.is_professional: False, Account.organisation: ""}).where(Account.id == ann.account)
    await look(app, ann, cast, clock)
    (row,) = await rows(client, cast)
    assert "Ann Lee, a professional Opened the record" in row


async def test_the_workplace_is_the_one_that_the_team_knows(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock, typed="Somewhere else")
    await add(cast.mo, "Oak School", "school", now=clock.now)
    await fetch("UPDATE relationship SET organisation = (SELECT id FROM organisation) WHERE account = {}", ann.account)
    await look(app, ann, cast, clock)
    (row,) = await rows(client, cast)
    assert "Ann Lee, Oak School Opened the record" in row


async def test_who_stopped_working_with_the_child_stays_named_for_what_they_did_then(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock)
    await look(app, ann, cast, clock)
    await fetch("UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, ann.account)
    clock.now += timedelta(minutes=1)
    await sign_in(client, cast.amal, clock.now)
    (row,) = await rows(client, cast)
    assert "Ann Lee, a professional" in row


async def test_a_page_that_refreshes_itself_is_no_look(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    ann = await professional(cast, clock)
    async with Client(app) as browser:
        await sign_in(browser, ann, clock.now)
        assert (await browser.get(f"/children/{cast.priya.public_id}/panels/messages")).status == 200
    assert await rows(client, cast) == []


async def test_there_are_pages(client: Client, cast: Cast, clock: Clock) -> None:
    for _ in range(30):
        await audit.record("staff:note:written", now=clock.now, actor=cast.dee, child=cast.priya.id)
    page = await client.get(f"/children/{cast.priya.public_id}/opened")
    assert len(page.all("//tbody/tr")) == 25
    page = await client.get(page.link("Older →"))
    assert len(page.all("//tbody/tr")) == 5
    assert (await client.get(f"/children/{cast.priya.public_id}/opened?before=x")).status == 200


async def guard(who: Actor) -> None:
    await fetch("UPDATE relationship SET whereabouts_secret = true WHERE account = {}", who.account)


async def who_looked(client: Client, cast: Cast, reader: Actor, clock: Clock) -> str:
    await sign_in(client, reader, clock.now)
    (row,) = await rows(client, cast)
    return row


async def test_where_a_guarded_adult_might_be_found_is_not_told_by_who_looked(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock, "Refuge Lane School")
    await guard(cast.ben)
    await look(app, ann, cast, clock)
    told = await who_looked(client, cast, cast.amal, clock)
    assert "A professional Opened the record" in told
    assert "Ann Lee" not in told
    assert "Refuge Lane" not in told
    assert "Ann Lee" in await who_looked(client, cast, cast.ben, clock), "of oneself nothing is given away"


async def test_nor_once_the_guarded_adult_has_no_access_any_more(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock, "Refuge Lane School")
    await guard(cast.ben)
    await fetch(
        "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, cast.ben.account
    )
    await look(app, ann, cast, clock)
    assert "Refuge Lane" not in await who_looked(client, cast, cast.amal, clock)


async def test_the_copy_of_everything_about_oneself_says_no_more(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    ann = await professional(cast, clock, "Refuge Lane School")
    await guard(cast.ben)
    await look(app, ann, cast, clock)
    told = await everything_about(Me(cast.amal, clock.now))
    assert any("A professional" in page for page in told)
    assert not any("Refuge Lane" in page for page in told)
