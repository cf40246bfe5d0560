"""Who gets access later is given earlier documents, and one is taken back from them alone; in two ways of browsing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff

OpenBrowser = Callable[..., Page]
REPORT, LETTER = "Report of the speech therapist", "Letter about the visit"


def test_earlier_documents_are_given_and_one_is_taken_back(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    nina, eve, sam = (Somebody(f"{forename} {SURNAME[way]}") for forename in ("Nina", "Eve", "Sam"))
    team, mother, father = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, nina, eve)
    let_in(team, mother, record, eve)
    for description in (REPORT, LETTER):
        staff.publish_document(team, record.staff, eve.name, description)
    staff.invite(team, record.staff, adult=sam.name, email=sam.email)
    let_in(team, father, record, sam)

    # After Activate the team chooses what he gets, and looks once more; he sees nothing before that.
    expect(team.get_by_role("heading", level=1, name=f"Earlier documents for {sam.name}")).to_be_visible()
    father.goto(f"{record.family}/documents")
    expect(father.get_by_role("link", name=REPORT)).to_have_count(0)
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("link", name="Choose the documents that they get")).to_be_visible()
    team.get_by_role("checkbox", name=REPORT).check()
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("heading", level=1, name="Check before you give them")).to_be_visible()
    expect(team.locator("main")).to_contain_text(sam.email)
    expect(team.locator("main")).not_to_contain_text(LETTER)
    team.get_by_role("button", name="Give the documents").click()
    expect(team.get_by_role("status").first).to_contain_text(f"{sam.name} gets the documents")
    newest_mail(father, sam.email, "A new document").close()
    father.reload()
    expect(father.get_by_role("link", name=REPORT)).to_be_visible()
    expect(father.get_by_role("link", name=LETTER)).to_have_count(0)

    # It should have been the letter: the report is taken back from him alone, and the letter is given.
    team.goto(f"{record.staff}/documents")
    report = team.get_by_role("region", name=REPORT)
    report.get_by_role("link").filter(has_text=f"Record what happened: {sam.name}").click()
    team.get_by_label("Reason").fill("The report names where Eve works")
    team.get_by_role("button", name="Take it back").click()
    expect(team.get_by_role("status").first).to_contain_text(f"{sam.name} cannot open the document any more")
    team.get_by_role("link").filter(has_text=f"Give to somebody else: {LETTER}").click()
    team.get_by_role("checkbox", name=sam.name).check()
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("heading", level=1, name="Check before you give it")).to_be_visible()
    team.get_by_role("button", name="Give the document").click()
    expect(team.get_by_role("region", name=LETTER)).to_contain_text(f"{sam.name}: served on")

    # He is asked to delete his copy, and not told why; the mother keeps hers.
    mail = newest_mail(father, sam.email, "was taken back")
    expect(mail.locator("main")).not_to_contain_text("Eve")
    mail.close()
    father.reload()
    expect(father.get_by_role("link", name=REPORT)).to_have_count(0)
    expect(father.get_by_role("link", name=LETTER)).to_be_visible()
    mother.goto(f"{record.family}/documents")
    expect(mother.get_by_role("link", name=REPORT)).to_be_visible()
