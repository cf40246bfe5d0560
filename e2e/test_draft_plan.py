"""A draft plan from both sides: served, commented on, sent, answered, with more time, in three ways of browsing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff
from e2e.screens.staff import fill_date
from web.dates import day, today

OpenBrowser = Callable[..., Page]

SECTION_OF = {"with JavaScript": "C", "without JavaScript": "D", "with htmx blocked": "G"}
"""The demo has one draft for all three ways: each comments on a section of its own."""


def child_of(person: dict[str, object], forename: str) -> str:
    """The address of a child's pages below /children or /staff/children."""
    children = person["children"]
    assert isinstance(children, list)
    return str(next(child["public_id"] for child in children if child["name"].startswith(forename)))


def test_a_comment_is_sent_read_and_answered(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    sofia, section = portal.person("parent", email="sofia.rossi@example.com"), SECTION_OF[way]
    luca, text = child_of(sofia, "Luca"), f"Written {way}."
    parent, team = open_browser(way), open_browser(way)

    # The parent finds the draft on the dashboard, and comments on one section.
    sign_in_parent(parent, sofia["email"], sofia["password"])
    parent.goto(f"/children/{luca}")
    parent.get_by_role("link", name="Your draft plan:").click()
    expect(parent.get_by_text("The last day to comment is")).to_be_visible()
    expect(parent.get_by_text("Section I is left blank so that you can ask for a school.")).to_be_visible()
    parent.get_by_role("link", name=f"{section}: ").click()
    parent.get_by_role("radio", name="Something is wrong or missing").check()
    parent.get_by_label("Your comment").fill(text)
    parent.get_by_role("button", name="Save", exact=True).last.click()
    expect(parent.get_by_role("status").first).to_contain_text("Saved. It is not sent yet.")

    # It is checked, sent, and confirmed by email.
    parent.get_by_role("link", name="Check and send").click()
    expect(parent.get_by_role("heading", level=1, name="Check and send")).to_be_visible()
    parent.get_by_role("button", name="Confirm and send").click()
    expect(parent.get_by_role("status").first).to_contain_text("Your reference is")
    newest_mail(parent, sofia["email"], "We have your comments on the draft plan").close()

    # The caseworker reads it beside its section, answers it, and gives more time.
    sign_in_staff(team, portal.person("caseworker", email="priya.nair@westmere.example"))
    team.goto(f"/staff/children/{luca}/draft-plan")
    said = team.get_by_role("article").filter(has_text=text)
    said.get_by_role("link", name="Answer Sofia Rossi about").click()
    team.get_by_role("radio", name="We changed part of it").check()
    team.get_by_label("Your answer").fill(f"Answered {way}.")
    team.get_by_role("button", name="Send the answer").click()
    expect(team.get_by_role("status").first).to_contain_text("The answer is sent to Sofia Rossi.")
    until = today(datetime.now(UTC)) + timedelta(days=20 + list(SECTION_OF).index(way))
    team.get_by_role("link", name="Give more time").click()
    fill_date(team, "New last day", until)
    team.get_by_label("Reason").fill("The family is away.")
    team.get_by_role("button", name="Give more time").click()
    expect(team.get_by_role("status").first).to_contain_text("Sofia Rossi has more time")

    # The parent reads the answer and the new last day.
    newest_mail(parent, sofia["email"], "An answer about the draft plan").close()
    parent.goto(f"/children/{luca}/draft-plan")
    expect(parent.get_by_text(f"Answered {way}.")).to_be_visible()
    expect(parent.get_by_text(f"The last day to comment is {day(until)}")).to_be_visible()


def test_a_draft_is_served_and_a_school_asked_for_on_a_phone(open_browser: OpenBrowser, portal: Portal) -> None:
    joanne = portal.person("parent", email="joanne.bennett@example.com")
    ruby, phone = child_of(joanne, "Ruby"), {"width": 320, "height": 640}
    parent, team = open_browser(viewport=phone), open_browser()

    sign_in_staff(team, portal.person("manager"))
    team.goto(f"/staff/children/{ruby}/draft-plan")
    team.get_by_role("link", name="Serve a draft plan").click()
    team.get_by_role("radio", name="Draft EHC plan for Ruby").check()
    team.get_by_role("checkbox", name="Joanne Bennett").check()
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("heading", level=1, name="Check before you serve it")).to_be_visible()
    team.get_by_role("button", name="Serve the draft").click()
    expect(team.get_by_role("status").first).to_contain_text("The draft plan is served.")
    expect(team.get_by_text("14 days left")).to_be_visible()

    sign_in_parent(parent, joanne["email"], joanne["password"])
    parent.goto(f"/children/{ruby}/draft-plan")
    parent.get_by_role("link", name="I: Placement").click()
    parent.get_by_label("Name of the school or college").fill("Lakeside Primary School")
    parent.get_by_role("radio", name="A special school").check()
    parent.get_by_role("button", name="Save", exact=True).last.press("Enter")
    expect(parent.get_by_role("status").first).to_contain_text("Saved. It is not sent yet.")
    expect(parent.get_by_text("Request saved, not sent")).to_be_visible()
    assert parent.evaluate("document.documentElement.scrollWidth") <= phone["width"]
