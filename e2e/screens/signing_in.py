"""Signing in and out as a person does, with codes from the demo's mailbox and authenticator."""

import re
from typing import Any

import pyotp
from playwright.sync_api import Page, expect

CODE = re.compile(r"\b\d{6}\b")


_READ: set[str] = set()
"""The addresses of the emails whose code was taken already: it works once, and a newer one may still be on its way."""


def newest_mail(page: Page, to: str, subject: str, *, besides: frozenset[str] = frozenset()) -> Page:
    """Open the newest email to `to` with `subject` in the demo's mailbox, in a new tab.

    Waits for it to come, and while the newest is at one of the addresses `besides`.
    """
    tab = page.context.new_page()
    for _ in range(40):
        tab.goto("/demo/mailbox")
        link = tab.get_by_role("row").filter(has_text=to).filter(has_text=subject).get_by_role("link").first
        if link.count() and link.evaluate("link => link.href") not in besides:
            link.click()
            expect(tab.get_by_role("heading", level=1)).to_contain_text(subject)
            return tab
        tab.wait_for_timeout(250)
    raise AssertionError(f"no email {subject!r} to {to}")


def code_from_mail(page: Page, to: str, subject: str) -> str:
    """The six digits in the newest email, which nobody has taken yet."""
    tab = newest_mail(page, to, subject, besides=frozenset(_READ))
    _READ.add(tab.url)
    found = CODE.findall(tab.locator("main").inner_text())
    tab.close()
    return str(found[0])


def unique_code(page: Page, to: str) -> str:
    """The code of an invitation, as somebody reads it out on the phone."""
    tab = newest_mail(page, to, "Your unique code")
    code = next(word for word in tab.locator("main").inner_text().split() if len(word) == 9 and word[4] == "-")
    tab.close()
    return code.lower().replace("-", " ")


def link_from_mail(page: Page, to: str, subject: str) -> str:
    """The first link of this portal in the newest email, as a path."""
    tab = newest_mail(page, to, subject)
    href = tab.locator("main a[href*='/invitations/'], main a[href*='/children']").first.get_attribute("href")
    tab.close()
    assert href
    return href


def sign_in_parent(page: Page, email: str, password: str) -> None:
    """Existing users: Email, Password, Submit, and the code from the email.

    Five codes an hour go to one address, so whoever signed in before in these tests keeps that session's cookie.
    """
    key = (page.context.request.get("/healthz").url, email)
    if key in _COOKIES:
        page.context.add_cookies(_COOKIES[key])
        page.goto("/children")
    if not page.url.endswith("/children"):
        _type_emailed_code(page, email, password)
        _COOKIES[key] = page.context.cookies()


def keep_signed_in(page: Page, email: str) -> None:
    """Note the cookie that `page` has now: typing the password once more has made another one."""
    _COOKIES[page.context.request.get("/healthz").url, email] = page.context.cookies()


def _type_emailed_code(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1, name="Secure login - step 2")).to_be_visible()
    page.get_by_label("Code").fill(code_from_mail(page, email, "sign-in code"))
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/children")


def sign_in_staff(page: Page, person: dict[str, Any]) -> None:
    """The SEND team: Email, Password, Submit, and the code of the authenticator app.

    A code works once, so whoever signed in before in these tests keeps that session's cookie.
    """
    key = (page.context.request.get("/healthz").url, person["email"])
    if key in _COOKIES:
        page.context.add_cookies(_COOKIES[key])
        page.goto("/staff")
    else:
        _type_staff_codes(page, person)
        _COOKIES[key] = page.context.cookies()
    expect(page.get_by_role("heading", level=1, name="Caseload")).to_be_visible()


_COOKIES: dict[tuple[str, str], Any] = {}


def _type_staff_codes(page: Page, person: dict[str, Any]) -> None:
    page.goto("/staff/sign-in")
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Submit").click()
    page.get_by_label("Code").fill(pyotp.TOTP(person["totp_secret"]).now())
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/staff")


def log_out(page: Page) -> None:
    """The person's name at the top right opens a menu with Logout."""
    page.locator("header summary").click()
    page.get_by_role("button", name="Logout").click()
    expect(page.get_by_role("heading", name="Existing users")).to_be_visible()
