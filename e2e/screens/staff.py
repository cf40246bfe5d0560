"""The SEND team's screens, in the words that stand on them."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from portal.demo.pdf import letter
from web.dates import today

PARENT = "A parent, or somebody else with parental responsibility"
YOUNG_PERSON = "The young person"
AGREED = "Somebody the young person has asked to act for them"


def fill_date(page: Page, legend: str, day: date) -> None:
    """Type a date in its three parts."""
    group = page.get_by_role("group", name=legend)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


def choose(page: Page, question: str, answer: str) -> None:
    """Press the radio button with precisely these words."""
    page.get_by_role("radiogroup", name=question).get_by_role("radio", name=answer, exact=True).check()


def add_child(
    page: Page,
    *,
    forename: str,
    surname: str,
    email: str,
    adult: str,
    received: date,
    born: date = date(2019, 3, 27),
    source: str = "A parent or carer",
    relationship: str = PARENT,
) -> str:
    """Add a child and send the code; gives the path of the child's page."""
    page.goto("/staff/children/new")
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    fill_date(page, "Date of birth", born)
    fill_date(page, "Date the request was received", received)
    choose(page, "Who asked for the assessment?", source)
    page.get_by_label("Email address that asked for the assessment").fill(email)
    page.get_by_label("The adult's name").fill(adult)
    choose(page, "Their relationship to the child", relationship)
    page.get_by_role("button", name="Add child and send code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{forename} {surname}")
    return urlsplit(page.url).path


def invite(page: Page, child: str, *, adult: str, email: str, relationship: str = PARENT) -> None:
    """Invite one more adult, and send the code."""
    page.goto(f"{child}/invitations/new")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("The adult's name").fill(adult)
    choose(page, "Their relationship to the child", relationship)
    page.get_by_role("button", name="Send code").click()
    expect(page.get_by_role("table", name="Invitations").get_by_role("row").filter(has_text=email)).to_be_visible()


def verify_identity(page: Page, child: str, code: str) -> None:
    """Somebody is on the phone with a code."""
    page.goto(child)
    page.get_by_label("Unique code").fill(code)
    page.get_by_role("radio", name="I know them and recognised them").check()
    page.get_by_role("button", name="Verify identity").click()
    expect(page.get_by_role("status").first).not_to_be_empty()


def activate(page: Page, adult: str) -> None:
    """Give access to an invitation that was accepted."""
    page.goto("/staff/access")
    row = page.get_by_role("row").filter(has_text=adult)
    row.get_by_role("button", name="Activate").click()
    expect(page.get_by_role("status").first).not_to_be_empty()


def write_message(page: Page, child: str, adult: str, subject: str, message: str) -> None:
    """Write to one adult of a child."""
    page.goto(f"{child}/messages/new")
    page.get_by_role("radio", name=adult).check()
    page.get_by_label("Message Type").select_option(index=1)
    page.get_by_label("Subject").fill(subject)
    page.get_by_role("textbox", name="Message", exact=True).fill(message)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name=subject)).to_be_visible()


def ask_for_form(page: Page, child: str, adult: str, form: str) -> None:
    """Ask one adult for a form."""
    page.goto(f"{child}/actions/new")
    page.get_by_role("radio", name=adult).check()
    page.get_by_role("combobox", name="Form", exact=True).select_option(label=form)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("link", name=form)).to_be_visible()


def publish_document(page: Page, child: str, adult: str, description: str) -> None:
    """Add a document and publish it to one adult now."""
    page.goto(f"{child}/documents/new")
    content = letter(description, ["We have received the request."])
    page.get_by_label("File").set_input_files({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content})
    page.get_by_label("Description").fill(description)
    fill_date(page, "Document date", today(datetime.now(UTC)))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("checkbox", name=adult).check()
    page.get_by_role("radio", name="Now").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Check before you publish")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Documents of")


def choose_colleague(choices: Locator, name: str) -> None:
    """Choose who begins with `name`: behind it the list may say that they are away."""
    choices.select_option(choices.locator("option", has_text=name).first.get_attribute("value"))
