"""A letter is posted on a day, an email comes back, and the task that opens is done; in two ways of browsing."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import NOW, SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff
from web.dates import short_day

OpenBrowser = Callable[..., Page]
LETTER = "Letter about the assessment"


def test_what_was_posted_and_what_came_back_is_known(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    omar, fay = Somebody(f"Omar {SURNAME[way]}"), Somebody(f"Fay {SURNAME[way]}")
    team, mother = open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, omar, fay)
    let_in(team, mother, record, fay)
    staff.publish_document(team, record.staff, fay.name, LETTER)
    newest_mail(mother, fay.email, "A new document").close()

    # The council's mailbox has a report that the email could not be delivered.
    open_evidence(team, record.staff, fay.name)
    team.get_by_role("button", name="This email came back").click()
    expect(team.get_by_role("region", name=LETTER)).to_contain_text("the email came back")
    portal.look_for_tasks()
    team.goto(record.staff)
    team.get_by_role("link", name="An email could not be delivered").click()
    expect(team.get_by_text(fay.name)).to_be_visible()

    # So it is posted. A day that has not come yet is a slip, and what was typed is kept.
    open_evidence(team, record.staff, fay.name)
    staff.fill_date(team, "Posted on", NOW + timedelta(days=1))
    team.get_by_role("button", name="Keep the day").click()
    expect(team.get_by_role("alert")).to_be_visible()
    staff.fill_date(team, "Posted on", NOW)
    team.get_by_role("button", name="Keep the day").click()
    expect(team.get_by_role("status").first).to_contain_text("The day is kept")
    expect(team.get_by_role("region", name=LETTER)).to_contain_text(f"posted on {short_day(NOW)}")

    # The task is done, with what was done.
    team.goto(record.staff)
    team.get_by_role("link", name="An email could not be delivered").click()
    team.get_by_label("What did you do?").fill("Phoned her, and posted the letter")
    team.get_by_role("button", name="Mark as done").click()
    expect(team.get_by_role("status").first).to_contain_text("Done: An email could not be delivered")
    team.goto(record.staff)
    expect(team.get_by_role("link", name="An email could not be delivered")).to_have_count(0)

    # She opens it all the same: that is known, too.
    mother.goto(f"{record.family}/documents")
    with mother.expect_download():
        mother.get_by_role("link", name=LETTER).click()
    team.goto(f"{record.staff}/documents")
    expect(team.get_by_role("region", name=LETTER)).to_contain_text("first opened on")


def open_evidence(page: Page, child: str, adult: str) -> None:
    """What became of the letter for one recipient."""
    page.goto(f"{child}/documents")
    page.get_by_role("link").filter(has_text=f"Record what happened: {adult}").click()
    expect(page.get_by_role("heading", level=1, name=f"{adult}: {LETTER}")).to_be_visible()
