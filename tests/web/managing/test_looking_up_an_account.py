"""A manager looks up an account by its whole address: what stands there, what is written down, and a lost app."""

import json

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal import keys
from portal.access.queries import child_of
from portal.accounts import closing
from portal.invitations import commands as invitations
from portal.invitations.commands import Invitee
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import HASHER, PASSWORD, TOTP_SECRET, Cast, gather, give_access, sign_in

pytestmark = pytest.mark.anyio
LIST = "/staff/manage/accounts"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def look(client: Client, email: str) -> Page:
    return await client.press(await client.get(LIST), "Look up", email=email)


async def looked_up() -> list[tuple[str, dict[str, object]]]:
    rows = await fetch(
        "SELECT e.subject, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id"
        " WHERE e.event = 'staff:account:looked_up' ORDER BY e.id"
    )
    return [(row["subject"], json.loads(row["detail"])) for row in rows]


async def test_the_whole_address_leads_to_the_account_with_what_it_sees(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await give_access(cast.amal, cast.omar, clock.now, "carer")
    page = await look(client, " AMAL@example.com ")
    assert page.url == f"{LIST}/{cast.amal.public_id}"
    assert page.heading == "Account of Amal Khan"
    for words in ("Open. The email address was confirmed", "Codes by email", "Parental responsibility", "Carer"):
        assert words in page.main
    assert page.link("Priya Khan") == f"/staff/children/{cast.priya.public_id}"
    assert page.link("Omar Jones") == f"/staff/children/{cast.omar.public_id}"
    assert await looked_up() == [(cast.amal.public_id, {})]


@pytest.mark.parametrize("typed", ["amal@", "amal", "", "amal@example.com, ben@example.com", "%@example.com"])
async def test_a_part_of_an_address_finds_nobody(client: Client, cast: Cast, typed: str) -> None:
    page = await look(client, typed)
    assert "Amal" not in page.main
    assert page.url == LIST


async def test_an_address_without_an_account_says_so_and_what_to_check(client: Client, cast: Cast) -> None:
    page = await look(client, "amall@example.com")
    assert "There is no account at amall@example.com" in page.main
    assert "letter by letter" in page.main
    assert await looked_up() == [("", {"found": False})], "without the address"


async def test_an_invitation_to_an_address_without_an_account_is_named(
    client: Client, cast: Cast, clock: Clock
) -> None:
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    await invitations.invite(cast.dee, record, Invitee("new@example.com", "New Person", "carer"), now=clock.now)
    page = await look(client, "New@example.com")
    assert "Code sent. Waiting for them to phone" in page.main
    clock.pass_time(days=29)
    await sign_in(client, cast.mo, clock.now)
    assert "Ran out. Send a new code to start again" in (await look(client, "new@example.com")).main


async def test_a_registration_that_waits_for_its_code_is_named(app: ASGIApp, client: Client, cast: Cast) -> None:
    async with Client(app) as parent:
        page = await parent.get("/register")
        page = await parent.press(
            await parent.get("/register/details"), "Next", forename="Kim", surname="Lee", postcode="SW1A 1AA"
        )
        typed = {"email": "kim@example.com", "confirm_email": "kim@example.com"}
        typed |= {"password": PASSWORD, "confirm_password": PASSWORD}
        await parent.press(page, "Next", **{name: typed[name] for name in typed if page.all(f"//*[@name='{name}']")})
    assert "The account is not finished yet" in (await look(client, "kim@example.com")).main


async def test_a_closed_account_is_found_by_the_address_that_it_had(client: Client, cast: Cast, clock: Clock) -> None:
    await closing.close(cast.ben, PASSWORD, HASHER, now=clock.now)
    page = await look(client, "ben@example.com")
    assert "Closed by its owner, Monday 9 March 2026" in page.main
    assert "This account sees no child’s record now" in page.main


async def test_a_colleague_is_helped_among_the_people_of_the_team(client: Client, cast: Cast) -> None:
    page = await look(client, "dee@example.com")
    assert "Caseworker" in page.main
    assert page.link("Change, end or help with the sign-in of this colleague") == (
        f"/staff/manage/people/{cast.dee.public_id}"
    )
    app = await client.get(f"{LIST}/{cast.dee.public_id}/authenticator")
    assert not app.all("//main//form")


async def test_a_lost_app_is_forgotten_after_a_check(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    secret = keys.encrypt(TOTP_SECRET)
    await fetch("UPDATE account SET totp_secret = {} WHERE id = {}", secret, cast.amal.account)
    amal = await sign_in(Client(app), cast.amal, clock.now)
    page = await look(client, "amal@example.com")
    page = await client.get(page.link("They have lost the phone with their authenticator app"))
    page = await client.press(page, "Forget the app")
    assert page.problems == ["Choose how you checked who they are"]
    page = await client.press(page, "Forget the app", identity_method="colleague")
    assert "Codes by email" in page.main
    assert (await amal.get("/account")).heading != "Your account"
    (said,) = await fetch(
        "SELECT e.subject, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id"
        " WHERE e.event = 'staff:account:app_forgotten'"
    )
    assert (said["subject"], json.loads(said["detail"])) == (cast.amal.public_id, {"identity_method": "colleague"})
    assert await fetch("SELECT id FROM notice WHERE kind = 'second_factor_removed' AND email = 'amal@example.com'")


async def test_an_hour_has_room_for_thirty_addresses(client: Client, cast: Cast) -> None:
    page = await client.get(LIST)
    for number in range(30):
        assert (await client.press(page, "Look up", email=f"nobody{number}@example.com")).status == 200
    refused = await client.press(page, "Look up", email="amal@example.com")
    assert refused.status == 429
    assert "looked up many accounts" in refused.main


async def test_a_caseworker_finds_no_such_page(app: ASGIApp, cast: Cast, clock: Clock) -> None:
    async with await sign_in(Client(app), cast.dee, clock.now) as dee:
        assert (await dee.get(LIST)).status == 404
        assert (await dee.get(f"{LIST}/{cast.amal.public_id}")).status == 404
