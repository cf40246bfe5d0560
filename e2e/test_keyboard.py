"""By keyboard alone: registering, signing in, and sending a message. No mouse is ever used."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import code_from_mail

PASSWORD = "Seven tired otters 7"
OpenBrowser = Callable[..., Page]

FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels[0] ? one.labels[0].innerText : one.innerText || one.value || '';
  return label.replace(/\\s+/g, ' ').trim();
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has these words has the focus, and the focus can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).replace("*", "").strip() == words:
            style: dict[str, Any] = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return {outline: s.outlineStyle, shadow: s.boxShadow, ground: s.backgroundColor}; }"
            )
            assert style["outline"] != "none" or style["shadow"] != "none", f"{words}: the focus cannot be seen"
            return
    raise AssertionError(f"Tab never reaches {words!r}")


def type_into(page: Page, words: str, text: str) -> None:
    tab_to(page, words)
    page.keyboard.type(text)


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_registering_by_keyboard_alone(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.goto("/")
    press(page, "Register for new account")
    expect(page.get_by_role("heading", level=1, name="Register a new account - step 1")).to_be_visible()
    press(page, "Next")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    press(page, "Enter your forename")
    expect(page.get_by_label("Forename")).to_be_focused()
    page.keyboard.type("Kim")
    type_into(page, "Surname", "Tran")
    type_into(page, "Postcode", "WM1 1AA")
    press(page, "Next")
    expect(page.get_by_role("heading", level=1, name="Register a new account - step 2")).to_be_focused()
    type_into(page, "Email address", "kim.tran@example.com")
    type_into(page, "Password", PASSWORD)
    type_into(page, "Confirm password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Register a new account - step 3")).to_be_focused()
    type_into(page, "Code", code_from_mail(page, "kim.tran@example.com", "code to register"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Your children")).to_be_visible()


def test_signing_in_and_sending_a_message_by_keyboard_alone(open_browser: OpenBrowser, portal: Portal) -> None:
    page, person = open_browser(), portal.person("parent")
    page.goto("/")
    type_into(page, "Email", person["email"])
    type_into(page, "Password", person["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Secure login - step 2")).to_be_visible()
    type_into(page, "Code", code_from_mail(page, person["email"], "sign-in code"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Your children")).to_be_visible()
    press(page, "SEND Dashboard")
    expect(page.get_by_role("heading", level=1, name="SEND Dashboard")).to_be_visible()
    press(page, "Messages")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Inbox")
    press(page, "New Message")
    expect(page.get_by_role("heading", level=1, name="Secure Message")).to_be_visible()
    tab_to(page, "Message Type")
    page.keyboard.press("ArrowDown")
    type_into(page, "Subject", "By keyboard")
    with page.expect_response(lambda answer: answer.status == 204):
        type_into(page, "Message", "No mouse was used.")
    press(page, "Send")
    expect(page.get_by_text("Your message has been sent.")).to_be_visible()
    expect(page.get_by_role("link", name="By keyboard")).to_be_visible()
    tab_to(page, person["name"])
    page.keyboard.press("Enter")
    press(page, "Logout")
    expect(page.get_by_role("heading", name="Existing users")).to_be_visible()
