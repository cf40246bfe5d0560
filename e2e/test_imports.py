"""Import from CSV, in three ways of browsing: mend, look, take in, the family has its code; and undo a wrong file."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.families import SURNAME
from e2e.screens.signing_in import newest_mail, sign_in_staff, unique_code
from e2e.screens.staff import verify_identity
from web.dates import today

OpenBrowser = Callable[..., Page]
HEADINGS = (
    "Child forename;Child surname;Date of birth;Request received on;Source;Adult name;Adult email;Relationship;"
    "Send invitation"
)


def test_a_file_is_mended_looked_at_and_taken_in(open_browser: OpenBrowser, portal: Portal, any_way: str) -> None:
    team = open_browser(any_way)
    sign_in_staff(team, portal.person("caseworker"))
    surname = "".join(word.title() for word in any_way.split())
    email = f"import-{any_way.replace(' ', '-')}@example.com"
    received = today(datetime.now(UTC)).isoformat()
    row = f"Wren;{surname};{{born}};{received};school;Nadia Rahman;{email};Carer;yes"

    # A date that does not exist: the line and the column are named, and there is no button.
    check(team, row.format(born="31/02/2019"))
    line = team.get_by_role("row").filter(has_text="31/02/2019")
    expect(line).to_contain_text("Date of birth")
    expect(team.get_by_role("button", name="Take in")).to_have_count(0)
    with team.expect_download() as downloaded:
        team.get_by_role("link", name="Download this list").click()
    assert downloaded.value.suggested_filename == "import-problems.csv"

    # The mended file: one child, and everything about it.
    team.get_by_role("link", name="Upload the mended file").click()
    check(team, row.format(born="28/02/2019"))
    expect(team.get_by_role("row").filter(has_text=f"Wren {surname}")).to_contain_text(email)
    team.get_by_role("button", name="Take in 1 child").click()
    wait_until_taken_in(team, any_way)

    # The child is in the caseload, and the adult has the email.
    mail = newest_mail(team, email, "Your unique code")
    mail.close()
    team.goto("/staff?" + f"search={surname}")
    expect(team.get_by_role("link", name=f"Wren {surname}")).to_be_visible()

    # The same file once more adds nobody.
    check(team, row.format(born="2019-02-28"))
    expect(team.get_by_text("There is nothing to take in")).to_be_visible()
    team.get_by_role("button", name="Cancel this import").click()
    expect(team.get_by_role("row").filter(has_text="Cancelled").first).to_be_visible()


def test_the_wrong_file_is_undone_until_somebody_works_with_it(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    team, manager, surname = open_browser(way), open_browser(way), SURNAME[way]
    sign_in_staff(team, portal.person("caseworker"))
    sign_in_staff(manager, portal.person("manager"))
    received = today(datetime.now(UTC)).isoformat()
    row = f"{{child}};{surname};2019-02-28;{received};school;Ida Rahman;{{child}}.{surname}@example.com;Carer;yes"

    # The file of another council: a caseworker sees who can help, and a manager takes everything back.
    take_in(team, row.format(child="Merle"), way, "wrong.csv")
    expect(team.get_by_text("Was it the wrong file? A manager can undo it")).to_be_visible()
    manager.goto(team.url)
    manager.get_by_role("link", name="Undo this import").click()
    expect(manager.get_by_text("Their codes stop working at once")).to_be_visible()
    manager.get_by_role("button", name="Undo this import").click()
    expect(manager.get_by_text("Everything that this file brought is gone")).to_be_visible()
    team.goto(f"/staff?search=Merle+{surname}")
    expect(team.get_by_role("link", name=f"Merle {surname}")).to_have_count(0)

    # The right file comes in. Once somebody has phoned with a code, it stays.
    take_in(team, row.format(child="Robin"), way, "right.csv")
    undo = f"{team.url}/undo"
    code = unique_code(team, f"Robin.{surname}@example.com")
    team.goto(f"/staff?search=Robin+{surname}")
    team.get_by_role("link", name=f"Robin {surname}").click()
    verify_identity(team, urlsplit(team.url).path, code)
    manager.goto(undo)
    expect(manager.get_by_text("This import cannot be undone any more")).to_be_visible()
    expect(manager.get_by_role("link", name=f"Robin {surname}")).to_be_visible()


def take_in(page: Page, row: str, way: str, name: str) -> None:
    """Check a file with one row, and take it in."""
    check(page, row, name)
    page.get_by_role("button", name="Take in 1 child").click()
    wait_until_taken_in(page, way)


def check(page: Page, row: str, name: str = "wren.csv") -> None:
    """Upload a file with one row, as Excel on Windows writes it."""
    page.goto("/staff/imports")
    content = f"{HEADINGS}\r\n{row}\r\n".encode("cp1252")
    page.get_by_label("CSV file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1, name=f"Import: {name}")).to_be_visible()


def wait_until_taken_in(page: Page, way: str) -> None:
    """With htmx the page says so by itself; without it, there is a link to press."""
    done = page.get_by_text(re.compile("1 child has been added"))
    if way == "with JavaScript":
        expect(done).to_be_visible(timeout=30_000)
        return
    for _ in range(60):
        if done.count():
            return
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(500)
    raise AssertionError("it was not taken in")
