"""Who opened my child's record, and everything held about me as a file; in three ways of browsing."""

import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import keep_signed_in, newest_mail, sign_in_parent, sign_in_staff

OpenBrowser = Callable[..., Page]


def test_a_parent_sees_who_opened_the_record_and_takes_everything(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    family = next(one for one in portal.people if one["role"] == "parent" and one["children"])
    child = family["children"][0]
    staff, parent = open_browser(way), open_browser(way)
    manager = portal.person("manager")
    sign_in_staff(staff, manager)
    staff.goto(f"/staff/children/{child['public_id']}")
    sign_in_parent(parent, family["email"], family["password"])
    parent.goto(f"/children/{child['public_id']}")
    parent.get_by_role("link", name="Who opened this record").click()
    expect(parent.get_by_role("heading", level=1, name="Who opened this record")).to_be_visible()
    expect(parent.get_by_role("row").filter(has_text=manager["name"]).first).to_contain_text("Opened the record")
    parent.goto("/account/everything")
    parent.get_by_label("Your password").fill("not my password")
    parent.get_by_role("button", name="Get my file").click()
    expect(parent.get_by_role("link", name="Enter the password that you use now")).to_be_visible()
    parent.get_by_label("Your password").fill(family["password"])
    with parent.expect_download() as download:
        parent.get_by_role("button", name="Get my file").click()
    keep_signed_in(parent, family["email"])
    found = zipfile.ZipFile(download.value.path())
    assert found.testzip() is None
    assert child["name"] in found.read("tables/children.csv").decode()
    newest_mail(parent, family["email"], "A copy of your data").close()
