"""A parent or a school asks for an assessment, the SEND team checks who it is, and the record opens; in three ways."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff
from e2e.screens.staff import activate

OpenBrowser = Callable[..., Page]
NEXT = "Save and continue"
SURNAMES = {"with JavaScript": "Script", "without JavaScript": "Plain", "with htmx blocked": "Blocked"}


def test_from_the_first_page_to_the_open_record(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    person = next(one for one in portal.people if one["name"] == "Chloe Turner")
    name = f"Zuri {SURNAMES[way]}"
    parent, team = open_browser(way), open_browser(way)
    sign_in_parent(parent, person["email"], person["password"])
    parent.get_by_role("link", name="Ask for an assessment").click()
    parent.get_by_role("link", name="Start").click()
    fill(parent, name)
    expect(parent.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    expect(parent.get_by_text("Letters swim.")).to_be_visible()
    parent.get_by_role("button", name="Send the request").click()

    expect(parent.get_by_role("heading", level=1, name="We have your request")).to_be_visible()
    reference = parent.locator("main strong").first.inner_text()
    newest_mail(parent, person["email"], f"We have your request: case {reference}").close()
    newest_mail(parent, "", f"A new request for an assessment: case {reference}").close()
    parent.goto("/children")
    expect(parent.get_by_role("listitem").filter(has_text=name)).to_contain_text("Your access is being processed")

    sign_in_staff(team, portal.person("manager"))
    team.goto("/staff/access")
    team.get_by_role("link", name=f"Asked for an assessment of {name}").click()
    expect(team.get_by_role("heading", level=1, name=f"The request for {name}")).to_be_visible()
    expect(team.get_by_text("Letters swim.")).to_be_visible()
    activate(team, name)

    parent.reload()
    parent.get_by_role("link", name=f"SEND Dashboard for {name}").click()
    expect(parent.locator("[aria-current=step]")).to_contain_text("Request received")


def fill(page: Page, name: str) -> None:
    """The four pages, with a slip and a look back on the way."""
    forename, surname = name.split()
    page.get_by_role("radio", name="I am the child’s parent").check()
    page.get_by_role("button", name=NEXT).click()
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    for part, value in (("Day", "27"), ("Month", "3"), ("Year", "2019")):
        page.get_by_label(part).fill(value)
    page.get_by_label("Home postcode").fill("nowhere")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("link", name="Enter a full UK postcode, like SW1A 1AA")).to_be_visible()
    page.get_by_label("Home postcode").fill("wm2 4ab")
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1, name="Why is an assessment needed?")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Forename")).to_have_value(forename)
    page.get_by_role("button", name=NEXT).click()
    page.get_by_label("What is difficult for the child?").fill("Reading. Letters swim.")
    page.get_by_role("button", name=NEXT).click()
    page.get_by_role("radio", name="Yes, you may ask them").check()
    page.get_by_role("button", name=NEXT).click()


def test_a_school_asks_and_the_family_is_invited_from_there(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    simon, name = portal.person("professional"), f"Ada {SURNAMES[way]}"
    school, team = open_browser(way), open_browser(way)
    sign_in_parent(school, simon["email"], simon["password"])
    school.goto("/request-assessment/who")
    school.get_by_role("radio", name="I work with the child or young person").check()
    school.get_by_role("button", name=NEXT).click()
    if school.get_by_role("radio", name="Another child or young person").count():
        school.get_by_role("radio", name="Another child or young person").check()
    child(school, name)
    school.get_by_label("What is difficult for the child?").fill("Sitting with others.")
    school.get_by_role("button", name=NEXT).click()
    school.get_by_role("radio", name="A school").check()
    school.get_by_role("radio", name="They know, and they agree").check()
    school.get_by_label("Name of a parent").fill("Grace Hopper")
    school.get_by_label("Their email address").fill("grace.hopper@example.com")
    school.get_by_role("radio", name="A parent, or somebody else with parental responsibility").first.check()
    school.get_by_role("button", name=NEXT).click()
    expect(school.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    school.get_by_role("button", name="Send the request").click()
    expect(school.get_by_role("heading", level=1, name="We have your request")).to_be_visible()

    sign_in_staff(team, portal.person("manager"))
    team.goto("/staff/access")
    team.get_by_role("link", name=f"Asked for an assessment of {name}").click()
    expect(team.get_by_text("Sitting with others.")).to_be_visible()
    team.get_by_role("link", name="Invite Grace Hopper").click()
    expect(team.get_by_label("Email address")).to_have_value("grace.hopper@example.com")
    expect(team.get_by_role("radio", name="A parent, or somebody else")).to_be_checked()
    team.get_by_label("Email address").fill(f"grace.{name.split()[1].lower()}@example.com")
    team.get_by_role("button", name="Send code").click()
    team.get_by_role("link", name="Read the request").click()
    expect(team.get_by_text("Invited on")).to_be_visible()
    expect(team.get_by_role("link", name="Invite Grace Hopper")).to_have_count(0)


def child(page: Page, name: str) -> None:
    """The page about the child, filled in at once."""
    forename, surname = name.split()
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    for part, value in (("Day", "4"), ("Month", "7"), ("Year", "2018")):
        page.get_by_label(part).fill(value)
    page.get_by_label("Home postcode").fill("wm1 1aa")
    page.get_by_role("button", name=NEXT).click()
