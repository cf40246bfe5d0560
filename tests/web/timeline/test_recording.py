"""The SEND team moves a case and records what happened; the family sees it and is told by email."""

from datetime import date

import pytest
from litestar.types import ASGIApp

from db.engine import fetch, fetch_one
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, sign_in
from tests.web.timeline.scene import at_timeline, day, decide, except_, record, timeline_of
from web.settings import Settings

pytestmark = pytest.mark.anyio

TODAY = date(2026, 3, 9)


async def seen_by_amal(app: ASGIApp, cast: Cast, clock: Clock, path: str = "") -> Page:
    async with Client(app) as parent:
        await sign_in(parent, cast.amal, clock.now)
        return await parent.get(f"/children/{cast.priya.public_id}{path}")


async def case_of(cast: Cast) -> dict[str, object]:
    row = await fetch_one("SELECT * FROM ehc_case WHERE child = {}", cast.priya.id)
    assert row is not None
    return dict(row)


async def test_moving_the_stage_shows_on_the_familys_dashboard(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, "stage", "Move", stage="considering")
    assert page.url == timeline_of(cast)
    assert "The stage has been moved" in page.text
    assert "Moved to: Considering the request" in page.main
    seen = await seen_by_amal(app, cast, clock)
    assert "Considering the request" in " ".join(seen.one("//li[@aria-current='step']").text_content().split())


async def test_a_decision_moves_the_case_and_its_deadline(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_to_assess", TODAY, note="The reports show that more help is needed.")
    case = await case_of(cast)
    assert (case["stage"], case["next_deadline"]) == ("advice", date(2026, 4, 27))
    seen = await seen_by_amal(app, cast, clock)
    assert "The reports show that more help is needed." in seen.main


async def test_a_refusal_ends_the_line_and_shows_the_rights(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "decided_not_to_assess", date(2026, 2, 16), note="His needs are met in school.")
    case = await case_of(cast)
    assert (case["branch"], case["next_deadline"]) == ("not_assessing", None)
    seen = await seen_by_amal(app, cast, clock)
    assert not seen.all("//li[@aria-current='step']")
    assert "Considering the request Done on Monday 16 February 2026" in seen.main
    assert "We will not assess" in seen.main
    assert "Thursday 16 April 2026 Last day to appeal to the SEND Tribunal, in 38 days" in seen.main
    assert "Last day to speak to a mediation adviser" in seen.main


async def test_an_exception_stands_beside_the_date_that_does_not_move(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast, _ = await at_timeline(client, clock)
    await except_(client, cast, TODAY, told="You asked us to wait.", **day("revised_target", date(2026, 6, 15)))
    seen = await seen_by_amal(app, cast, clock, "/timescale")
    assert "Due by Monday 25 May 2026" in seen.main
    assert "We now aim for Monday 15 June 2026." in seen.main
    assert "Exceptional personal circumstances. You asked us to wait." in seen.main
    assert "Malvern" not in seen.main
    clock.pass_time(days=90)
    late = await seen_by_amal(app, cast, clock)
    assert "new target Monday 15 June 2026" in late.main


async def test_every_adult_with_access_gets_an_email_that_tells_no_content(
    client: Client, clock: Clock, settings: Settings
) -> None:
    cast, _ = await at_timeline(client, clock)
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", cast.ben.account)
    await decide(client, cast, "decided_not_to_assess", TODAY, note="His needs are met in school.")
    (email,) = await deliver_all(settings, clock)
    assert email.to == "amal@example.com"
    assert "PRI42" in email.subject
    (letter,) = links_in(email)
    assert letter.startswith(f"/children/{cast.priya.public_id}/decisions/")
    for secret in ("Priya", "Khan", "needs", "not carry out"):
        assert secret not in email.subject + email.text + (email.html or "")


@pytest.mark.parametrize(
    ("form", "button", "typed"),
    [
        ("stage", "Move", {"stage": "considering"}),
        ("decision", "Record", {"kind": "decided_to_assess", **day("on", TODAY)}),
        ("key-date", "Add", {"title": "Meeting", **day("on", date(2026, 4, 1))}),
    ],
)
async def test_each_act_is_told_and_audited_once_however_often_the_button_is_pressed(
    client: Client, clock: Clock, settings: Settings, form: str, button: str, typed: dict[str, str]
) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await client.get(f"{timeline_of(cast)}/{form}")
    for _ in range(2):
        assert (await client.press(page, button, **typed)).url == timeline_of(cast)
    assert sorted(email.to for email in await deliver_all(settings, clock)) == ["amal@example.com", "ben@example.com"]
    acts = await fetch("SELECT event FROM audit_entry WHERE event LIKE 'staff:%' AND child = {}", cast.priya.id)
    assert len([act for act in acts if act["event"] != "staff:child:opened"]) == 1


async def test_a_key_date_comes_and_goes(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, "key-date", "Add", title="Meeting at school", **day("on", date(2026, 3, 12)))
    seen = await seen_by_amal(app, cast, clock)
    assert "Thursday 12 March 2026 Meeting at school, in 3 days" in seen.main
    page = await client.press(page, "Remove Meeting at school")
    assert page.url == timeline_of(cast)
    seen = await seen_by_amal(app, cast, clock, "/key-dates")
    assert "Meeting at school" not in seen.main


async def test_a_bank_holiday_is_a_warning_and_the_date_stands(client: Client, clock: Clock) -> None:
    _, page = await at_timeline(client, clock)
    assert "Monday 25 May 2026 is not a working day" in page.main
    assert "Due by Monday 25 May 2026" in page.main
