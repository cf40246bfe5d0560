"""Registering in the three steps of the guide, and accepting an invitation."""

from datetime import date

from playwright.sync_api import Page, expect

from e2e.screens.signing_in import code_from_mail
from e2e.screens.staff import fill_date

PASSWORD = "Seven tired otters 7"


def register(
    page: Page, email: str, *, name: str = "Ola Marsh", organisation: str = "", born: date | None = None
) -> None:
    """An account without a child; with an `organisation` a professional's, with a birthday the young person's own.

    Ends at Your children.
    """
    page.goto("/register/details")
    forename, surname = name.split()
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    if organisation:
        page.get_by_role("checkbox", name="Is this account being used in a professional capacity?").check()
        page.get_by_label("Organisation").fill(organisation)
        page.get_by_label("Job title").fill("SENCO")
    if born:
        page.get_by_role("checkbox", name="I am the young person").check()
        fill_date(page, "Date of birth", born)
    page.get_by_label("Postcode").fill("wm1 1aa")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password*", exact=True).fill(PASSWORD)
    page.get_by_label("Confirm password").fill(PASSWORD)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Code").fill(code_from_mail(page, email, "code to register"))
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/children")


def accept(page: Page, child: str) -> None:
    """Account Setup, and the second look at it."""
    expect(page.get_by_role("heading", level=1, name="Account Setup")).to_be_visible()
    expect(page.get_by_text("1 Invitations awaiting approval")).to_be_visible()
    page.get_by_role("checkbox", name=child).check()
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1, name="Confirm")).to_be_visible()
    expect(page.get_by_text("Have you entered all the information you need to?")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Confirm")
