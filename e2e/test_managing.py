"""A manager's own work, in three ways of browsing: people, a caseload, the words of a stage, forms, the trail."""

from collections.abc import Callable

import pyotp
from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import code_from_mail, newest_mail, sign_in_parent, sign_in_staff
from e2e.screens.staff import choose_colleague

OpenBrowser = Callable[..., Page]
PASSWORD = "Kettle Orchard 27 lamps"


def test_a_new_colleague_signs_in_and_takes_over_a_case(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page, email = open_browser(way), f"nia.{way.replace(' ', '.').lower()}@westmere.example"
    surname = {"with JavaScript": "Ames", "without JavaScript": "Bode", "with htmx blocked": "Cole"}[way]
    sign_in_staff(page, portal.person("manager"))
    page.get_by_role("link", name="Manage", exact=True).click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Add a colleague").click()
    page.get_by_label("Forename").fill("Nia")
    page.get_by_label("Surname").fill(surname)
    page.get_by_label("Work email address").fill(email)
    page.get_by_role("radio", name="Caseworker").check()
    page.get_by_role("combobox", name="Team").select_option(label="Westmere North")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(f"Nia {surname} is in the team now")
    newest_mail(page, email, "You are in the SEND team").close()
    colleague = open_browser(way)
    _choose_password(colleague, email)
    _set_up_app(colleague, email)
    expect(colleague.get_by_role("heading", level=1, name="Caseload")).to_be_visible()
    expect(colleague.get_by_role("link", name="Manage", exact=True)).to_have_count(0)


def _choose_password(page: Page, email: str) -> None:
    page.goto("/forgotten-password")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Code").fill(code_from_mail(page, email, "code"))
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Your password has been changed")


def _set_up_app(page: Page, email: str) -> None:
    page.goto("/staff/sign-in")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Submit").click()
    secret = page.locator(".portal-number").first.inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.locator("main form button[type=submit]").first.click()


def test_a_familys_words_forms_and_team_follow_the_manager(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    manager, name = open_browser(way), f"Deciding, {way}"[:40]
    sign_in_staff(manager, portal.person("manager"))
    child = next(one for one in portal.people if one["role"] == "parent" and one["children"])
    stage = child["children"][0]["stage"]
    manager.goto("/staff/manage/stages")
    manager.locator("main table a").nth(_place(manager, stage)).click()
    manager.get_by_label("Name of the stage").fill(name)
    manager.get_by_role("button", name="Look at them first").click()
    expect(manager.get_by_text("This is how the family of a child called Sam would read it")).to_be_visible()
    manager.get_by_role("button", name="Keep these words").click()
    expect(manager.get_by_role("status").first).to_contain_text("The words are kept")
    parent = open_browser(way)
    sign_in_parent(parent, child["email"], child["password"])
    parent.goto(f"/children/{child['children'][0]['public_id']}")
    expect(parent.get_by_text(name).first).to_be_visible()
    manager.get_by_role("link", name=name).click()
    manager.get_by_label("Name of the stage").fill("")
    manager.get_by_role("button", name="Keep these words").click()
    expect(manager.get_by_role("link", name=stage, exact=True)).to_be_visible()


def _place(page: Page, stage: str) -> int:
    """Which link of the list leads to the stage that has this name now."""
    names = page.locator("main table a").all_inner_texts()
    return names.index(stage)


def test_a_form_is_switched_off_and_the_trail_says_who(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page, person = open_browser(way), portal.person("manager")
    sign_in_staff(page, person)
    page.goto("/staff/manage/forms")
    form = "Parental Preference Form"
    page.get_by_role("button", name=f"Switch off “{form}”").click()
    expect(page.get_by_role("status").first).to_contain_text("is no longer offered")
    page.get_by_role("button", name=f"Switch on “{form}”").click()
    expect(page.get_by_role("status").first).to_contain_text("can be asked for")
    page.goto("/staff/manage/audit")
    page.get_by_label("Who").fill(person["email"])
    page.get_by_label("What").select_option(label="Everything that the team did")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text(person["name"])
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert person["email"] in download.value.path().read_text()


def test_a_caseload_is_looked_at_moved_and_moved_back(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page = open_browser(way)
    sign_in_staff(page, portal.person("manager"))
    for giver, taker in (("Priya Nair", "Tom Ellis"), ("Tom Ellis", "Priya Nair")):
        page.goto("/staff/manage/caseload")
        choose_colleague(page.get_by_label("Whose children?"), f"{giver}, Westmere North")
        page.get_by_role("checkbox", name=taker).check()
        page.get_by_role("button", name="Look at what would happen").click()
        expect(page.get_by_role("heading", level=1, name="Look before you move")).to_be_visible()
        page.get_by_role("button", name="Move them and tell the families").click()
        expect(page.get_by_role("status").first).to_contain_text("another caseworker now")


def test_an_account_is_looked_up_by_its_whole_address(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page, parent = open_browser(way), portal.person("parent", name="Amara Okoye")
    sign_in_staff(page, portal.person("manager"))
    page.goto("/staff/manage")
    page.get_by_role("link", name="Look up an account").click()
    page.get_by_label("Email address").fill("amara@example.com")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("heading", name="There is no account at amara@example.com")).to_be_visible()
    page.get_by_label("Email address").fill(parent["email"])
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("heading", level=1, name="Account of Amara Okoye")).to_be_visible()
    page.get_by_role("link", name="Kelechi Okoye").click()
    expect(page.get_by_role("heading", level=1, name="Kelechi Okoye")).to_be_visible()
