"""Adding a child: every answer is checked, nothing typed is lost, and no child is added twice by mistake."""

import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import PASSWORD, Cast, authenticator_code
from tests.web.invitations.steps import ANNA, NEW_CHILD, add_child, browser_of
from web.forms.staff_children import NewChildForm
from web.settings import Settings

TOO_OLD = "The date of birth must be that of a child or young person up to 25 years old"


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


@pytest.mark.anyio
async def test_the_record_has_its_case_and_its_caseworker(staff: Client, cast: Cast) -> None:
    page = await add_child(staff)
    for words in ("Noor Aziz", "Thursday 2 May 2019", "Thursday 5 March 2026", "Dee Shaw", "Anna Aziz", ANNA):
        assert words in page.main, words
    (case,) = await fetch("SELECT e.* FROM ehc_case e JOIN child c ON c.id = e.child WHERE c.forename = 'Noor'")
    assert (case["received_on"], case["source"], case["stage"]) == (date(2026, 3, 5), "parent", "request")
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id")]
    assert events[-3:] == ["staff:child:added", "staff:invitation:code_sent", "staff:child:opened"]


@pytest.mark.anyio
async def test_an_empty_form_says_everything_that_is_missing(staff: Client) -> None:
    page = await staff.press(await staff.get("/staff/children/new"), "Add child and send code")
    assert page.status == 422
    assert page.problems == [
        "Enter the child’s forename",
        "Enter the child’s surname",
        "Enter the date of birth",
        "Enter the date that the request was received",
        "Choose who asked for the assessment",
        "Enter the email address that asked for the assessment",
        "Enter the adult’s name",
        "Choose their relationship to the child",
    ]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"email": "anna"}, "Enter an email address in the correct format, like name@example.com"),
        ({"received_on-year": "2027"}, "The date that the request was received must be today or in the past"),
        ({"received_on-year": "2019"}, "The date that the request was received must be after the date of birth"),
        (
            {"date_of_birth-day": "31", "date_of_birth-month": "2"},
            "The date of birth must be a real date, like 27 3 2026",
        ),
        (
            {"date_of_birth-year": "1999"},
            "The date of birth must be that of a child or young person up to 25 years old",
        ),
        ({"date_of_birth-year": "2027"}, "The child’s date of birth must be in the past"),
        (
            {"surname": "www.example.com"},
            "The child’s surname must only have letters, spaces, hyphens, apostrophes and full stops",
        ),
    ],
)
async def test_a_wrong_answer_is_told_beside_it_and_the_rest_is_kept(
    staff: Client, changes: dict[str, str], problem: str
) -> None:
    page = await add_child(staff, **changes)
    assert page.status == 422
    assert page.problems == [problem]
    typed = {**NEW_CHILD, **changes}
    for name in ("forename", "surname", "email", "adult_name", "received_on-day"):
        assert page.field(name) == typed[name]
    assert await fetch("SELECT id FROM child WHERE forename = 'Noor'") == []


@pytest.mark.anyio
async def test_the_same_child_is_warned_about_before_it_is_added_again(
    staff: Client, settings: Settings, clock: Clock
) -> None:
    first = await add_child(staff)
    page = await add_child(staff, forename="NOOR", email="other@example.com")
    assert page.status == 422
    assert page.link("Noor Aziz") == first.url
    page = await staff.press(page, "Add child and send code", is_another_child="yes", email="not an address")
    assert page.field("is_another_child") == "yes"
    page = await staff.press(page, "Add child and send code", email="other@example.com")
    assert page.url != first.url
    assert len(await fetch("SELECT id FROM child WHERE surname = 'Aziz'")) == 2
    assert {email.to for email in await deliver_all(settings, clock)} == {ANNA, "other@example.com"}


@pytest.mark.anyio
async def test_another_teams_children_are_not_told_about(app: ASGIApp, cast: Cast, staff: Client, clock: Clock) -> None:
    await add_child(staff)
    page = await add_child(await browser_of(app, cast.ed, clock))
    assert page.status == 200
    assert page.heading == "Noor Aziz"


@pytest.mark.anyio
async def test_pressing_twice_adds_one_child(staff: Client) -> None:
    page = await staff.get("/staff/children/new")
    first = await staff.press(page, "Add child and send code", **NEW_CHILD)
    second = await staff.press(page, "Add child and send code", **NEW_CHILD)
    assert first.url == second.url
    assert len(await fetch("SELECT id FROM child WHERE forename = 'Noor'")) == 1


@pytest.mark.anyio
async def test_a_case_reference_that_is_taken_is_drawn_again(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("PRI42" + "OMA42" + "7KQ4B")
    monkeypatch.setattr(secrets, "choice", lambda _: next(drawn))
    assert "7KQ4B" in (await add_child(staff)).main


@pytest.mark.anyio
async def test_what_was_typed_survives_the_end_of_the_session(staff: Client, clock: Clock) -> None:
    page = await staff.get("/staff/children/new")
    clock.pass_time(minutes=16)
    page = await staff.press(page, "Add child and send code", **NEW_CHILD)
    page = await staff.press(page, "Submit", email="dee@example.com", password=PASSWORD)
    page = await staff.press(page, "Finish", code=authenticator_code(clock.now))
    assert page.heading == "Add a child"
    assert page.field("adult_name") == "Anna Aziz"
    assert await fetch("SELECT id FROM child WHERE forename = 'Noor'") == []


FIELDS = [*NEW_CHILD, "is_another_child", "once"]


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=300), max_size=3)))
def test_whatever_is_typed_is_taken_or_told(typed: dict[str, list[str]]) -> None:
    form = NewChildForm(typed)
    form.today = date(2026, 3, 9)
    form.read()
    assert form.ok or all(message for _, message in form.errors)
    if form.ok:
        assert form.child.date_of_birth <= form.child.received_on <= form.today


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_no_case_begins_before_birth_or_after_today(born: date, received: date) -> None:
    days = {"date_of_birth": born, "received_on": received}
    parts = {
        f"{name}-{part}": [str(getattr(day, part))] for name, day in days.items() for part in ("day", "month", "year")
    }
    form = NewChildForm({**{name: [value] for name, value in NEW_CHILD.items()}, **parts})
    form.today = date(2026, 3, 9)
    form.read()
    is_possible = born <= received <= form.today and (born.year + 26, born.month, born.day) > (2026, 3, 9)
    assert form.ok == is_possible
