"""A caseworker is away: the parent reads who covers, the cover finds the child; in three ways of browsing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import sign_in_parent, sign_in_staff
from portal.dates import LONDON

OpenBrowser = Callable[..., Page]


def type_day(page: Page, group: str, days_ahead: int) -> None:
    """Type the day that is so many days after today in England."""
    day = datetime.now(LONDON).date() + timedelta(days=days_ahead)
    fields = page.get_by_role("group", name=group)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        fields.get_by_label(label).fill(str(value))


def test_parents_read_who_covers_and_the_cover_has_the_cases(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    priya, helen = portal.person("caseworker", name="Priya Nair"), portal.person("manager", name="Helen Marsh")
    sofia = portal.person("parent", name="Sofia Rossi")
    child = sofia["children"][0]
    caseworker, cover, parent = open_browser(way), open_browser(way), open_browser(way)

    sign_in_staff(caseworker, priya)
    caseworker.get_by_role("link", name="Today", exact=True).click()
    expect(caseworker.get_by_role("heading", level=1, name="Today")).to_be_visible()
    caseworker.get_by_role("link", name="Record that you will be away").click()
    type_day(caseworker, "First day away", 0)
    type_day(caseworker, "Last day away", 5)
    caseworker.get_by_label("Who covers").select_option(label="Helen Marsh")
    caseworker.get_by_role("button", name="Record").click()
    expect(caseworker.locator("main")).to_contain_text("Helen Marsh covers.")

    sign_in_parent(parent, sofia["email"], sofia["password"])
    parent.goto(f"/children/{child['public_id']}")
    expect(parent.locator("#panel-caseworker")).to_contain_text("Helen is covering.")

    sign_in_staff(cover, helen)
    cover.goto("/staff/today")
    expect(cover.locator("main")).to_contain_text("You are covering for Priya Nair until")
    expect(cover.locator("main")).to_contain_text("You are covering for Tom Ellis until")
    cover.goto("/staff?whose=mine")
    expect(cover.get_by_role("link", name=child["name"])).to_be_visible()

    caseworker.get_by_role("button", name="End now").click()
    expect(caseworker.locator("main")).to_contain_text("No absence is recorded.")
    parent.reload()
    expect(parent.locator("#panel-caseworker")).not_to_contain_text("Helen is covering.")
