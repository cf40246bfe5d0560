"""The caseload narrowed, kept as a view, taken as a file, and cases given to a colleague; in three ways of browsing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import sign_in_staff
from e2e.screens.staff import choose_colleague

OpenBrowser = Callable[..., Page]


def test_the_caseload_is_narrowed_kept_and_taken_along(open_browser: OpenBrowser, portal: Portal, any_way: str) -> None:
    page, name = open_browser(any_way), f"Late, {any_way}"
    sign_in_staff(page, portal.person("caseworker"))
    page.get_by_label("Only").select_option(label="Late now")
    page.get_by_label("Order").select_option(label="By surname")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Yusuf Begum")).to_be_visible()
    expect(page.get_by_role("link", name="Isla Hughes")).to_have_count(0)
    page.get_by_text("Keep this view").click()
    page.get_by_label("Name of this view").fill(name)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status").first).to_contain_text(f"This view is kept as “{name}”.")
    page.goto("/staff")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("link", name="Isla Hughes")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download this list for a spreadsheet").click()
    assert "Yusuf Begum" in download.value.path().read_text()


def test_ticked_cases_go_to_a_colleague(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page = open_browser(way)
    sign_in_staff(page, portal.person("manager"))
    to = {"with JavaScript": "Tom Ellis", "without JavaScript": "Priya Nair", "with htmx blocked": "Tom Ellis"}[way]
    page.get_by_role("checkbox", name="Lily Avery").check()
    choose_colleague(page.get_by_label("Give those that are ticked to"), f"{to}, Westmere North")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("row").filter(has_text="Lily Avery")).to_contain_text(to)
