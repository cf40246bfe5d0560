"""Whoever works with a child sees what they were asked for: the stage and its dates, and what is their own."""

from datetime import date, timedelta

import pytest

from db.engine import fetch
from portal.access.queries import ChildRecord, child_of
from portal.cases.commands import record_decision, record_exception
from portal.cases.facts import Decision, LawfulException
from tests.belongings import give_belongings
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in
from tests.web.everything.taking import everything_in, table, taken

pytestmark = pytest.mark.anyio

PANELS = [
    "Statutory Timescales",
    "Key Dates",
    "Actions to Complete",
    "Messages",
    "Documents to View",
    "SEND Caseworker",
]


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    """Ann works with Priya, whose draft plan is with her parents and whose family has appealed."""
    cast = await gather(clock.now)
    ann = await person("Ann Lee", clock.now)
    await give_access(ann, cast.priya, clock.now, "professional")
    await sign_in(client, ann, clock.now)
    return cast


async def recorded(cast: Cast, clock: Clock, *kinds: str, note: str = "") -> ChildRecord:
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    for number, kind in enumerate(kinds):
        on = date(2026, 2, 2) + timedelta(days=number)
        await record_decision(cast.dee, record, Decision(kind, on, note), today=clock.now.date(), now=clock.now)
    return record


async def record_on(cast: Cast, clock: Clock, kind: str, on: date) -> None:
    record = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    await record_decision(cast.dee, record, Decision(kind, on, "Why"), today=clock.now.date(), now=clock.now)


async def page_of(client: Client, cast: Cast, path: str = "") -> Page:
    return await client.get(f"/children/{cast.priya.public_id}{path}")


async def test_the_dashboard_has_its_panels_and_says_what_one_sees(client: Client, cast: Cast) -> None:
    page = await page_of(client, cast)
    assert [one.text_content().strip() for one in page.all("//main//section//h2")] == PANELS
    assert "You see what you were asked for." in page.main
    assert not page.all("//main//a[contains(@href, '/opened') or contains(@href, '/advice')]")


@pytest.mark.parametrize(
    "path", ["/opened", "/advice", "/advice/new", "/draft-plan", "/draft-plan/B", "/draft-plan/check"]
)
async def test_the_familys_own_pages_are_not_there(client: Client, cast: Cast, path: str) -> None:
    assert (await page_of(client, cast, path)).status == 404
    found = await fetch("SELECT event, child FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert found == [{"event": "access:part:refused", "child": cast.priya.id}]


async def test_letters_are_not_there_and_no_email_leads_to_them(client: Client, cast: Cast, clock: Clock) -> None:
    await recorded(cast, clock, "decided_not_to_assess", note="Amal moved to a refuge in Malvern")
    row = await fetch("SELECT public_id FROM case_decision")
    assert (await page_of(client, cast, f"/decisions/{row[0]['public_id']}")).status == 404
    told = {row["email"] for row in await fetch("SELECT email FROM notice")}
    assert told == {cast.amal.email, cast.ben.email}


async def test_reasons_notes_rights_and_appeals_are_not_shown(client: Client, cast: Cast, clock: Clock) -> None:
    kinds = ("decided_not_to_assess", "mediation_asked", "mediation_certificate", "appeal_made")
    await recorded(cast, clock, *kinds, note="Amal moved to a refuge")
    for path in ("", "/timescale", "/key-dates"):
        text = (await page_of(client, cast, path)).main.casefold()
        for secret in ("refuge", "appeal", "mediation", "tribunal", "your rights", "what you can do"):
            assert secret not in text, (path, secret)


async def test_the_reason_of_an_exception_is_not_shown(client: Client, cast: Cast, clock: Clock) -> None:
    record = await recorded(cast, clock, "decided_to_assess")
    reason = LawfulException("personal", "final", date(2026, 2, 9), "Amal moved to a refuge", "Mo Bell")
    await record_exception(cast.dee, record, reason, today=clock.now.date(), now=clock.now)
    for path in ("", "/timescale"):
        text = (await page_of(client, cast, path)).main
        assert "refuge" not in text
        assert "Why a date may be missed" not in text


async def test_the_days_to_comment_are_the_familys(client: Client, cast: Cast, clock: Clock) -> None:
    await recorded(cast, clock, "decided_to_assess", "decided_to_issue", "draft_served")
    for path in ("", "/timescale", "/key-dates"):
        text = (await page_of(client, cast, path)).main
        assert "comment on the draft" not in text.casefold(), path
        assert "18 February 2026" not in text, path
    calendar = await client.http.get(f"/children/{cast.priya.public_id}/key-dates.ics")
    assert "comment" not in calendar.text.casefold()
    assert "The final plan is due" in calendar.text


async def test_the_days_to_comment_on_changes_are_the_familys(client: Client, cast: Cast, clock: Clock) -> None:
    await recorded(cast, clock, "decided_to_assess", "draft_served")
    for kind, on in (("final_issued", date(2026, 2, 20)), ("changes_proposed", date(2026, 3, 9))):
        await record_on(cast, clock, kind, on)
    text = (await page_of(client, cast, "/timescale")).main
    assert "The changed plan is due" in text
    assert "has asked the family what they think" in text
    for path in ("", "/timescale", "/key-dates"):
        text = (await page_of(client, cast, path)).main
        for own in ("23 March 2026", "Last day to", "say what you think"):
            assert own not in text, path


async def test_a_plan_that_is_to_stop_goes_on_for_now_and_no_day_tells_of_an_appeal(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await fetch("UPDATE ehc_case SET received_on = '2025-01-06' WHERE child = {}", cast.priya.id)
    acts = (
        ("decided_to_assess", date(2025, 2, 3)),
        ("draft_served", date(2025, 4, 1)),
        ("final_issued", date(2025, 5, 1)),
        ("ceasing_proposed", date(2025, 11, 3)),
        ("ceased", date(2025, 12, 1)),
        ("appeal_made", date(2026, 1, 12)),
    )
    for kind, on in acts:
        await record_on(cast, clock, kind, on)
    assert "The plan and its help go on for now." in (await page_of(client, cast, "/timescale")).main
    for path in ("/timescale", "/key-dates"):
        assert "go on until" not in (await page_of(client, cast, path)).main


async def test_the_dates_in_law_are_there(client: Client, cast: Cast, clock: Clock) -> None:
    await recorded(cast, clock, "decided_to_assess")
    assert "25 May 2026" in (await page_of(client, cast, "/timescale")).main


async def test_what_belongs_to_a_parent_is_not_there_and_what_is_their_own_is(
    client: Client, cast: Cast, clock: Clock
) -> None:
    has = await give_belongings(cast.ben, cast.priya.id, cast.dee, clock.now)
    for path in (f"/messages/{has.message}", f"/documents/{has.document}", f"/actions/{has.action}"):
        assert (await page_of(client, cast, path)).status == 404
    page = await client.press(
        await page_of(client, cast, "/messages/new"),
        "Send",
        message_type="Annual Review",
        subject="A report",
        message="It is ready",
    )
    assert "A report" in page.main


async def test_everything_about_me_leaves_the_familys_decisions_out(client: Client, cast: Cast, clock: Clock) -> None:
    await recorded(cast, clock, "decided_not_to_assess", "appeal_made", note="Between us")
    found = await taken(client)
    assert [row["Child"] for row in table(found, "children")] == ["Priya Khan"]
    for key in ("decisions", "exceptions", "advice", "advisers", "draft-plan-days", "who-opened"):
        assert table(found, key) == []
    assert table(found, "key-dates")
    assert "Between us" not in everything_in(found)
    assert "appeal" not in everything_in(found).lower()


async def test_your_account_says_that_families_see_it(client: Client, cast: Cast) -> None:
    page = await client.get("/account")
    assert "The family can see it" in page.main
    assert not page.all("//main//a[contains(@href, '/opened')]")
