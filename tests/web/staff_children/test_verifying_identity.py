"""Somebody on the phone reads a code out: it matches or not, five times at most."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast
from tests.web.invitations.steps import ANNA, add_child, browser_of, code_for, emails_to, verify
from web.settings import Settings

pytestmark = pytest.mark.anyio

WRONG = "2222-3333"


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


@pytest.fixture
async def record(staff: Client) -> str:
    """The address of the record of Noor, whose mother has just been sent her code."""
    return (await add_child(staff)).url


async def test_a_code_is_taken_as_it_is_heard(staff: Client, record: str, settings: Settings, clock: Clock) -> None:
    code = (await code_for(ANNA, settings, clock)).lower().replace("-", " ")
    page = await verify(staff, record, f" {code} ")
    assert page.status == 200
    assert "Identity checked and invitation sent" in page.main
    assert "only somebody in the child’s record could answer" in page.main


async def test_both_answers_are_needed(staff: Client, record: str) -> None:
    page = await staff.press(await staff.get(record), "Verify identity")
    assert page.status == 422
    assert page.problems == ["Enter the unique code that they read out", "Choose how you checked their identity"]
    assert await fetch("SELECT code_tries FROM invitation WHERE code_tries > 0") == []


async def test_after_five_wrong_codes_a_new_one_must_be_sent(
    staff: Client, record: str, settings: Settings, clock: Clock
) -> None:
    code = await code_for(ANNA, settings, clock)
    for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is"):
        page = await verify(staff, record, WRONG)
        assert page.status == 422
        assert page.problems == [f"That code does not match. Ask them to read it again. {left} left"]
    page = await verify(staff, record, WRONG)
    assert page.problems == ["That code does not match. 5 wrong codes were typed, so send a new code"]
    assert "5 wrong codes. Send a new code" in page.main
    assert not page.all("//*[@name='code']")
    await staff.press(await staff.get(record), "Resend code")
    new = await code_for(ANNA, settings, clock)
    assert new != code
    assert "4 tries are left" in (await verify(staff, record, code)).main
    assert (await verify(staff, record, new)).status == 200


async def test_a_code_runs_out_after_28_days(
    app: ASGIApp, cast: Cast, staff: Client, record: str, settings: Settings, clock: Clock
) -> None:
    code = await code_for(ANNA, settings, clock)
    open_page = await staff.get(record)
    clock.pass_time(minutes=1, days=28)
    staff = await browser_of(app, cast.dee, clock)
    page = await staff.get(record)
    assert "Ran out. Send a new code to start again" in page.main
    assert not page.all("//*[@name='code']")
    token = page.all("//input[@name='csrf_token']")[0].get("value")
    invitation = open_page.one("//input[@name='invitation']").get("value")
    stale = {"csrf_token": token, "invitation": invitation, "code": code, "identity_method": "record"}
    assert (await staff.post(f"{record}/verify", stale)).status == 422


async def test_a_code_is_checked_once(staff: Client, record: str, settings: Settings, clock: Clock) -> None:
    page = await staff.get(record)
    code = await code_for(ANNA, settings, clock)
    for _ in range(2):
        after = await staff.press(page, "Verify identity", code=code, identity_method="record")
        assert after.status == 200
    assert len(await emails_to(ANNA, settings, clock)) == 1
    after = await staff.press(page, "Verify identity", code=WRONG, identity_method="record")
    assert after.status == 422
    assert "has moved on" in after.main


async def test_going_back_and_typing_another_code_checks_that_code(
    staff: Client, record: str, settings: Settings, clock: Clock
) -> None:
    page = await staff.get(record)
    assert (await staff.press(page, "Verify identity", code=WRONG, identity_method="record")).status == 422
    code = await code_for(ANNA, settings, clock)
    assert (await staff.press(page, "Verify identity", code=code, identity_method="record")).status == 200


async def test_another_teams_caseworker_finds_nothing(
    app: ASGIApp, cast: Cast, record: str, settings: Settings, clock: Clock
) -> None:
    ed = await browser_of(app, cast.ed, clock)
    code = await code_for(ANNA, settings, clock)
    (invitation,) = await fetch("SELECT public_id FROM invitation")
    token = (await ed.get("/staff/children/new")).all("//input[@name='csrf_token']")[0].get("value")
    typed = {
        "csrf_token": token, "invitation": invitation["public_id"], "code": code, "identity_method": "record"
    }  # fmt: skip
    offer = f"{record}/invitations/{invitation['public_id']}"
    for url in (record, f"{record}/verify", f"{record}/invitations/new"):
        assert (await ed.get(url)).status == 404
    for url in (f"{record}/verify", f"{record}/invitations/new", f"{offer}/code", f"{offer}/link", f"{offer}/cancel"):
        assert (await ed.post(url, typed)).status == 404
    assert (await fetch("SELECT state FROM invitation"))[0]["state"] == "code_sent"
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'access:child:refused'")) == 8


async def test_an_address_that_was_invited_or_has_access_is_told_about(
    app: ASGIApp, cast: Cast, staff: Client, record: str, clock: Clock
) -> None:
    typed = {"adult_name": "Somebody", "basis": "carer"}
    page = await staff.press(await staff.get(f"{record}/invitations/new"), "Send code", email=ANNA.upper(), **typed)
    assert page.problems == [
        "This email address has been invited for this child already. Look for it under Invitations"
    ]
    priya = f"/staff/children/{cast.priya.public_id}/invitations/new"
    page = await staff.press(await staff.get(priya), "Send code", email="ben@example.com", **typed)
    assert page.problems == [
        "The person with this email address has access to this child already, or is waiting for it"
    ]


async def test_after_cancelling_the_address_can_be_invited_again(
    staff: Client, record: str, settings: Settings, clock: Clock
) -> None:
    await staff.press(await staff.get(record), "Cancel invitation")
    assert await emails_to(ANNA, settings, clock) == []
    page = await staff.press(
        await staff.get(f"{record}/invitations/new"), "Send code", email=ANNA, adult_name="Anna Aziz", basis="carer"
    )
    assert page.status == 200
    assert await code_for(ANNA, settings, clock)
