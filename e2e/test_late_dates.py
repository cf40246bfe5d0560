"""A decision is late: the team says why and until when, and the family reads it; in two ways of browsing."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.families import NOW, SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff
from e2e.screens.staff import fill_date
from web.dates import day

OpenBrowser = Callable[..., Page]
WHY = "We have too few caseworkers at the moment. We are sorry."


def test_the_family_reads_why_a_decision_is_late(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    uma, liv = Somebody(f"Uma {SURNAME[way]}"), Somebody(f"Liv {SURNAME[way]}")
    team, mother, target = open_browser(way), open_browser(way), NOW + timedelta(days=10)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, uma, liv, received=NOW - timedelta(days=50))
    let_in(team, mother, record, liv)

    team.goto(f"{record.staff}/timeline")
    team.get_by_role("link", name="Explain a late date").click()
    team.get_by_label("Which date is late").select_option(index=1)
    team.get_by_label("Why it is late").fill(WHY)
    fill_date(team, "New target", NOW - timedelta(days=1))
    team.get_by_role("button", name="Explain").click()
    expect(team.get_by_role("alert")).to_be_visible()
    expect(team.get_by_label("Why it is late")).to_have_value(WHY)
    fill_date(team, "New target", target)
    team.get_by_role("button", name="Explain").click()
    expect(team.get_by_role("status").first).not_to_be_empty()

    newest_mail(mother, liv.email, "why a date is late").close()
    mother.goto(f"{record.family}/timescale")
    expect(mother.get_by_text(WHY).first).to_be_visible()
    expect(mother.get_by_text(day(target)).first).to_be_visible()
