"""The team gives access only on grounds that fit the child's age, and is told which to take."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, person
from tests.web.invitations.steps import ANNA, add_child, answer, browser_of, invited
from web.settings import Settings

pytestmark = pytest.mark.anyio

TOO_LATE = (
    "Compulsory school age ended on Friday 27 June 2025, so the rights are the young person’s. Choose “Somebody the"
    " young person has asked to act for them”. If they cannot decide for themselves, or a court has named a deputy,"
    " choose “A representative, such as an advocate or a deputy”"
)
SEVENTEEN = {"date_of_birth-day": "2", "date_of_birth-month": "10", "date_of_birth-year": "2008"}


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


async def priya_is(born: date) -> None:
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Priya'", born)


def offered(page: Page) -> list[str]:
    return [one.get("value") for one in page.all("//input[@name='basis']")]


async def waits(app: ASGIApp, staff: Client, settings: Settings, clock: Clock) -> None:
    """Anna said yes as Noor's parent in time; then Noor turned out to be seventeen."""
    await invited(staff, settings, clock)
    await answer(await browser_of(app, await person("Anna Aziz", clock.now), clock))
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Noor'", date(2008, 10, 2))


async def test_a_child_is_not_added_with_a_young_persons_ground(staff: Client) -> None:
    for basis in ("young_person", "agreed"):
        page = await add_child(staff, basis=basis)
        (problem,) = page.problems
        assert problem.startswith("Compulsory school age ends on Friday 29 June 2035")
        assert page.field("forename") == "Noor"
    assert not await fetch("SELECT id FROM child WHERE forename = 'Noor'")


async def test_a_young_person_is_not_added_with_a_parents_ground(staff: Client) -> None:
    assert (await add_child(staff, **SEVENTEEN)).problems == [TOO_LATE]
    page = await add_child(staff, **SEVENTEEN, basis="agreed")
    assert "Asked by the young person" in page.main


async def test_only_what_fits_the_age_is_offered_for_another_adult(staff: Client, cast: Cast) -> None:
    url = f"/staff/children/{cast.priya.public_id}/invitations/new"
    assert offered(await staff.get(url)) == ["parental_responsibility", "carer", "representative", "professional"]
    await priya_is(date(2008, 10, 2))
    assert offered(await staff.get(url)) == ["young_person", "agreed", "representative", "professional"]


async def test_a_form_from_yesterday_is_told_which_ground_to_take(staff: Client, cast: Cast) -> None:
    page = await staff.get(f"/staff/children/{cast.priya.public_id}/invitations/new")
    await priya_is(date(2008, 10, 2))
    page = await staff.press(page, "Send code", email=ANNA, adult_name="Anna Aziz", basis="carer")
    assert page.problems == [TOO_LATE]
    assert page.field("email") == ANNA


async def test_the_relationship_changes_only_to_what_fits_the_age(staff: Client, cast: Cast) -> None:
    page = await staff.get(f"/staff/children/{cast.priya.public_id}")
    page = await staff.get(page.link("Change relationship of Amal Khan"))
    assert offered(page) == ["carer", "representative"]
    (problem,) = (await staff.press(page, "Change relationship", basis="agreed", reason="She said so")).problems
    assert "Until then the rights are the parents’" in problem


async def test_a_parent_who_waits_too_long_is_activated_on_another_ground(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock
) -> None:
    await waits(app, staff, settings, clock)
    page = await staff.get("/staff/access")
    assert "Access cannot be given on this ground at the child’s age." in page.main
    assert not page.all("//button[starts-with(normalize-space(), 'Activate')]")
    page = await staff.get(page.link("Choose another relationship for Anna Aziz and Noor Aziz"))
    assert TOO_LATE in page.main
    assert offered(page) == ["agreed", "representative"]
    page = await staff.press(page, "Keep this relationship", basis="agreed")
    assert page.problems == ["Enter the reason"]
    page = await staff.press(page, "Keep this relationship", basis="agreed", reason="Noor told me on the phone")
    assert page.url == "/staff/access"
    page = await staff.press(page, "Activate")
    assert "now has access" in page.text
    (row,) = await fetch(
        "SELECT basis, state FROM relationship r JOIN child c ON c.id = r.child AND c.forename = 'Noor'"
    )
    assert (row["basis"], row["state"]) == ("agreed", "active")
    (entry,) = await fetch(
        "SELECT d.detail->>'was' AS was, d.detail->>'is' AS is FROM audit_entry e JOIN audit_detail d ON d.entry = e.id"
        " WHERE e.event = 'staff:access:ground_chosen'"
    )
    assert (entry["was"], entry["is"]) == ("parental_responsibility", "agreed")


async def test_activate_from_an_old_page_is_refused_and_says_why(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock
) -> None:
    await invited(staff, settings, clock)
    await answer(await browser_of(app, await person("Anna Aziz", clock.now), clock))
    page = await staff.get("/staff/access")
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Noor'", date(2008, 10, 2))
    page = await staff.press(page, "Activate")
    assert TOO_LATE in page.main
    assert not await fetch(
        "SELECT r.id FROM relationship r JOIN child c ON c.id = r.child WHERE c.forename = 'Noor' AND state = 'active'"
    )


async def test_the_same_ground_or_one_that_does_not_fit_is_not_chosen(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock
) -> None:
    await waits(app, staff, settings, clock)
    page = await staff.get("/staff/access")
    page = await staff.get(page.link("Choose another relationship for Anna Aziz and Noor Aziz"))
    assert (await staff.press(page, "Keep this relationship", basis="carer", reason="So")).problems == [TOO_LATE]
    await fetch("UPDATE child SET date_of_birth = {} WHERE forename = 'Noor'", date(2019, 5, 2))
    page = await staff.press(page, "Keep this relationship", basis="parental_responsibility", reason="So")
    assert page.problems == ["Choose another relationship than the one that is recorded"]


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (None, "The account is not registered as the young person’s."),
        (date(1980, 1, 1), "The account has another date of birth than the record."),
        (date(2008, 10, 2), ""),
    ],
)
async def test_a_young_persons_account_is_held_against_the_record_and_nothing_is_barred(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock, says: date | None, words: str
) -> None:
    await invited(staff, settings, clock, **SEVENTEEN, basis="young_person", adult_name="Anna Aziz")
    anna = await person("Anna Aziz", clock.now)
    await fetch("UPDATE account SET date_of_birth = {} WHERE id = {}", says, anna.account)
    await answer(await browser_of(app, anna, clock))
    page = await staff.get("/staff/access")
    assert words in page.main
    assert ("Check this" in page.main) == bool(words)
    assert "now has access" in (await staff.press(page, "Activate")).text
