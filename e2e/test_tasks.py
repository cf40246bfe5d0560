"""The rights have become a young person's: the task says so, and his mother's access goes on because he agreed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import sign_in_staff

OpenBrowser = Callable[..., Page]

TO = {
    "with JavaScript": ("Somebody the young person has asked to act for them", "Asked by the young person"),
    "without JavaScript": ("A representative, such as an advocate or a deputy", "Representative"),
    "with htmx blocked": ("A carer, such as a foster carer or a grandparent the child lives with", "Carer"),
}
"""One demo serves all three ways, and nobody is given the ground that is recorded already."""


def test_a_parent_s_access_goes_on_because_the_young_person_agreed(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    page, (choice, recorded) = open_browser(way), TO[way]
    sign_in_staff(page, portal.person("manager"))
    page.get_by_role("link", name="Tasks", exact=True).click()
    page.get_by_label("Show").select_option(label="All teams")
    page.get_by_label("Kind").select_option(label="The rights are now the young person’s")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="The rights are now the young person’s (Ryan Walsh)").click()
    expect(page.get_by_text("Children and Families Act 2014, sections 80 and 83")).to_be_visible()
    page.get_by_role("link", name="People with access: change or withdraw").click()
    page.get_by_role("link", name="Change relationship of Karen Walsh").click()
    page.get_by_role("button", name="Change relationship").click()
    expect(page.get_by_role("link", name="Enter the reason")).to_be_visible()
    page.get_by_label(choice).check()
    page.get_by_label("Reason").fill(f"Ryan told us at college, {way}")
    page.get_by_role("button", name="Change relationship").click()
    row = page.get_by_role("table", name="People with access").get_by_role("row").filter(has_text="Karen Walsh")
    expect(row).to_contain_text(recorded)


def test_a_task_is_done_with_a_note_and_opened_again(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    page = open_browser(way)
    sign_in_staff(page, portal.person("manager"))
    page.goto("/staff/tasks?whose=all&kind=stuck_invitation")
    page.get_by_role("link", name="An invitation is stuck (Ryan Walsh)").click()
    page.get_by_label("What did you do?").fill("Phoned his college")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("status").first).to_contain_text("Done: An invitation is stuck, Ryan Walsh.")
    page.goto("/staff/tasks?whose=all&state=done")
    page.get_by_role("link", name="An invitation is stuck (Ryan Walsh)").click()
    expect(page.get_by_text("Phoned his college")).to_be_visible()
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()
