"""A case comes in where it stands: its pages can be read, and the law's next date counts from the request."""

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Child
from portal.cases.rules import STAGES
from portal.cases.stages import read_stages
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, give_access
from tests.web.imports.files import NOOR, csv_of, upload, work
from tests.web.invitations.steps import browser_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    return await gather(clock.now)


@pytest.fixture
async def staff(app: ASGIApp, cast: Cast, clock: Clock) -> Client:
    return await browser_of(app, cast.dee, clock)


async def take_in_at(staff: Client, stage: str, clock: Clock) -> Child:
    """Noor, whose case comes in at `stage`."""
    page = await upload(staff, csv_of({**NOOR, "stage": stage}))
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
    child = await take_in_at(staff, name.upper(), clock)
    (case,) = await fetch("SELECT id, stage FROM ehc_case WHERE child = {}", child.id)
    moves = await fetch("SELECT kind FROM case_decision WHERE ehc_case = {}", case["id"])
    assert case["stage"] == stage
    assert [row["kind"] for row in moves] == ([] if stage == STAGES[0] else [f"moved_to_{stage}"])
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
