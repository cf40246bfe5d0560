"""A child moves to another team, and the new caseworker leaves: somebody has the case at each moment; in two ways."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.families import SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff
from e2e.screens.staff import choose_colleague

OpenBrowser = Callable[..., Page]
NORTH, SOUTH = "01632 960 151", "01632 960 152"


def test_a_family_always_knows_who_has_its_case(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    kai, fern, leah = (Somebody(f"{forename} {SURNAME[way]}") for forename in ("Kai", "Fern", "Leah"))
    team, manager, mother = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker", name="Priya Nair"))
    sign_in_staff(manager, portal.person("manager"))
    record = open_record(team, kai, fern)
    let_in(team, mother, record, fern)
    add_colleague(manager, leah)

    # The family moves to the south: another team, with a caseworker and a phone number of its own.
    manager.goto(record.staff)
    manager.get_by_role("link", name="Move to another caseworker or team").click()
    choose_colleague(manager.get_by_label("Who takes the case over?"), leah.name)
    manager.get_by_role("button", name="Move the case and tell the family").click()
    expect(manager.get_by_role("status").first).to_contain_text("The case changed hands")
    expect_caseworker(mother, record.family, leah.name, SOUTH)
    newest_mail(mother, fern.email, "You have another caseworker").close()
    team.goto(record.staff)
    expect(team.get_by_role("heading", level=1, name="We could not find that page")).to_be_visible()

    # The new caseworker leaves. The manager sees whose children are left, and shares them out.
    manager.goto("/staff/manage/people")
    manager.get_by_role("link", name=leah.name).first.click()
    manager.get_by_role("link", name="End their sign-in").click()
    expect(manager.get_by_text("1 child is still theirs")).to_be_visible()
    manager.get_by_label("Reason").fill("She has left the council")
    manager.get_by_role("button", name="End their sign-in").click()
    manager.goto("/staff/manage/people")
    manager.get_by_role("link", name=leah.name).first.click()
    manager.get_by_role("link", name="Move the caseload now").click()
    manager.get_by_role("checkbox", name="Grace Obi").check()
    manager.get_by_role("button", name="Look at what would happen").click()
    expect(manager.get_by_role("row").filter(has_text="Grace Obi")).to_contain_text("1")
    manager.get_by_role("button", name="Move them and tell the families").click()
    expect(manager.get_by_role("status").first).to_contain_text("another caseworker now")
    expect_caseworker(mother, record.family, "Grace Obi", SOUTH)


def add_colleague(page: Page, colleague: Somebody) -> None:
    """Somebody new in the southern team."""
    forename, surname = colleague.name.split()
    page.goto("/staff/manage/people/new")
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    page.get_by_label("Work email address").fill(f"{forename}.{surname}@westmere.example".lower())
    page.get_by_role("radio", name="Caseworker").check()
    page.get_by_role("combobox", name="Team").select_option(label="Westmere South")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is in the team now")


def expect_caseworker(page: Page, family: str, name: str, phone: str) -> None:
    """The dashboard says whom to phone."""
    page.goto(family)
    expect(page.locator("#panel-caseworker")).to_contain_text(name)
    expect(page.locator("#panel-caseworker")).to_contain_text(phone)
