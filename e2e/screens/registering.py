"""Registering in the three steps of the guide."""

from playwright.sync_api import Page

from e2e.screens.signing_in import code_from_mail

PASSWORD = "Seven tired otters 7"


def register(page: Page, email: str, *, name: str = "Ola Marsh", organisation: str = "") -> None:
    """An account without a child; with an `organisation` it is a professional's. Ends at Your children."""
    page.goto("/register/details")
    forename, surname = name.split()
    page.get_by_label("Forename").fill(forename)
    page.get_by_label("Surname").fill(surname)
    if organisation:
        page.get_by_role("checkbox", name="Is this account being used in a professional capacity?").check()
        page.get_by_label("Organisation").fill(organisation)
        page.get_by_label("Job title").fill("SENCO")
    page.get_by_label("Postcode").fill("wm1 1aa")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password*", exact=True).fill(PASSWORD)
    page.get_by_label("Confirm password").fill(PASSWORD)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Code").fill(code_from_mail(page, email, "code to register"))
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/children")
