"""Asking again takes nothing away: the refusal's letter, its rights, and what follows them stay where they were."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch_one
from portal.cases.commands import open_case
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, sign_in
from tests.web.timeline.scene import at_timeline, day, decide, except_, record, timeline_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

REFUSED = date(2026, 2, 10)
LAST_DAY = "Friday 10 April 2026 Last day to appeal to the SEND Tribunal"


async def asked_again(client: Client, clock: Clock) -> Cast:
    """Priya's first request was refused, and a second one came on 2 March."""
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_not_to_assess", REFUSED, note="His needs are met in school.")
    await open_case(cast.priya.id, date(2026, 3, 2), "parent", now=clock.now)
    return cast


async def seen_by_amal(app: ASGIApp, cast: Cast, clock: Clock, path: str) -> Page:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        return await parent.get(path)


async def earlier(client: Client, cast: Cast) -> Page:
    page = await client.get(timeline_of(cast))
    return await client.get(page.link("Request of Monday 5 January 2026"))


async def decide_earlier(client: Client, cast: Cast, kind: str, on: date) -> Page:
    page = await earlier(client, cast)
    form = await client.get(page.link("Record a decision"))
    return await client.press(form, "Record", kind=kind, note="We told you why.", **day("on", on))


async def test_the_letter_in_the_email_still_opens(
    app: ASGIApp, client: Client, clock: Clock, settings: Settings
) -> None:
    cast = await asked_again(client, clock)
    (address,) = links_in((await deliver_all(settings, clock))[0])
    letter = await seen_by_amal(app, cast, clock, address)
    assert letter.heading == "We will not carry out an EHC needs assessment"
    assert "Friday 10 April 2026 Last day to appeal to the SEND Tribunal" in letter.main


async def test_the_right_to_appeal_runs_on_beside_the_new_request(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked_again(client, clock)
    child = f"/children/{cast.priya.public_id}"
    seen = await seen_by_amal(app, cast, clock, child)
    assert "Stage 1 of 8: Request received" in seen.main
    assert LAST_DAY in seen.main
    assert (
        "Friday 10 April 2026 Last day to appeal" in (await seen_by_amal(app, cast, clock, f"{child}/key-dates")).main
    )
    clock.pass_time(days=33)
    assert "Last day to appeal" not in (await seen_by_amal(app, cast, clock, child)).main


async def test_mediation_about_the_earlier_refusal_is_recorded_there(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await asked_again(client, clock)
    page = await decide_earlier(client, cast, "mediation_asked", date(2026, 3, 4))
    assert "The family asked for mediation" in page.main
    assert "Request of Monday 5 January 2026, shown here: We will not assess" in page.main
    seen = await seen_by_amal(app, cast, clock, f"/children/{cast.priya.public_id}")
    assert "Mediation is open What it is: It is about the request of Monday 5 January 2026." in seen.main
    await decide_earlier(client, cast, "mediation_certificate", date(2026, 3, 9))
    assert LAST_DAY in (await seen_by_amal(app, cast, clock, f"/children/{cast.priya.public_id}")).main


async def test_an_order_about_the_earlier_refusal_goes_on_in_the_newest_request(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await asked_again(client, clock)
    await decide_earlier(client, cast, "ordered_to_assess", date(2026, 3, 6))
    case = await fetch_one(
        "SELECT stage, branch, next_deadline FROM ehc_case WHERE child = {} ORDER BY received_on DESC LIMIT 1",
        cast.priya.id,
    )
    assert case == {"stage": "advice", "branch": "", "next_deadline": date(2026, 5, 15)}
    seen = await seen_by_amal(app, cast, clock, f"/children/{cast.priya.public_id}")
    assert "Due by Friday 12 June 2026" in seen.main
    assert "Last day to appeal" not in seen.main


async def test_only_what_follows_a_refusal_can_be_recorded_in_the_earlier_request(client: Client, clock: Clock) -> None:
    cast = await asked_again(client, clock)
    page = await decide_earlier(client, cast, "decided_to_assess", date(2026, 3, 6))
    assert page.problems == ["This assessment has ended, so nothing more can be decided in it"]
    assert "This is about an earlier request" in page.main
    assert not (await earlier(client, cast)).all("//a[. = 'Move the stage']")


async def test_striking_out_the_earlier_refusal_says_first_that_both_requests_would_stand_open(
    client: Client, clock: Clock
) -> None:
    cast = await asked_again(client, clock)
    page = await earlier(client, cast)
    form = await client.get(page.link("Strike out about “We will not carry out an EHC needs assessment”"))
    assert "both stand open afterwards" in form.main


async def test_a_date_that_the_team_added_outlives_the_request_it_was_added_in(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, _ = await at_timeline(client, clock)
    await record(client, cast, "key-date", "Add", title="Mediation meeting", **day("on", date(2026, 3, 20)))
    await decide(client, cast, "decided_not_to_assess", REFUSED)
    await open_case(cast.priya.id, date(2026, 3, 2), "parent", now=clock.now)
    assert "Mediation meeting" in (await seen_by_amal(app, cast, clock, f"/children/{cast.priya.public_id}")).main
    page = await client.press(await client.get(timeline_of(cast)), "Remove Mediation meeting")
    assert "Mediation meeting" not in page.main


async def test_a_request_of_another_child_is_not_found(client: Client, clock: Clock) -> None:
    cast = await asked_again(client, clock)
    await except_(client, cast, date(2026, 3, 3))
    row = await fetch_one("SELECT public_id FROM ehc_case WHERE child = {}", cast.omar.id)
    assert row
    assert (await client.get(f"{timeline_of(cast)}?case={row['public_id']}")).status == 404
