"""Somebody looks after their own account, and the SEND team sees what it must; in three ways of browsing."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.registering import PASSWORD, register
from e2e.screens.signing_in import code_from_mail, log_out, newest_mail, sign_in_parent, sign_in_staff

OpenBrowser = Callable[..., Page]
NEW_PASSWORD = "Nine quiet herons 9"


def app_code(secret: str, *, later: int) -> str:
    """What the app shows `later` steps of 30 seconds from now; each code works once, one step either side."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * later))


def test_details_email_address_and_browsers_then_closing(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    name = way.replace(" ", "-")
    old, new = f"account-{name}@example.com", f"account-{name}-new@example.com"
    mine, library = open_browser(way), open_browser(way)
    register(mine, old)
    sign_in_parent(library, old, PASSWORD)

    mine.goto("/account")
    mine.get_by_role("link", name="Change your details").click()
    mine.get_by_label("Street").fill("Mill Lane")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Mill Lane, WM1 1AA")).to_be_visible()

    mine.get_by_role("link", name="Change where you are signed in").click()
    expect(mine.get_by_text("This one")).to_be_visible()
    mine.get_by_role("button", name="Sign out there").click()
    expect(mine.get_by_role("button", name="Sign out there")).to_have_count(0)
    library.goto("/account")
    expect(library.get_by_role("heading", name="Existing users")).to_be_visible()

    mine.goto("/account/email")
    mine.get_by_label("New email address").fill(new)
    mine.get_by_label("Current password").fill(PASSWORD)
    mine.get_by_role("button", name="Next").click()
    expect(mine.get_by_role("heading", level=1, name="Check your new email address")).to_be_visible()
    mine.get_by_label("Code").fill(code_from_mail(mine, new, "code to change your email address"))
    mine.get_by_role("button", name="Change email address").click()
    expect(mine.get_by_text(new)).to_be_visible()
    newest_mail(mine, old, "The email address of your account was changed").close()

    mine.get_by_role("link", name="Close your account").click()
    mine.get_by_label("Current password").fill(PASSWORD)
    mine.get_by_role("button", name="Close my account").click()
    expect(mine.get_by_role("heading", level=1, name="Your account is closed")).to_be_visible()
    newest_mail(mine, new, "Your account is closed").close()
    mine.goto("/")
    mine.get_by_label("Email", exact=True).fill(new)
    mine.get_by_label("Password", exact=True).fill(PASSWORD)
    mine.get_by_role("button", name="Submit").click()
    expect(mine.get_by_text("Check your email address and password").first).to_be_visible()


def test_a_new_password_fewer_emails_and_signing_out_everywhere_else(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    email = f"password-{way.replace(' ', '-')}@example.com"
    mine, library, phone = open_browser(way), open_browser(way), open_browser(way)
    register(mine, email)
    sign_in_parent(library, email, PASSWORD)

    mine.goto("/account")
    mine.get_by_role("link", name="Change your password").click()
    mine.get_by_label("Current password").fill(PASSWORD)
    mine.get_by_label("New password*", exact=True).fill(NEW_PASSWORD)
    mine.get_by_label("Confirm new password").fill(NEW_PASSWORD)
    mine.get_by_role("button", name="Change password").click()
    expect(mine.get_by_text("Your password has been changed. You are signed out everywhere else.")).to_be_visible()
    newest_mail(mine, email, "Your password was changed").close()
    library.goto("/account")
    expect(library.get_by_role("heading", name="Existing users")).to_be_visible()

    mine.goto("/account")
    mine.get_by_role("link", name="Change what we email you about").click()
    mine.get_by_role("checkbox", name="Messages").uncheck()
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Documents, Actions, Dates and news of the case")).to_be_visible()

    sign_in_parent(phone, email, NEW_PASSWORD)
    mine.goto("/account/sessions")
    mine.get_by_role("button", name="Sign out everywhere but here").click()
    expect(mine.get_by_text("You are signed out everywhere but here.")).to_be_visible()
    phone.goto("/account")
    expect(phone.get_by_role("heading", name="Existing users")).to_be_visible()
    mine.goto("/account")
    expect(mine.get_by_role("heading", level=1, name="Your account")).to_be_visible()


def test_an_authenticator_app_takes_the_place_of_emailed_codes(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    email = f"app-{way.replace(' ', '-')}@example.com"
    page = open_browser(way)
    register(page, email)
    page.goto("/account")
    page.get_by_role("link", name="Change your authenticator app").click()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator(".portal-number").inner_text().replace(" ", "")
    if time.time() % 30 > 26:
        page.wait_for_timeout(5000)  # A code of the step before must not grow older than one step on its way.
    page.get_by_label("Code").fill(app_code(secret, later=-1))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("On. It shows you a code when you sign in")).to_be_visible()

    log_out(page)
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Open your authenticator app")).to_be_visible()
    page.get_by_label("Code").fill(app_code(secret, later=0))
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/children")

    page.goto("/account/authenticator")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("Code from your app").fill(app_code(secret, later=1))
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_text("Off. We email you a code when you sign in", exact=True)).to_be_visible()


def test_the_team_sees_who_would_rather_have_letters_on_paper(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    family = portal.person("parent", name="David Okoye")
    parent, team = open_browser(way), open_browser(way)
    sign_in_parent(parent, family["email"], family["password"])
    sign_in_staff(team, portal.person("manager"))
    for wanted in (True, False):
        parent.goto("/account/notices")
        parent.get_by_role("checkbox", name="I would rather get letters on paper").set_checked(wanted)
        parent.get_by_role("button", name="Save").click()
        expect(parent.get_by_role("heading", level=1, name="Your account")).to_be_visible()
        team.goto(f"/staff/children/{family['children'][0]['public_id']}")
        row = team.locator("#child-people").get_by_role("row").filter(has_text="David Okoye")
        expect(row.get_by_text("Wants letters on paper")).to_have_count(1 if wanted else 0)
