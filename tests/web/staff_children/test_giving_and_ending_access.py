"""Activate, refuse, withdraw: who may, what they see before, and that it counts at once."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, give_access, person
from tests.web.invitations.steps import ANNA, answer, browser_of, emails_to, invited
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


@pytest.fixture
async def anna(app: ASGIApp, staff: Client, settings: Settings, clock: Clock) -> Client:
    """Anna's browser; she has said yes and waits for access to Noor."""
    await invited(staff, settings, clock)
    browser = await browser_of(app, await person("Anna Aziz", clock.now), clock)
    await answer(browser)
    await emails_to(ANNA, settings, clock)
    return browser


async def noors_dashboard() -> str:
    (noor,) = await fetch("SELECT public_id FROM child WHERE forename = 'Noor'")
    return f"/children/{noor['public_id']}"


async def test_nothing_can_be_seen_before_access_is_activated(anna: Client, staff: Client) -> None:
    dashboard = await noors_dashboard()
    assert (await anna.get(dashboard)).status == 404
    await staff.press(await staff.get("/staff/access"), "Activate")
    assert (await anna.get(dashboard)).status == 200


async def test_withdrawn_access_is_gone_at_the_next_request(
    anna: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    dashboard = await noors_dashboard()
    await staff.press(await staff.get("/staff/access"), "Activate")
    await emails_to(ANNA, settings, clock)
    page = await staff.get(f"/staff{dashboard}")
    page = await staff.get(page.link("Withdraw access of Anna Aziz"))
    assert (await staff.press(page, "Withdraw access")).problems == ["Enter the reason"]
    page = await staff.press(page, "Withdraw access", reason="A court said so")
    assert "Nobody yet" in page.main
    assert "Earlier access" in page.main
    assert "A court said so" in page.main
    assert (await anna.get(dashboard)).status == 404
    assert (await anna.get("/children")).status == 200
    (email,) = await emails_to(ANNA, settings, clock)
    assert email.subject.endswith("has ended")
    (ended,) = await fetch("SELECT * FROM relationship WHERE state = 'ended'")
    assert ended["end_reason"] == "A court said so"
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'staff:access:withdrawn'")) == 1


async def test_refused_access_is_told_without_the_reason(
    anna: Client, staff: Client, settings: Settings, clock: Clock
) -> None:
    page = await staff.get("/staff/access")
    page = await staff.get(page.link("Refuse access of Anna Aziz to Noor Aziz"))
    assert (await staff.press(page, "Refuse access")).problems == ["Enter the reason"]
    page = await staff.press(page, "Refuse access", reason="Not the mother")
    assert "Nobody is waiting for access" in page.main
    (email,) = await emails_to(ANNA, settings, clock)
    assert "mother" not in email.text
    assert "being processed" not in (await anna.get("/children")).main
    assert (await anna.get(await noors_dashboard())).status == 404


async def test_a_name_that_is_not_the_invited_one_is_pointed_out(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock
) -> None:
    await invited(staff, settings, clock, adult_name="anna  AZIZ")
    await answer(await browser_of(app, await person("Anna Aziz", clock.now), clock))
    assert "Names differ" not in (await staff.get("/staff/access")).main
    await invited(staff, settings, clock, forename="Zain", email="zoe@example.com", adult_name="Zoe Aziz")
    await answer(await browser_of(app, await person("Zoe Hill", clock.now), clock))
    assert "Names differ" in (await staff.get("/staff/access")).main


async def test_a_professional_ground_needs_a_professional_account(
    app: ASGIApp, staff: Client, settings: Settings, clock: Clock
) -> None:
    await invited(staff, settings, clock, basis="professional")
    await answer(await browser_of(app, await person("Anna Aziz", clock.now), clock))
    assert "the account is not registered as one" in (await staff.get("/staff/access")).main
    await fetch("UPDATE account SET is_professional = true, organisation = 'Hill School', job_title = 'SENCO'")
    page = await staff.get("/staff/access")
    assert "the account is not registered as one" not in page.main
    assert "SENCO, Hill School" in page.main


async def test_another_team_neither_sees_nor_activates(
    app: ASGIApp, cast: Cast, anna: Client, staff: Client, clock: Clock
) -> None:
    ed, mo = await browser_of(app, cast.ed, clock), await browser_of(app, cast.mo, clock)
    (waits,) = await fetch("SELECT public_id FROM relationship WHERE state = 'waiting'")
    url = f"/staff/access/{waits['public_id']}"
    assert "Nobody is waiting" in (await ed.get("/staff/access")).main
    token = (await ed.get("/staff/children/new")).all("//input[@name='csrf_token']")[0].get("value")
    assert (await ed.post(f"{url}/activate", {"csrf_token": token})).status == 404
    assert (await ed.get(f"{url}/refuse")).status == 404
    assert (await ed.post(f"{url}/refuse", {"csrf_token": token, "reason": "x"})).status == 404
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'access:child:refused'")) == 3
    page = await mo.press(await mo.get("/staff/access"), "Activate")
    assert "Nobody is waiting" in page.main


async def test_the_list_is_paged_and_stays_in_order(app: ASGIApp, cast: Cast, staff: Client, clock: Clock) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        adult = await person(f"{letter * 3} Aziz", clock.now)
        made = await give_access(adult, cast.priya, clock.now)
        await fetch("UPDATE relationship SET state = 'waiting' WHERE id = {}", made.id)
        clock.pass_time(seconds=1)
    page = await staff.get("/staff/access")
    assert len(page.all("//tbody/tr")) == 25
    assert "aaa Aziz" in page.main
    assert "Not invited" in page.main
    page = await staff.get(page.one("//a[@rel='next']").get("href"))
    assert len(page.all("//tbody/tr")) == 1
    assert "zzz Aziz" in page.main


async def test_activating_twice_counts_once(anna: Client, staff: Client, settings: Settings, clock: Clock) -> None:
    page = await staff.get("/staff/access")
    for _ in range(2):
        assert (await staff.press(page, "Activate")).status == 200
    assert len(await emails_to(ANNA, settings, clock)) == 1
