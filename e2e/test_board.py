"""The statutory board in a browser: choose months, read the chart and the table, take the numbers home."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import sign_in_staff

OpenBrowser = Callable[..., Page]


def test_a_manager_chooses_a_team_and_takes_a_table_home(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page = open_browser(way)
    sign_in_staff(page, portal.person("manager"))
    page.goto("/staff")
    page.get_by_role("navigation", name="SEND team").get_by_role("link", name="Board", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Statutory board")).to_be_visible()
    page.get_by_label("Team", exact=True).select_option("Westmere North")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Westmere North, ", exact=False).first).to_be_visible()
    expect(page.get_by_role("img", name="6 weeks: decided whether to assess")).to_be_visible()
    table = page.get_by_role("table", name="20 weeks: the final plan was issued, by the month in which it was due")
    expect(table.get_by_role("row", name="Together")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"Download as CSV\s+20 weeks")).first.click()
    assert Path(download.value.path()).read_text("utf-8-sig").startswith("Month,Due,On time")


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_a_phone_and_a_desk_and_prints(open_browser: OpenBrowser, portal: Portal, width: int) -> None:
    page = open_browser(viewport={"width": width, "height": 800})
    sign_in_staff(page, portal.person("caseworker"))
    page.goto("/staff/board")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    chart = page.get_by_role("img", name="Open cases now").bounding_box()
    assert chart
    assert chart["width"] > 250
    assert page.get_by_label("Team", exact=True).count() == 0
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Download as CSV").first).to_be_hidden()
    expect(page.get_by_role("img", name="Open cases now")).to_be_visible()
