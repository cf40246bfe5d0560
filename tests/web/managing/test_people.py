"""A manager adds a colleague, changes one, ends a sign-in and helps with a lost phone."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Account, Child, Notice, Session
from portal.tasks.opening import open_and_close
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, person, sign_in

pytestmark = pytest.mark.anyio
LIST = "/staff/manage/people"
NEW = {"forename": "Nia", "surname": "Rees", "email": "Nia.Rees@example.com", "role": "caseworker"}


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.mo, clock.now)
    return cast


async def account(email: str) -> Account:
    found = await Account.objects().where(Account.email_key == email).first()
    assert found is not None
    return found


async def test_a_new_colleague_is_mailed_how_to_sign_in(client: Client, cast: Cast) -> None:
    page = await client.get(f"{LIST}/new")
    page = await client.press(page, "Add", **NEW, team=str(cast.south.id))
    assert "Nia Rees is in the team now" in page.text
    made = await account("nia.rees@example.com")
    assert (made.role, made.team) == ("caseworker", cast.south.id)
    notice = await Notice.objects().where(Notice.kind == "staff_welcome").first()
    assert notice is not None
    assert notice.email == "Nia.Rees@example.com"


async def test_pressing_twice_adds_one_colleague(client: Client, cast: Cast) -> None:
    page = await client.get(f"{LIST}/new")
    for _ in range(2):
        done = await client.press(page, "Add", **NEW, team=str(cast.south.id))
        assert "Nia Rees is in the team now" in done.text
    assert await Account.count().where(Account.email_key == "nia.rees@example.com") == 1


async def test_what_is_missing_or_taken_is_said_beside_the_field(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get(f"{LIST}/new"), "Add")
    assert page.status == 422
    assert page.problems == [
        "Enter their forename",
        "Enter their surname",
        "Enter their work email address",
        "Choose what they may do",
        "Choose their team",
    ]
    taken = {**NEW, "email": "dee@example.com"}
    page = await client.press(page, "Add", **taken, team=str(cast.north.id))
    assert page.problems == ["This address has an account already. Use another one"]


async def test_a_manager_cannot_make_or_change_an_administrator(client: Client, cast: Cast, clock: Clock) -> None:
    ada = await person("Ada Lord", clock.now, "administrator", cast.north)
    page = await client.get(f"{LIST}/new")
    assert "Administrator" not in [one.text_content().strip() for one in page.all("//label")]
    page = await client.get(f"{LIST}/{ada.public_id}")
    assert "Only an administrator can change this person" in page.main
    disabling = await client.get(f"{LIST}/{ada.public_id}/disable")
    refused = await client.press(disabling, "End their sign-in", reason="Left")
    assert refused.problems == ["Only an administrator can disable this person"]


async def test_who_still_has_cases_is_signed_out_at_once(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    dee = await sign_in(Client(app), cast.dee, clock.now)
    page = await client.get(f"{LIST}/{cast.dee.public_id}/disable")
    assert "1 child is still theirs" in page.main
    page = await client.press(page, "End their sign-in", reason="A stolen telephone")
    assert page.heading == "Move a caseload"
    assert "Now move their caseload" in page.text
    assert page.one("//option[@selected]").get("value") == cast.dee.public_id
    assert "sign in" in (await dee.get("/staff")).title
    await open_and_close(now=clock.now)
    assert "A case has no caseworker" in (await client.get(f"/staff/children/{cast.priya.public_id}")).main
    page = await client.get((await client.get(f"{LIST}/{cast.dee.public_id}")).link("Move the caseload now"))
    assert page.heading == "Move a caseload"


async def test_a_sign_in_that_ended_can_be_given_back(client: Client, cast: Cast, clock: Clock) -> None:
    fay = await person("Fay Holt", clock.now, "caseworker", cast.north)
    page = await client.get(f"{LIST}/{fay.public_id}/disable")
    page = await client.press(page, "End their sign-in", reason="Left in May")
    assert "Fay Holt can no longer sign in" in page.text
    assert (await account("fay@example.com")).disabled_reason == "Left in May"
    page = await client.get(f"{LIST}/{fay.public_id}")
    page = await client.press(page, "Let them sign in again")
    assert (await account("fay@example.com")).disabled_at is None


async def test_nobody_changes_their_own_role_or_ends_themself(client: Client, cast: Cast) -> None:
    page = await client.get(f"{LIST}/{cast.mo.public_id}")
    page = await client.press(page, "Save", role="caseworker")
    assert page.problems == ["You cannot change your own role. Ask another manager"]
    page = await client.get(f"{LIST}/{cast.mo.public_id}/disable")
    page = await client.press(page, "End their sign-in", reason="Tired")
    assert page.problems == ["You cannot disable your own account. Ask another manager"]


async def test_a_new_role_signs_the_person_out(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(Client(app), cast.dee, clock.now)
    page = await client.get(f"{LIST}/{cast.dee.public_id}")
    page = await client.press(page, "Save", role="manager", surname="Shaw-Bell")
    assert "Dee Shaw-Bell has been changed" in page.text
    assert (await account("dee@example.com")).role == "manager"
    assert not await Session.exists().where(Session.account == cast.dee.account)


async def test_a_lost_app_is_forgotten_and_the_person_is_mailed(client: Client, cast: Cast) -> None:
    page = await client.get(
        (await client.get(f"{LIST}/{cast.dee.public_id}")).link("They have lost the phone with their authenticator app")
    )
    asked = await client.press(page, "Forget the app", identity_method="other")
    assert asked.problems == ["Write how you checked who they are"]
    page = await client.press(asked, "Forget the app", how="At the door of the office, with a staff card")
    assert "Dee Shaw sets up an authenticator app when they next sign in" in page.text
    assert (await account("dee@example.com")).totp_secret == ""
    assert await Notice.exists().where(Notice.kind == "authenticator_reset")


async def test_the_list_is_there_as_a_file(client: Client, cast: Cast) -> None:
    page = await client.get(LIST)
    assert "Dee Shaw" in page.main
    file = await client.http.get(f"{LIST}.csv")
    assert "Dee Shaw,dee@example.com,Caseworker,North,1,yes," in file.text


async def test_a_name_is_checked_when_it_is_changed_too(client: Client, cast: Cast) -> None:
    page = await client.press(await client.get(f"{LIST}/{cast.dee.public_id}"), "Save", surname="Shaw 9<")
    assert page.status == 422
    assert page.problems
    assert (await account("dee@example.com")).surname == "Shaw"


async def test_a_second_press_of_forgetting_an_app_or_ending_a_sign_in_does_nothing(client: Client, cast: Cast) -> None:
    for address, button, typed in (
        ("authenticator", "Forget the app", {"identity_method": "other", "how": "Seen at the door of the office"}),
        ("disable", "End their sign-in", {"reason": "Left"}),
    ):
        page = await client.get(f"{LIST}/{cast.dee.public_id}/{address}")
        for _ in range(2):
            assert "Dee Shaw" in (await client.press(page, button, **typed)).text
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry WHERE event LIKE 'staff:account:%'")]
    assert sorted(events) == ["staff:account:authenticator_reset", "staff:account:disabled"]


async def team_of(child: Child) -> int:
    (row,) = await fetch("SELECT team FROM child WHERE id = {}", child.id)
    return int(row["team"])


async def second_look(client: Client, cast: Cast) -> Page:
    page = await client.get(f"{LIST}/{cast.dee.public_id}")
    page = await client.press(page, "Save", team=str(cast.south.id))
    assert page.heading == "Look before Dee Shaw changes team"
    assert "1 child is with Dee Shaw" in page.main
    assert (await account("dee@example.com")).team == cast.north.id
    return page


async def test_the_children_of_a_colleague_who_changes_team_come_along(client: Client, cast: Cast) -> None:
    page = await second_look(client, cast)
    assert (await client.press(page, "Continue")).problems == ["Choose what happens to their cases"]
    page = await client.press(page, "Continue", cases="along")
    assert "Dee Shaw has been changed" in page.text
    assert (await account("dee@example.com")).team == await team_of(cast.priya) == cast.south.id
    assert len(await fetch("SELECT 1 FROM audit_entry WHERE event = 'staff:child:assigned'")) == 1


async def test_or_others_get_them_first_and_nothing_is_changed_yet(client: Client, cast: Cast) -> None:
    page = await client.press(await second_look(client, cast), "Continue", cases="first")
    assert page.heading == "Move a caseload"
    assert page.one("//select[@name='giver']/option[@selected]").get("value") == cast.dee.public_id
    assert (await account("dee@example.com")).team == await team_of(cast.priya) == cast.north.id


async def test_cases_that_came_since_the_second_look_are_looked_at_again(client: Client, cast: Cast) -> None:
    page = await second_look(client, cast)
    await fetch("UPDATE child SET caseworker = {} WHERE id = {}", cast.dee.account, cast.omar.id)
    page = await client.press(page, "Continue", cases="along")
    assert page.problems == ["Their cases are not the same as when you looked. Look at the number, then choose again"]
    assert "2 children are with Dee Shaw" in page.main
    assert (await account("dee@example.com")).team == await team_of(cast.priya) == cast.north.id
    await client.press(page, "Continue", cases="along")
    assert await team_of(cast.omar) == cast.south.id


async def test_without_cases_nobody_is_asked(client: Client, cast: Cast) -> None:
    await fetch("UPDATE child SET caseworker = NULL")
    page = await client.press(await client.get(f"{LIST}/{cast.dee.public_id}"), "Save", team=str(cast.south.id))
    assert "Dee Shaw has been changed" in page.text
