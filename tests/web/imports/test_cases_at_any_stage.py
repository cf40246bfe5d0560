"""A case comes in where it stands: its pages can be read, and the law's next date counts from the request."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Child
from portal.cases.rules import STAGES
from portal.cases.stages import read_stages
from tests.client import Client, Page, words
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, give_access
from tests.web.imports.files import NOOR, csv_of, upload, work
from tests.web.invitations.steps import browser_of
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


PLAN = {"received_on": "2025-01-06", "issued_on": "2025-05-20"}


async def take_in_at(staff: Client, stage: str, clock: Clock, **days: str) -> Child:
    """Noor, whose case comes in at `stage`."""
    page = await upload(staff, csv_of({**NOOR, "stage": stage, **days}))
    await staff.press(page, "Take in 1 child")
    await work(clock)
    found = await Child.objects().get(Child.forename == "Noor")
    assert found is not None
    return found


@pytest.mark.parametrize("stage", STAGES)
async def test_the_pages_of_a_case_can_be_read_whatever_its_stage(
    app: ASGIApp, staff: Client, cast: Cast, clock: Clock, stage: str
) -> None:
    name = read_stages().stages[stage].name
    has_plan = stage in {"final", "in_place"}
    child = await take_in_at(staff, name.upper(), clock, **(PLAN if has_plan else {}))
    (case,) = await fetch("SELECT id, stage, came_in_at FROM ehc_case WHERE child = {}", child.id)
    moves = await fetch("SELECT kind FROM case_decision WHERE ehc_case = {} ORDER BY id", case["id"])
    assert (case["stage"], case["came_in_at"]) == (stage, "" if stage == STAGES[0] else stage)
    assert [row["kind"] for row in moves] == (["final_issued"] if has_plan else []) + (
        [] if stage in {STAGES[0], "final"} else [f"moved_to_{stage}"]
    )
    record = f"/staff/children/{child.public_id}"
    for url in (record, f"{record}/timeline", "/staff", "/staff/board"):
        assert (await staff.get(url)).status == 200, url
    await give_access(cast.ben, child, clock.now)
    ben = await browser_of(app, cast.ben, clock)
    for page in ("", "/timescale", "/key-dates"):
        assert (await ben.get(f"/children/{child.public_id}{page}")).status == 200, page


async def test_the_next_date_is_that_of_the_stage(staff: Client, clock: Clock) -> None:
    child = await take_in_at(staff, "Deciding on a plan", clock)
    (case,) = await fetch("SELECT next_deadline FROM ehc_case WHERE child = {}", child.id)
    assert case["next_deadline"].isoformat() == "2026-06-25", "16 weeks from 5 March (reg 10(1))"


async def test_emails_in_bulk_let_a_sign_in_code_go_first(staff: Client, clock: Clock) -> None:
    await take_in_at(staff, "", clock)
    (job,) = await fetch("SELECT priority FROM pgqueuer WHERE entrypoint = 'send_notice'")
    assert job["priority"] < 0


async def test_a_plan_that_came_in_can_be_reviewed_and_no_family_is_written_to(
    staff: Client, cast: Cast, settings: Settings, clock: Clock
) -> None:
    days = {"received_on": "2025-01-06", "assess_on": "2025-02-10", "draft_on": "2025-04-24", "issued_on": "2025-05-20"}
    child = await take_in_at(staff, "Plan in place", clock, **days, send="no")
    (case,) = await fetch("SELECT id, next_deadline FROM ehc_case WHERE child = {}", child.id)
    kinds = await fetch("SELECT kind, happened_on::text FROM case_decision WHERE ehc_case = {} ORDER BY id", case["id"])
    assert [tuple(row.values()) for row in kinds] == [
        ("decided_to_assess", "2025-02-10"),
        ("draft_served", "2025-04-24"),
        ("final_issued", "2025-05-20"),
        ("moved_to_in_place", f"{clock.now:%Y-%m-%d}"),
    ]
    assert str(case["next_deadline"]) == "2026-05-19", (
        "the first review is in the 12 months that start that day (CFA 2014 s.44(1))"
    )
    await give_access(cast.ben, child, clock.now)
    assert await deliver_all(settings, clock) == []
    page = await staff.get(f"/staff/children/{child.public_id}/timeline/decision")
    assert page.all("//*[@value='review_meeting']")
    answer = await staff.http.get(f"/staff/board/sen2.csv?year={clock.now.year}")
    assert child.case_reference in answer.text


async def test_the_next_review_is_counted_from_the_last_one(staff: Client, clock: Clock) -> None:
    child = await take_in_at(staff, "", clock, **PLAN, reviewed_on="2025-12-01")
    (case,) = await fetch("SELECT stage, next_deadline FROM ehc_case WHERE child = {}", child.id)
    assert (case["stage"], str(case["next_deadline"])) == ("in_place", "2026-11-30")


async def test_a_case_with_dates_and_no_stage_stands_where_the_last_date_leads(staff: Client, clock: Clock) -> None:
    child = await take_in_at(staff, "", clock, received_on="2026-01-05", assess_on="2026-02-10")
    (case,) = await fetch("SELECT stage, came_in_at FROM ehc_case WHERE child = {}", child.id)
    assert tuple(case.values()) == ("advice", "advice")


async def test_what_was_decided_before_on_an_unknown_day_is_not_late_on_the_board(staff: Client, clock: Clock) -> None:
    await take_in_at(staff, read_stages().stages["draft"].name, clock, received_on="2025-06-02")
    page = await staff.get("/staff/board")
    assert counted(page, "6 weeks", "July 2025") == ["0", "1"]
    assert counted(page, "16 weeks", "September 2025") == ["0", "1"]
    assert counted(page, "20 weeks", "October 2025") == ["1", "0"]


def counted(page: Page, duty: str, month: str) -> list[str]:
    """What was due in a month, and what is left out because its day is not known."""
    caption = f"caption[starts-with(normalize-space(), '{duty}:') and contains(., 'by the month')]"
    (row,) = page.all(f"//table[{caption}]//tr[th[normalize-space()='{month}']]")
    cells = [words(cell) for cell in row.xpath("td")]
    return [cells[0], cells[-1]]
