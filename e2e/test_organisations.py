"""A school's new SENCO gets the school's children, and the one who left loses them; in three ways of browsing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.conftest import Portal
from e2e.screens.registering import register
from e2e.screens.signing_in import newest_mail, sign_in_parent, sign_in_staff

OpenBrowser = Callable[..., Page]


def test_the_new_senco_says_yes_and_sees_the_schools_children(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    email = f"senco-{way.replace(' ', '-')}@example.com"
    team, senco = open_browser(way), open_browser(way)
    sign_in_staff(team, portal.person("manager"))
    team.get_by_role("link", name="Organisations").click()
    team.get_by_role("link", name="Lakeside Primary School").click()
    team.get_by_role("link", name="Ask somebody to join").click()
    team.get_by_label("Name", exact=False).first.fill("Nia Reed")
    team.get_by_label("Work email address").fill(email)
    team.get_by_role("radio", name="I phoned them through the organisation’s own number").check()
    team.get_by_role("button", name="Send invitation").click()
    expect(team.get_by_role("row").filter(has_text=email)).to_contain_text("Asked")
    newest_mail(senco, email, "You are asked to join Lakeside Primary School").close()

    register(senco, email, name="Nia Reed", organisation="Lakeside Primary School")
    senco.get_by_role("link", name="Answer now").click()
    senco.get_by_role("button", name="Yes, I work at Lakeside Primary School").click()
    expect(senco.get_by_role("heading", name="Kelechi Okoye")).to_be_visible()

    # She leaves the school, and with it every child at once.
    team.reload()
    team.get_by_role("row").filter(has_text=email).get_by_role("link", name="End").click()
    team.get_by_label("Reason").fill("Left the school")
    team.get_by_role("button", name="End").click()
    expect(team.get_by_role("status").first).to_contain_text("They no longer see the children of this organisation")
    expect(team.get_by_role("row").filter(has_text=email)).to_have_count(0)
    senco.reload()
    expect(senco.get_by_text("Kelechi Okoye")).to_have_count(0)


def test_the_schools_senco_of_the_demo_sees_its_children(open_browser: OpenBrowser, portal: Portal) -> None:
    simon = portal.person("professional")
    page = open_browser()
    sign_in_parent(page, simon["email"], simon["password"])
    for name in ("Ethan Turner", "Kelechi Okoye", "Owen Price"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_the_team_looks_who_will_see_a_child_before_a_school_does(
    open_browser: OpenBrowser, portal: Portal, way: str
) -> None:
    team, parent = open_browser(way), portal.person("parent", name="Sofia Rossi")
    sign_in_staff(team, portal.person("caseworker", name="Priya Nair"))
    team.goto(f"/staff/children/{parent['children'][0]['public_id']}/organisations")
    team.get_by_label("Organisation").select_option(label="Lakeside Primary School")
    team.get_by_role("button", name="Continue").click()
    expect(team.get_by_role("heading", level=1, name="Check who will see Luca Rossi")).to_be_visible()
    expect(team.get_by_role("listitem").filter(has_text="Simon Clarke")).to_be_visible()
    team.get_by_role("link", name="Back", exact=True).click()
    expect(team.get_by_label("Organisation").locator("option:checked")).to_have_text("Lakeside Primary School")
    team.get_by_role("button", name="Continue").click()
    team.get_by_role("button", name="Give access").click()
    expect(team.get_by_role("status").first).to_contain_text("Lakeside Primary School sees Luca Rossi now")
    newest_mail(team, parent["email"], "An organisation can now see parts of case").close()
    team.get_by_role("button", name="End for Lakeside Primary School").click()
    expect(team.get_by_role("status").first).to_contain_text("no longer sees Luca Rossi")
    newest_mail(team, parent["email"], "works with case").close()
