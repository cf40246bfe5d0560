"""Names and a birthday are put right, the family reads them, and an older form overwrites nothing; in two ways."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.families import SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff
from e2e.screens.staff import fill_date

OpenBrowser = Callable[..., Page]


def test_an_older_form_does_not_overwrite_a_correction(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    jon, ivy = Somebody(f"Jon {SURNAME[way]}"), Somebody(f"Ivy {SURNAME[way]}")
    team, colleague, mother = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    sign_in_staff(colleague, portal.person("manager"))
    record = open_record(team, jon, ivy)
    let_in(team, mother, record, ivy)

    # Two colleagues open the form; the first puts the name and the birthday right.
    for page in (team, colleague):
        page.goto(record.staff)
        page.get_by_role("link", name="Correct the name or date of birth").click()
        expect(page.get_by_label("Forename")).to_have_value("Jon")
    team.get_by_label("Forename").fill("Jonah")
    fill_date(team, "Date of birth", date(2018, 3, 27))
    correct(team, "Ivy showed us the birth certificate")
    expect(team.get_by_role("heading", level=1)).to_contain_text(f"Jonah {SURNAME[way]}")
    newest_mail(mother, ivy.email, "were corrected").close()
    mother.goto(record.family)
    expect(mother.get_by_text(f"Jonah {SURNAME[way]}").first).to_be_visible()

    # The second sends what was typed meanwhile: nothing is kept, and both stand side by side.
    colleague.get_by_label("Forename").fill("Jonathan")
    correct(colleague, "It stood so in an email")
    row = colleague.get_by_role("row").filter(has_text="Forename")
    expect(row).to_contain_text("Jonah")
    expect(row).to_contain_text("Jonathan")
    expect(colleague.get_by_label("Reason")).to_have_value("It stood so in an email")
    colleague.get_by_role("link", name="leave it as it is").click()
    expect(colleague.get_by_role("heading", level=1)).to_contain_text("Jonah ")

    # The mother has married: her account says so on her own pages, and she is told.
    team.get_by_role("link", name=f"Correct details of {ivy.name}").click()
    team.get_by_label("Surname").fill("Marchetti")
    correct(team, "She told us on the phone")
    expect(team.get_by_role("row").filter(has_text=ivy.email).first).to_contain_text("Ivy Marchetti")
    newest_mail(mother, ivy.email, "We corrected your details").close()
    mother.reload()
    expect(mother.locator("header")).to_contain_text("Ivy Marchetti")


def correct(page: Page, reason: str) -> None:
    """Give the reason and send the form."""
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Correct the details").click()
