"""Young people, professionals, and parents whose last request has ended."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, person, sign_in
from tests.web.requests.steps import NEXT, NOOR, answer, ask_as_parent, fill_as_parent

pytestmark = pytest.mark.anyio


async def test_a_young_person_finds_their_own_details_filled_in(client: Client, cast: Cast, clock: Clock) -> None:
    yusuf = await person("Yusuf Ali", clock.now)
    await fetch("UPDATE account SET date_of_birth = '2008-05-02', postcode = 'WM3 1AA' WHERE id = {}", yusuf.account)
    await sign_in(client, yusuf, clock.now)
    page = await answer(client, "who", asker="myself")
    assert page.heading == "About you"
    assert [page.field(name) for name in ("forename", "date_of_birth-year", "postcode")] == ["Yusuf", "2008", "WM3 1AA"]
    await client.press(page, NEXT)
    await answer(client, "needs", needs="Exams and noise.")
    await client.press(await answer(client, "consent", consent="talk"), "Send the request")
    (row,) = await fetch("SELECT r.basis, r.state, k.source FROM relationship r JOIN ehc_case k ON k.child = r.child"
                         " WHERE r.account = {}", yusuf.account)  # fmt: skip
    assert tuple(row.values()) == ("young_person", "waiting", "young_person")


async def test_somebody_of_compulsory_school_age_is_told_who_can_ask(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    await answer(client, "who", asker="myself")
    page = await answer(client, "child", **NOOR)
    assert page.problems == [
        "You can ask for yourself once compulsory school age is over, which is after Friday 30 June 2034."
        " Until then, ask a parent, a carer or your school to do it"
    ]


async def test_a_professional_says_what_the_parents_know(client: Client, cast: Cast, clock: Clock) -> None:
    sima = await person("Sima Rao", clock.now)
    await fetch("UPDATE account SET is_professional = true, organisation = 'Lakeside' WHERE id = {}", sima.account)
    await sign_in(client, sima, clock.now)
    await answer(client, "who", asker="professional")
    await answer(client, "child", **NOOR)
    page = await answer(client, "needs", needs="Reading.")
    assert (page.heading, page.field("organisation")) == ("You and the family", "Lakeside")
    refused = await client.press(page, NEXT, parent_email="somewhere")
    assert refused.problems == [
        "Choose where you work",
        "Choose what the parents know",
        "Enter the parent’s name",
        "Enter the parent’s email address in the correct format, like name@example.com",
        "Choose who they are to the child",
    ]
    page = await client.press(
        page, NEXT, workplace="school", parents="agree", parent_name="Amal Khan", parent_email="amal@example.com",
        parent_basis="parental_responsibility",
    )  # fmt: skip
    await client.press(page, "Send the request")
    (row,) = await fetch("SELECT r.basis, k.source FROM relationship r JOIN ehc_case k ON k.child = r.child"
                         " WHERE r.account = {}", sima.account)  # fmt: skip
    assert tuple(row.values()) == ("professional", "school")


async def test_a_child_whose_case_has_ended_is_offered_and_gets_another_case(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    await sign_in(client, cast.amal, clock.now)
    await answer(client, "who", asker="parent")
    refused = await answer(client, "child", postcode="WM1 1AA")
    assert refused.problems == ["Choose which child this is about"]
    await answer(client, "child", which=cast.priya.public_id, postcode="WM1 1AA")
    await answer(client, "needs", needs="Things are worse.")
    page = await answer(client, "consent", consent="yes")
    assert "Priya Khan" in page.main
    page = await client.press(page, "Send the request")
    assert "PRI42" in page.main
    rows = await fetch("SELECT received_on, branch FROM ehc_case WHERE child = {} ORDER BY id", cast.priya.id)
    assert [row["branch"] for row in rows] == ["withdrawn", ""]
    assert rows[1]["received_on"] == clock.now.date()
    assert len(await fetch("SELECT id FROM relationship WHERE account = {}", cast.amal.account)) == 1


async def test_another_child_can_be_asked_for_beside_those_that_are_offered(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    await sign_in(client, cast.amal, clock.now)
    assert (await ask_as_parent(client, which="another")).heading == "We have your request"


async def test_a_case_that_another_parent_opened_meanwhile_is_not_opened_twice(
    client: Client, app: ASGIApp, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET branch = 'withdrawn' WHERE child = {}", cast.priya.id)
    again = {"which": cast.priya.public_id, "forename": "", "surname": ""}
    await sign_in(client, cast.amal, clock.now)
    page = await fill_as_parent(client, **again)
    async with await sign_in(Client(app), cast.ben, clock.now) as ben:
        await ask_as_parent(ben, **again)
    page = await client.press(page, "Send the request")
    assert page.heading == "We have your request"
    assert "We added your request to it." not in page.main  # It came on the day on which the case began.
    assert len(await fetch("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id)) == 2
    assert len(await fetch("SELECT id FROM assessment_request")) == 2


async def test_the_same_child_elsewhere_in_the_council_is_never_given_away(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await sign_in(client, cast.carol, clock.now)
    born = {"date_of_birth-day": "2", "date_of_birth-month": "4", "date_of_birth-year": "2018"}
    page = await ask_as_parent(client, forename="priya", surname="KHAN", **born)
    assert page.heading == "We have your request"
    assert "PRI42" not in page.text


async def test_access_waits_for_the_team(client: Client, cast: Cast, clock: Clock) -> None:
    await sign_in(client, cast.amal, clock.now)
    await ask_as_parent(client)
    (noor,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    assert (await client.get(f"/children/{noor['public_id']}")).status == 404
