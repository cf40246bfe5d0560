"""Decisions, their letters, a mistake, mediation and a review, from both sides, in three ways of browsing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff
from web.dates import day, today

OpenBrowser = Callable[..., Page]

REASON = "The advice shows that he needs more help."


def decide(page: Page, child: str, what: str, on: date, note: str = "") -> None:
    """Record a decision at the child's timeline."""
    page.goto(f"{child}/timeline/decision")
    page.get_by_label("What happened").select_option(label=what)
    staff.fill_date(page, "Date", on)
    page.get_by_label("Note to the family").fill(note)
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("status").first).to_contain_text("The decision has been recorded")


def test_a_refusal_is_explained_struck_out_and_taken_back(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    now = today(datetime.now(UTC))
    team = open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    child = staff.add_child(
        team, forename="Sky", surname="".join(word.title() for word in way.split()),
        email=f"sky-{way.replace(' ', '-')}@example.com", adult="Kit Doyle", received=now - timedelta(days=30),
    )  # fmt: skip
    refusal = "We will not carry out an EHC needs assessment"

    # A decision that was typed into the wrong record is struck out, and the case stands where it stood.
    decide(team, child, "The request was withdrawn", now)
    team.get_by_role("link", name="Strike out about “The request was withdrawn”").click()
    team.get_by_label("Why it was a mistake").fill("Another child was meant.")
    team.get_by_role("button", name="Strike out").click()
    expect(team.get_by_role("status").first).to_contain_text("struck out")
    expect(team.locator("[aria-current=step]")).to_contain_text("Request received")

    # The refusal has a letter with the reasons, the rights and their last days.
    decide(team, child, refusal, now, "School can give this help itself.")
    team.get_by_role("link", name=f"Letter about “{refusal}”").click()
    expect(team.get_by_role("heading", level=1, name=refusal)).to_be_visible()
    expect(team.get_by_text("School can give this help itself.")).to_be_visible()
    expect(team.get_by_text("Last day to appeal to the SEND Tribunal")).to_be_visible()

    # Mediation can be recorded after it, and what comes of it starts the line again.
    decide(team, child, "The family asked for mediation", now)
    expect(team.get_by_text("Mediation is open").first).to_be_visible()
    decide(team, child, "After mediation or an appeal, we will carry out an EHC needs assessment", now)
    expect(team.locator("[aria-current=step]")).to_contain_text("Gathering advice")
    expect(team.get_by_text(f"Due by {day(now + timedelta(weeks=14))}").first).to_be_visible()


def test_a_family_reads_the_letter_that_the_email_leads_to(open_browser: OpenBrowser, portal: Portal) -> None:
    now = today(datetime.now(UTC))
    team, parent = open_browser(), open_browser(viewport={"width": 320, "height": 640})
    amara = portal.person("parent", email="amara.okoye@example.com")
    child = amara["children"][0]["public_id"]
    sign_in_staff(team, portal.person("manager"))
    decide(team, f"/staff/children/{child}", "We will write an EHC plan", now, REASON)
    sign_in_parent(parent, amara["email"], amara["password"])
    mail = newest_mail(parent, amara["email"], "a decision")
    letter = mail.locator("main a[href*='/decisions/']").first.get_attribute("href")
    mail.close()
    assert letter
    parent.goto(letter)
    expect(parent.get_by_role("heading", level=1, name="We will write an EHC plan")).to_be_visible()
    expect(parent.get_by_text(REASON)).to_be_visible()


def test_a_young_person_sees_the_clock_of_the_review(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    tyler = portal.person("young person")
    page = open_browser(way)
    sign_in_parent(page, tyler["email"], tyler["password"])
    page.get_by_role("link", name="SEND Dashboard").click()
    expect(page.get_by_role("heading", name="The review of the plan")).to_be_visible()
    expect(page.get_by_text("We tell you our decision by this day")).to_be_visible()
