"""A mother has fled: the team is warned wherever it writes, and the father reads nothing of it; in two ways."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import SURNAME, Record, Somebody, let_in, open_record
from e2e.screens.signing_in import sign_in_staff

OpenBrowser = Callable[..., Page]
STREET = "Larkspur Close"
WRITING = ("messages/new", "documents/new", "timeline/decision", "timeline/key-date", "advice/new")


def test_where_she_is_stays_with_her_and_the_team(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    zola, ada, ben = (Somebody(f"{forename} {SURNAME[way]}") for forename in ("Zola", "Ada", "Ben"))
    team, mother, father = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, zola, ada)
    let_in(team, mother, record, ada)
    staff.invite(team, record.staff, adult=ben.name, email=ben.email)
    let_in(team, father, record, ben)

    # She moves, and tells the team, which sets the mark.
    mother.goto("/account/details")
    mother.get_by_label("Street").fill(STREET)
    mother.get_by_role("button", name="Save").click()
    expect(mother.get_by_text(STREET)).to_be_visible()
    team.goto(record.staff)
    team.get_by_role("link", name=f"Whereabouts of {ada.name}").click()
    team.get_by_label("Reason").fill("She phoned: a court order since Monday")
    team.get_by_role("button", name="Set the mark").click()
    expect(team.get_by_role("row").filter(has_text=ada.name).first).to_contain_text("Whereabouts secret")

    # Wherever the team writes, it is warned; what goes to both parents names the mark beside her alone.
    for path in WRITING:
        team.goto(f"{record.staff}/{path}")
        expect(team.get_by_text(f"Do not give away where {ada.name} is")).to_be_visible()
    staff.publish_document(team, record.staff, ben.name, "Letter about the assessment")

    # The father's pages know of no street, no mark and no mother.
    expect_nothing_of(father, record, ada)

    # Her access ends, and the mark goes on.
    team.goto(record.staff)
    team.get_by_role("link", name=f"Withdraw access of {ada.name}").click()
    team.get_by_label("Reason").fill("She asked us to write on paper for now")
    team.get_by_role("button", name="Withdraw access").click()
    team.goto(f"{record.staff}/messages/new")
    expect(team.get_by_text(f"Do not give away where {ada.name} is")).to_be_visible()


def expect_nothing_of(page: Page, record: Record, adult: Somebody) -> None:
    """Neither where `adult` is nor that this is secret stands on any page of somebody else's."""
    for path in ("", "/opened", "/documents", "/key-dates", "/messages", "/advice", "/timescale"):
        page.goto(f"{record.family}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        words = page.locator("body").inner_text()
        for secret in (STREET, adult.forename, adult.email, "whereabouts", "secret", "phoned"):
            assert secret.lower() not in words.lower(), f"{secret!r} on {path or 'the dashboard'}"
