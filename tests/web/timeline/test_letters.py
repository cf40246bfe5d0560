"""Each decision has a letter that the family and the team read alike; a mistake is struck out and gone from sight."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from tests.client import Client
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import sign_in
from tests.web.timeline.scene import at_timeline, decide, except_
from web.settings import Settings

pytestmark = pytest.mark.anyio

REFUSED = date(2026, 2, 16)


async def test_the_email_leads_to_the_letter_with_its_reason_rights_and_law(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_not_to_assess", REFUSED, note="Her needs are met in school.")
    (address,) = links_in((await deliver_all(settings, clock))[0])
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        letter = await parent.get(address)
    assert letter.heading == "We will not carry out an EHC needs assessment"
    for said in ("Her needs are met in school.", "Thursday 16 April 2026 Last day to appeal", "section"):
        assert said in letter.main


async def test_the_team_reads_the_same_letter(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, "decided_to_assess", REFUSED)
    letter = await client.get(page.link("Letter about “We will carry out an EHC needs assessment”"))
    assert "Each of them has 6 weeks to answer" in letter.main


async def test_a_letter_of_another_child_is_not_found(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", REFUSED)
    row = await fetch_one("SELECT public_id FROM case_decision")
    assert row
    async with Client(app) as parent:
        await sign_in(parent, cast.carol, clock.now)
        for child in (cast.omar, cast.priya):
            assert (await parent.get(f"/children/{child.public_id}/decisions/{row['public_id']}")).status == 404


async def test_mediation_and_an_order_after_a_refusal_start_the_line_again(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_not_to_assess", date(2026, 1, 20))
    await decide(client, cast, "mediation_asked", date(2026, 1, 30))
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        assert "Mediation is open" in (await parent.get(f"/children/{cast.priya.public_id}")).main
        await decide(client, cast, "ordered_to_assess", date(2026, 2, 20))
        seen = (await parent.get(f"/children/{cast.priya.public_id}/timescale")).main
    assert "Due by Friday 29 May 2026" in seen
    assert "Last day to appeal" not in seen


async def test_the_letter_with_a_draft_leads_to_the_list_of_schools(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", date(2026, 1, 6))
    page = await decide(client, cast, "draft_served", date(2026, 1, 7))
    letter = await client.get(page.link("Letter about “The draft plan was sent to the family”"))
    assert letter.link("Local Offer of Westmere Council") == "https://localoffer.westmere.example"


async def test_a_review_has_its_own_clock_on_the_dashboard(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    for kind, on in (
        ("decided_to_assess", date(2026, 1, 6)),
        ("draft_served", date(2026, 1, 7)),
        ("final_issued", date(2026, 2, 2)),
        ("review_meeting", date(2026, 3, 10)),
    ):
        await decide(client, cast, kind, on)
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        seen = (await parent.get(f"/children/{cast.priya.public_id}")).main
    assert "The review of the plan" in seen
    for said in ("24 February 2026", "24 March 2026", "7 April 2026", "2 June 2026"):
        assert said in seen


async def test_an_exception_has_a_letter_that_keeps_the_reason_to_the_team(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await except_(client, cast, date(2026, 3, 2), told="You asked us to wait.")
    assert "A refuge in Malvern" in page.main
    (address,) = links_in((await deliver_all(settings, clock))[0])
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        letter = await parent.get(address)
    assert letter.heading == "Why a date may be missed"
    assert "Monday 9 March 2026" in letter.main
    for said in ("You asked us to wait.", "The date in law stays as it is: Monday 25 May 2026", "13(3)"):
        assert said in letter.main
    assert "Malvern" not in letter.main


async def test_a_letter_that_can_be_appealed_names_who_helps(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, "decided_not_to_assess", REFUSED)
    label = "We will not carry out an EHC needs assessment"
    letter = (await client.get(page.link(f"Letter about “{label}”"))).main
    for said in ("Lakeland Mediation, 01632 960 170", "Westmere SENDIASS, 01632 960 180", "Local Offer of Westmere"):
        assert said in letter
