"""School age is over: a task says so, the young person is invited, and it closes when all is as they wish; two ways."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens import staff
from e2e.screens.families import OF_AGE, SURNAME, Somebody, let_in, open_record
from e2e.screens.signing_in import newest_mail, sign_in_staff

OpenBrowser = Callable[..., Page]
TASK = "The rights are now the young person’s"


def test_the_record_becomes_the_young_persons_own(open_browser: OpenBrowser, portal: Portal, way: str) -> None:
    noor, hana = Somebody(f"Noor {SURNAME[way]}"), Somebody(f"Hana {SURNAME[way]}")
    team, mother, hers = open_browser(way), open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("caseworker"))
    record = open_record(team, noor, hana)
    let_in(team, mother, record, hana)

    # The birthday was typed wrongly: Noor is 17, so the rights are hers, and the record still stands as her mother's.
    team.goto(f"{record.staff}/details")
    staff.fill_date(team, "Date of birth", OF_AGE)
    team.get_by_label("Reason").fill("Hana showed us the birth certificate")
    team.get_by_role("button", name="Correct the details").click()
    expect(team.get_by_role("status").first).to_contain_text("The details are corrected")

    # The task names the law and leads to the invitation.
    portal.look_for_tasks()
    team.goto(record.staff)
    team.get_by_role("link", name=TASK).click()
    expect(team.get_by_text("Children and Families Act 2014, sections 80 and 83")).to_be_visible()
    team.get_by_role("link", name="Invite the young person").click()
    team.get_by_label("Email address").fill(noor.email)
    team.get_by_label("The adult's name").fill(noor.name)
    staff.choose(team, "Their relationship to the child", staff.YOUNG_PERSON)
    team.get_by_role("button", name="Send code").click()
    let_in(team, hers, record, noor, born=OF_AGE)
    hers.goto(record.family)
    expect(hers.get_by_role("link", name="Who can see my record")).to_be_visible()

    # She agreed that her mother goes on seeing it, so it goes on, on that ground.
    team.goto(record.staff)
    team.get_by_role("link", name=f"Change relationship of {hana.name}").click()
    team.get_by_role("radio", name=staff.AGREED).check()
    team.get_by_label("Reason").fill("Noor told us on the phone today")
    team.get_by_role("button", name="Change relationship").click()
    expect(team.get_by_role("status").first).to_contain_text(f"{hana.name} keeps access")
    newest_mail(mother, hana.email, "has changed").close()
    mother.goto(record.family)
    expect(mother.get_by_role("heading", level=1, name="SEND Dashboard")).to_be_visible()

    # Then there is nothing left to do.
    portal.look_for_tasks()
    team.reload()
    expect(team.get_by_role("link", name=TASK)).to_have_count(0)
