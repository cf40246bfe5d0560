"""A plan is to change after its review: served, commented on and answered, section by section; in two ways."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import NOW, SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff
from web.dates import day

OpenBrowser = Callable[..., Page]
CHANGES = "Proposed changes to the plan"
COMMENT = "Section F still has the old hours."


def test_the_changes_after_a_review_are_commented_on(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    theo, gwen = Somebody(f"Theo {SURNAME[way]}"), Somebody(f"Gwen {SURNAME[way]}")
    team, mother = open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, theo, gwen, received=NOW - timedelta(days=300))
    let_in(team, mother, record, gwen)

    # The plan is older than this record; its review has been, and changes are proposed.
    record_day(team, record.staff, "The EHC plan was made on this day", NOW - timedelta(days=290))
    record_day(team, record.staff, "A meeting to review the EHC plan", NOW - timedelta(days=20))
    record_day(team, record.staff, "After a review, changes to the EHC plan were sent", NOW)
    staff.publish_document(team, record.staff, gwen.name, CHANGES)
    team.goto(f"{record.staff}/draft-plan")
    team.get_by_role("link", name="Serve a draft plan").click()
    team.get_by_role("radio", name=CHANGES).check()
    team.get_by_role("checkbox", name=gwen.name).check()
    team.get_by_role("radio", name="Here, today").check()
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("heading", level=1, name="Check before you serve it")).to_be_visible()
    team.get_by_role("button", name="Serve the draft").click()
    expect(team.get_by_role("status").first).to_contain_text("The draft plan is served.")

    # The mother has 15 days, and says what is wrong in one section.
    newest_mail(mother, gwen.email, "A draft plan").close()
    mother.goto(record.family)
    mother.get_by_role("link", name="Your draft plan:").click()
    expect(mother.locator("main")).to_contain_text(f"The last day to comment is {day(NOW + timedelta(days=14))}")
    mother.get_by_role("link", name="F: ").click()
    mother.get_by_role("radio", name="Something is wrong or missing").check()
    mother.get_by_label("Your comment").fill(COMMENT)
    mother.get_by_role("button", name="Save", exact=True).last.click()
    mother.get_by_role("link", name="Check and send").click()
    mother.get_by_role("button", name="Confirm and send").click()
    expect(mother.get_by_role("status").first).to_contain_text("Your reference is")

    # The team answers beside the section, and she reads it.
    team.reload()
    said = team.get_by_role("article").filter(has_text=COMMENT)
    said.get_by_role("link", name=f"Answer {gwen.name} about").click()
    team.get_by_role("radio", name="We changed part of it").check()
    team.get_by_label("Your answer").fill("The hours are the new ones now.")
    team.get_by_role("button", name="Send the answer").click()
    newest_mail(mother, gwen.email, "An answer about the draft plan").close()
    mother.goto(f"{record.family}/draft-plan")
    expect(mother.get_by_text("The hours are the new ones now.")).to_be_visible()


def record_day(page: Page, child: str, what: str, on: date) -> None:
    """Record what happened to the plan on a day."""
    page.goto(f"{child}/timeline/decision")
    choices = page.get_by_label("What happened")
    choices.select_option(choices.locator("option", has_text=what).first.get_attribute("value"))
    staff.fill_date(page, "Date", on)
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("status").first).to_contain_text("The decision has been recorded")
