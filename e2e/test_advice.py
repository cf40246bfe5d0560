"""A mother sees who writes about her son and asks for one more; her caseworker asks them; in three ways of browsing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff

OpenBrowser = Callable[..., Page]
WHY = "She saw him each week last year."


def test_who_is_writing_and_one_more(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    person = next(one for one in portal.people if one["name"] == "Amara Okoye")
    adviser = f"Ms Diaz, seen {way}"
    parent, team = open_browser(way), open_browser(way)
    sign_in_parent(parent, person["email"], person["password"])
    parent.goto("/children")
    parent.locator("li").filter(has_text="Kelechi Okoye").get_by_role("link", name="SEND Dashboard").click()
    parent.get_by_role("link", name="Who is writing about Kelechi").click()
    expect(parent.get_by_role("row").filter(has_text="Dr Lowe")).to_contain_text("late by 3 days")
    expect(parent.get_by_role("row").filter(has_text="Mrs Hall")).to_contain_text("came in time")
    parent.get_by_role("link", name="Ask for another adviser").click()
    parent.get_by_label("Who should we ask?").fill(adviser)
    parent.get_by_role("button", name="Send to the SEND team").click()
    expect(parent.get_by_text("A few words are enough").first).to_be_visible()
    expect(parent.get_by_label("Who should we ask?")).to_have_value(adviser)
    parent.get_by_label("How do they know Kelechi").fill(WHY)
    parent.get_by_role("button", name="Send to the SEND team").click()
    expect(parent.get_by_role("heading", level=3, name=adviser)).to_be_visible()
    newest_mail(team, "", "A family asks for another adviser").close()

    sign_in_staff(team, portal.person("manager"))
    team.goto("/staff?q=Kelechi")
    team.get_by_role("link", name="Kelechi Okoye").first.click()
    team.get_by_role("link", name="Advice", exact=True).click()
    team.get_by_role("link", name=adviser).click()
    expect(team.get_by_text(WHY)).to_be_visible()
    team.get_by_role("radio", name="We have asked them").check()
    team.get_by_label("Name for the list").fill(adviser)
    team.get_by_role("button", name="Send the answer").click()
    expect(team.get_by_role("row").filter(has_text=adviser).first).to_contain_text("42 days left")
    team.get_by_role("row").filter(has_text=adviser).first.get_by_role("link", name=adviser).click()
    team.get_by_role("button", name="Record that it came").click()
    expect(team.get_by_role("row").filter(has_text=adviser).first).to_contain_text("came in time")

    parent.reload()
    expect(parent.get_by_role("row").filter(has_text=adviser)).to_contain_text("came in time")
    expect(parent.get_by_text("We have asked them").first).to_be_visible()
