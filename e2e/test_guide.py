"""The whole parent guide, as caseworker and parent, in the guide's words, in three ways of browsing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.registering import accept
from e2e.screens.signing_in import (
    code_from_mail,
    link_from_mail,
    log_out,
    newest_mail,
    sign_in_parent,
    sign_in_staff,
    unique_code,
)
from web.dates import today

PANELS = (
    "Statutory Timescales",
    "Key Dates",
    "Actions to Complete",
    "Messages",
    "Documents to View",
    "SEND Caseworker",
)
PASSWORD = "Seven tired otters 7"
OpenBrowser = Callable[..., Page]


def test_from_the_unique_code_to_the_submitted_form(open_browser: OpenBrowser, portal: Portal, any_way: str) -> None:
    forename, surname = "Robin", "".join(word.title() for word in any_way.split())
    child_name, email = f"{forename} {surname}", f"guide-{any_way.replace(' ', '-')}@example.com"
    team, parent = open_browser(any_way), open_browser(any_way)
    sign_in_staff(team, portal.person("caseworker"))

    # 1. The council invites a family.
    child = staff.add_child(
        team,
        forename=forename,
        surname=surname,
        email=email,
        adult="Nadia Rahman",
        received=today(datetime.now(UTC)) - timedelta(days=8),
    )
    staff.verify_identity(team, child, unique_code(team, email))

    # 2. Register in three steps, from the link of the invitation.
    parent.goto(link_from_mail(parent, email, "Accept Portal Invitation"))
    register(parent, email)

    # 4. Accept the invitation.
    accept(parent, child_name)
    newest_mail(parent, email, "Portal Activation").close()
    parent.goto("/children")
    expect(parent.get_by_text("Your access is being processed")).to_be_visible()

    # 5. The SEND team gives access.
    staff.activate(team, "Nadia Rahman")
    newest_mail(parent, email, "Portal access to customer SEND record").close()

    # 3 and 6. Sign out, sign in, and look at the SEND Dashboard.
    log_out(parent)
    sign_in_parent(parent, email, PASSWORD)
    parent.get_by_role("link", name="SEND Dashboard").click()
    for panel in PANELS:
        expect(parent.get_by_role("heading", name=panel, exact=True)).to_be_visible()
    expect(parent.locator("[aria-current=step]")).to_contain_text("Request received")
    parent.get_by_text("Extra Information").first.click()
    expect(parent.get_by_text("The 20 weeks began on the day we received it").first).to_be_visible()

    # 7. A message each any_way.
    staff.write_message(team, child, "Nadia Rahman", "Welcome", "I am your caseworker.")
    dashboard = parent.url
    read_and_answer(parent)
    team.goto("/staff/inbox")
    team.get_by_role("row").filter(has_text=child_name).get_by_role("link", name="Welcome", exact=True).click()
    expect(team.get_by_text("Thank you for writing.")).to_be_visible()

    # 8. A document, published after a second look, and downloaded.
    staff.publish_document(team, child, "Nadia Rahman", "Letter about the assessment")
    parent.goto(dashboard)
    parent.get_by_role("link", name="Documents to View").click()
    expect(parent.get_by_role("heading", level=1, name="Robin's Documents to View")).to_be_visible()
    open_document(parent, "Letter about the assessment")

    # 9. A form asked for, filled, checked and sent.
    staff.ask_for_form(team, child, "Nadia Rahman", "Consent to share information")
    parent.goto(dashboard)
    parent.get_by_role("link", name="Actions to Complete").first.click()
    parent.get_by_role("link", name="Consent to share information").click()
    parent.get_by_role("link", name="Start").click()
    fill_form(parent)
    parent.get_by_role("button", name="Submit").click()
    expect(parent.get_by_text("Your reference is")).to_be_visible()
    team.goto(f"{child}/actions")
    team.get_by_role("link", name="Consent to share information").click()
    expect(team.get_by_text("Sent by Nadia Rahman")).to_be_visible()


def register(page: Page, email: str) -> None:
    """Three steps, each at its own address."""
    page.goto("/")
    page.get_by_role("link", name="Register for new account").click()
    page.get_by_label("Forename").fill("Nadia")
    page.get_by_label("Surname").fill("Rahman")
    page.get_by_label("Postcode").fill("wm1 1aa")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1, name="Register a new account - step 2")).to_be_visible()
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password*", exact=True).fill(PASSWORD)
    page.get_by_label("Confirm password").fill(PASSWORD)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1, name="Register a new account - step 3")).to_be_visible()
    page.get_by_label("Code").fill(code_from_mail(page, email, "code to register"))
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/invitations")


def read_and_answer(page: Page) -> None:
    """Read the newest message and reply to it."""
    page.reload()
    page.get_by_role("link", name="Messages", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Robin's Inbox")).to_be_visible()
    page.get_by_role("link", name="Welcome").click()
    expect(page.get_by_text("I am your caseworker.")).to_be_visible()
    page.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Message", exact=True).fill("Thank you for writing.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Robin's Sent Items")).to_be_visible()


def fill_form(page: Page) -> None:
    """Answer what must be answered, page by page, until the answers are to be checked."""
    for _ in range(20):
        heading = page.get_by_role("heading", level=1)
        if heading.inner_text() == "Check your answers":
            return
        before = page.url
        for group in page.get_by_role("radiogroup").all():
            group.get_by_role("radio").first.check()
        for box in page.get_by_role("checkbox").all():
            box.check()
        for field in page.locator("main input[type=text], main textarea").all():
            if not field.input_value():
                field.fill("Nadia Rahman")
        page.get_by_role("button", name="Save and continue").click()
        expect(page).not_to_have_url(before)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    raise AssertionError("the form has no end")


def open_document(page: Page, description: str) -> None:
    """Click on the description, once the file has been checked."""
    link = page.get_by_role("link", name=description)
    for _ in range(40):
        if link.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".pdf")
