"""A young person asks the team to end somebody's access, and it ends; in two ways of browsing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import OF_AGE, SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff

OpenBrowser = Callable[..., Page]


def test_what_the_young_person_asks_for_is_done(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    rosa, maud = Somebody(f"Rosa {SURNAME[way]}"), Somebody(f"Maud {SURNAME[way]}")
    team, hers, mauds = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(
        team, rosa, rosa, born=OF_AGE, source="The young person", relationship=staff.YOUNG_PERSON
    )  # fmt: skip
    let_in(team, hers, record, rosa, born=OF_AGE)
    staff.invite(team, record.staff, adult=maud.name, email=maud.email, relationship=staff.AGREED)
    let_in(team, mauds, record, maud)

    # Rosa reads who sees her record and on what ground, and asks that it ends.
    hers.goto(record.family)
    hers.get_by_role("link", name="Who can see my record").click()
    expect(hers.get_by_role("row").filter(has_text=maud.name)).to_contain_text("Asked by the young person")
    expect(hers.locator("main")).not_to_contain_text(maud.email)
    hers.get_by_role("link", name=f"Ask to end it for {maud.name}").click()
    hers.get_by_label("Why do you want this?").fill("We do not speak any more.")
    hers.get_by_role("button", name="Ask the SEND team").click()
    expect(hers.get_by_role("status").first).to_contain_text("We have your message")

    # Maud, who goes on seeing the record until the team has acted, sees nothing of the message.
    mauds.goto(f"{record.family}/messages")
    expect(mauds.locator("main")).not_to_contain_text("Please end the access")
    mauds.goto(f"{record.family}/who-sees")
    expect(mauds.get_by_role("heading", level=1, name="We could not find that page")).to_be_visible()

    # The team reads it, talks with Rosa, and ends the access.
    team.goto("/staff/inbox")
    asked = f"Please end the access of {maud.name}"
    team.get_by_role("row").filter(has_text=rosa.name).get_by_role("link", name=asked, exact=True).click()
    expect(team.get_by_text("We do not speak any more.")).to_be_visible()
    team.goto(record.staff)
    team.get_by_role("link", name=f"Withdraw access of {maud.name}").click()
    team.get_by_role("button", name="Withdraw access").click()
    expect(team.get_by_role("link", name="Enter the reason")).to_be_visible()
    team.get_by_label("Reason").fill("Rosa asked for it, and told us so on the phone")
    team.get_by_role("button", name="Withdraw access").click()
    expect(team.get_by_role("status").first).to_contain_text("Access has ended")

    # Maud is told that it ended, and not why; the record is gone for her, and she from Rosa's list.
    mail = newest_mail(mauds, maud.email, "has ended")
    expect(mail.locator("main")).not_to_contain_text("Rosa asked")
    mail.close()
    mauds.goto(record.family)
    expect(mauds.get_by_role("heading", level=1, name="We could not find that page")).to_be_visible()
    mauds.goto("/children")
    expect(mauds.get_by_text("No child’s record is shared with you yet")).to_be_visible()
    hers.goto(f"{record.family}/who-sees")
    expect(hers.get_by_text("Nobody else can see it.")).to_be_visible()
