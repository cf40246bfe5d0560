"""Everything about oneself comes as a zip: what one may see now, and nothing of anybody else."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Notice
from portal.access.queries import child_of
from portal.cases.commands import record_decision
from portal.cases.corrections import strike_out
from portal.cases.rules import Decision
from portal.everything.words import INVITATION
from portal.files.scanning import OPENABLE
from portal.files.store import FileStore
from portal.invitations.rules import State
from tests.client import Client
from tests.conftest import Clock
from tests.people import PASSWORD, Cast, gather, sign_in
from tests.web.everything.taking import everything_in, table, taken

pytestmark = pytest.mark.anyio
PAGE = "/account/everything"


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


async def write(client: Client, cast: Cast, message: str) -> None:
    page = await client.get(f"/children/{cast.priya.public_id}/messages/new")
    await client.press(page, "Send", message_type="Annual Review", subject="=School", message=message)


async def test_it_holds_ones_own_details_children_and_messages(client: Client, cast: Cast) -> None:
    await write(client, cast, "Please call me")
    found = await taken(client)
    assert "Amal" in found.read("Read me first.html").decode()
    (details,) = table(found, "your-details")
    assert details["Email"] == "amal@example.com"
    (message,) = table(found, "messages")
    assert (message["Message"], message["Subject"], message["From"]) == ("Please call me", "'=School", "You")
    (child,) = table(found, "children")
    assert (child["Child"], child["Caseworker"], child["Team"]) == ("Priya Khan", "Dee Shaw", "North")
    assert await Notice.exists().where(Notice.kind == "everything_taken")


async def test_the_other_parents_messages_and_what_was_withdrawn_are_not_there(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    async with Client(app) as ben:
        await sign_in(ben, cast.ben, clock.now)
        await write(ben, cast, "Ben says this alone")
    await write(client, cast, "Amal says this")
    found = await taken(client)
    text = everything_in(found)
    assert "Ben says this alone" not in text
    assert "ben@example.com" not in text
    await fetch(
        "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, cast.amal.account
    )
    found = await taken(client)
    text = everything_in(found)
    assert "Amal says this" not in text
    assert "Priya" not in text


async def test_files_come_along_under_safe_names(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    content = b"bytes of a letter"
    stored = await client_files(app).keep(content)
    await fetch(
        """WITH f AS (INSERT INTO stored_file (public_id, child, uploaded_by, name, media_type, size, sha256,
            stored_as, scan_state, scan_detail, created_at) SELECT 'f', {}, {}, 'letter.pdf', 'application/pdf', 17, '',
            {}, state, '', {} FROM unnest(ARRAY['clean']) state RETURNING id)
        , d AS (INSERT INTO document (public_id, child, file, description, document_date, uploaded_by, uploaded_at,
            published_at, recall_reason)
            SELECT 'd', {}, id, 'A letter', '2026-01-05', {}, {}, {}, '' FROM f RETURNING id)
        INSERT INTO document_recipient (document, account, served_at) SELECT id, {}, {} FROM d""",
        cast.priya.id,
        cast.dee.account,
        stored,
        clock.now,
        cast.priya.id,
        cast.dee.account,
        clock.now,
        clock.now,
        cast.amal.account,
        clock.now,
    )
    for state in OPENABLE:
        await fetch("UPDATE stored_file SET scan_state = {}", state)
        found = await taken(client)
        assert found.read("files/001 letter.pdf") == content
    await fetch("UPDATE stored_file SET scan_state = 'infected'")
    found = await taken(client)
    assert not [name for name in found.namelist() if name.startswith("files/")]


async def test_a_decision_that_was_struck_out_is_not_there(client: Client, cast: Cast, clock: Clock) -> None:
    priya = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    decision = Decision("decided_to_assess", clock.now.date())
    await record_decision(cast.dee, priya, decision, today=clock.now.date(), now=clock.now)
    found = await taken(client)
    (decided,) = table(found, "decisions")
    assert decided["Decision"] == "We will carry out an EHC needs assessment"
    (entry,) = await fetch("SELECT public_id FROM case_decision")
    await strike_out(cast.dee, priya, entry["public_id"], "A mistake", now=clock.now)
    found = await taken(client)
    assert "tables/decisions.csv" not in found.namelist()


def client_files(app: ASGIApp) -> FileStore:
    return app.app.state.files  # type: ignore[attr-defined, no-any-return]


async def test_a_wrong_password_gives_nothing_and_five_a_day_are_enough(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get(PAGE), "Get my file", current_password="wrong")
    assert page.problems == ["Enter the password that you use now"]
    for _ in range(5):
        await taken(client)
    page = await client.press(await client.get(PAGE), "Get my file", current_password=PASSWORD)
    assert page.status == 429


async def test_staff_have_one_too(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.dee, clock.now)
    found = await taken(client)
    (details,) = table(found, "your-details")
    assert details["Email"] == "dee@example.com"


async def test_what_you_did_does_not_say_that_somebody_elses_child_exists(client: Client, cast: Cast) -> None:
    for child in (cast.omar.public_id, "x" * 16):
        assert (await client.get(f"/children/{child}")).status == 404
    asked = [one for one in table(await taken(client), "what-you-did") if "without access" in one["What"]]
    assert [one["Case"] for one in asked] == ["", ""]


async def test_what_you_did_names_the_cases_that_you_may_read(client: Client, cast: Cast, clock: Clock) -> None:
    await write(client, cast, "Please call me")
    sent = [one for one in table(await taken(client), "what-you-did") if one["What"] == "Sent a message"]
    assert [one["Case"] for one in sent] == ["PRI42"]
    await fetch(
        "UPDATE relationship SET state = 'ended', ended_at = {} WHERE account = {}", clock.now, cast.amal.account
    )
    assert "PRI42" not in everything_in(await taken(client))


async def test_an_invitation_that_nobody_was_told_of_is_not_there(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_expires_at,"
        " identity_method, link_hash, created_at)"
        " VALUES ('b', {}, 'amal@example.com', 'amal@example.com', 'Amal K', 'carer', 'kept', {}, '', '', {})",
        cast.omar.id, clock.now, clock.now,
    )  # fmt: skip
    assert table(await taken(client), "invitations") == []


def test_every_state_of_an_invitation_that_is_told_has_words() -> None:
    assert INVITATION.keys() == set(State) - {State.KEPT}
