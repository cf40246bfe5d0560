"""A message is given to a colleague, answered with a template, and the team's note stays with the team."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff
from e2e.screens.staff import choose_colleague

OpenBrowser = Callable[..., Page]
NOTE = "Grandmother phoned. She is worried about the mornings."
FILLED = re.compile(r"^Dear Daniel Hughes,\s+The next date for Isla is \w+ \d+ \w+ \d{4}\.[^{}]+Helen Marsh$")
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')


def test_a_message_is_given_away_and_answered_with_a_template(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    person = next(one for one in portal.people if one["name"] == "Daniel Hughes")
    subject = f"The bus, {way}"
    parent, team = open_browser(way), open_browser(way)
    sign_in_parent(parent, person["email"], person["password"])
    address = f"/children/{person['children'][0]['public_id']}"
    write_to_team(parent, address, "Complaint", subject, "When does it come?")

    sign_in_staff(team, portal.person("manager"))
    narrow_inbox(team, subject)
    team.get_by_role("link", name=subject, exact=True).click()
    give_to(team, "Priya Nair")
    newest_mail(team, "priya.nair@", "message").close()
    team.goto("/staff/inbox?show=mine")
    expect(team.get_by_role("link", name=subject, exact=True)).to_have_count(0)
    team.goto("/staff/inbox")
    expect(team.get_by_role("row").filter(has_text=subject)).to_contain_text("Priya Nair")
    team.get_by_role("link", name=subject, exact=True).click()
    answer_with_template(team)
    expect(team.get_by_text("It comes at 8am.")).to_be_visible()
    team.goto("/staff/inbox")
    expect(team.get_by_role("link", name=subject, exact=True)).to_have_count(0)

    record = f"/staff{address}"
    write_note(team, record)
    parent.goto(f"{address}/messages")
    parent.get_by_role("link", name=subject).first.click()
    expect(parent.get_by_text("It comes at 8am.")).to_be_visible()
    expect(parent.get_by_text(f"Dear {person['name']}")).to_be_visible()
    never_reads(parent, address, NOTE)
    assert parent.request.get(f"{record}/notes").status == 404


def test_a_manager_keeps_the_message_types(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    person = next(one for one in portal.people if one["name"] == "Sofia Rossi")
    first, renamed = f"Transport {way}", f"Getting to school {way}"
    parent, team = open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("manager"))
    team.goto("/staff/message-types")
    team.get_by_label("Name").fill(first)
    team.get_by_role("button", name="Add", exact=True).click()
    team.get_by_role("link", name=f"Rename “{first}”").click()
    expect(team.get_by_label("Name")).to_have_value(first)
    team.get_by_label("Name").fill(renamed)
    team.get_by_role("button", name="Keep").click()
    expect(team.get_by_role("row").filter(has_text=renamed)).to_contain_text("Yes")

    sign_in_parent(parent, person["email"], person["password"])
    address = f"/children/{person['children'][0]['public_id']}"
    write_to_team(parent, address, renamed, f"Taxi {way}", "Which taxi takes Luca?")
    team.get_by_role("row").filter(has_text=renamed).get_by_role("button", name="Switch off").click()
    expect(team.get_by_role("row").filter(has_text=renamed)).to_contain_text("No")
    parent.goto(f"{address}/messages/new")
    expect(parent.get_by_role("option", name=renamed)).to_have_count(0)
    team.goto("/staff/inbox")
    expect(team.get_by_role("row").filter(has_text=f"Taxi {way}")).to_contain_text(renamed)


def write_to_team(page: Page, child: str, kind: str, subject: str, message: str) -> None:
    """A parent writes."""
    page.goto(f"{child}/messages/new")
    page.get_by_label("Message Type").select_option(label=kind)
    page.get_by_label("Subject").fill(subject)
    page.get_by_role("textbox", name="Message", exact=True).fill(message)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name=subject)).to_be_visible()


def narrow_inbox(page: Page, subject: str) -> None:
    """The filter leaves messages of one type."""
    page.goto("/staff/inbox")
    page.get_by_label("Message type").select_option(label="Annual Review")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=subject, exact=True)).to_have_count(0)
    page.get_by_label("Message type").select_option(label="Complaint")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Why not?", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=subject, exact=True)).to_be_visible()


def give_to(page: Page, colleague: str) -> None:
    """From now on a colleague answers."""
    choose_colleague(page.get_by_label("Who answers"), colleague)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{colleague} answers this.")


def answer_with_template(page: Page) -> None:
    """Begin with a text of the team's, change it, send it."""
    page.get_by_role("link", name="Reply").click()
    page.get_by_label("Answer template").select_option(label="What happens next")
    page.get_by_role("button", name="Use this answer").click()
    box = page.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_have_value(FILLED)
    box.fill(f"{box.input_value()}\n\nIt comes at 8am.")
    page.get_by_role("button", name="Send", exact=True).click()


def write_note(page: Page, record: str) -> None:
    """A note that only the team reads."""
    page.goto(f"{record}/notes")
    page.get_by_label("New note").fill(NOTE)
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text(NOTE).first).to_be_visible()


def never_reads(page: Page, child: str, secret: str) -> None:
    """Nothing that the parent's pages link to holds the words."""
    seen: set[str] = set()
    waiting = [child, "/children", "/account"]
    while waiting:
        url = waiting.pop()
        seen.add(url)
        answer = page.request.get(url)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            assert secret.encode() not in answer.body(), url
            continue
        assert secret not in answer.text(), url
        waiting += {found for found in LINK.findall(answer.text()) if found.startswith(child)} - seen - set(waiting)
    assert len(seen) > 10, seen
