"""What breaks a rule comes back as the same page with status 422, the field named and nothing lost."""

from datetime import date

import pytest

from db.engine import fetch
from tests.client import Client
from tests.conftest import Clock
from tests.people import gather, sign_in
from tests.web.timeline.scene import at_timeline, day, decide, record, timeline_of

pytestmark = pytest.mark.anyio

EXCEPTION = {"kind": "personal", "duty": "final", "reason": "Illness", "approved_by": "Mo Bell"}


@pytest.mark.parametrize(
    ("form", "button", "missing"),
    [
        ("stage", "Move", ["Choose a stage"]),
        ("decision", "Record", ["Choose what happened", "Enter the date"]),
        (
            "exception",
            "Record",
            [
                "Choose an exception",
                "Choose which date it is about",
                "Enter the first day",
                "Enter the reason",
                "Enter who approved it",
            ],
        ),
        ("key-date", "Add", ["Enter what happens", "Enter the date"]),
    ],
)
async def test_an_empty_form_names_every_field_at_once(
    client: Client, clock: Clock, form: str, button: str, missing: list[str]
) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, form, button)
    assert (page.status, page.problems) == (422, missing)


async def test_a_decision_in_the_future_is_refused_beside_its_date(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, "decided_to_assess", date(2026, 3, 10), note="Because")
    assert page.status == 422
    assert page.problems == ["The date must be today or in the past"]
    assert page.one("//*[contains(@class,'govuk-error-summary')]//a").get("href") == "#on"
    assert page.field("note") == "Because"


@pytest.mark.parametrize("kind", ["decided_not_to_assess", "decided_not_to_issue", "ceased", "reassessment_refused"])
async def test_a_no_without_its_reasons_is_refused(client: Client, clock: Clock, kind: str) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, kind, date(2026, 3, 2), note=" ")
    assert page.problems == ["Enter the reasons, in plain words. The letter must say why"]
    assert not await fetch("SELECT 1 FROM case_decision")


async def test_a_final_plan_needs_a_draft_first(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await decide(client, cast, "final_issued", date(2026, 3, 9))
    assert page.problems[0].startswith("First record this")


async def test_a_new_target_before_the_date_in_law_is_refused(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    typed = EXCEPTION | day("starts", date(2026, 3, 1)) | day("revised_target", date(2026, 5, 1))
    page = await record(client, cast, "exception", "Record", **typed)
    assert page.problems == ["The new target must be after the date in law, Monday 25 May 2026"]
    assert page.field("reason") == "Illness"


async def test_a_key_date_in_the_past_is_refused(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, "key-date", "Add", title="Meeting", **day("on", date(2026, 3, 8)))
    assert page.problems == ["The date must be today or later"]


async def test_nothing_is_half_saved_when_a_rule_is_broken(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    await decide(client, cast, "final_issued", date(2026, 3, 9))
    assert not await fetch("SELECT 1 FROM case_decision")
    assert not await fetch("SELECT 1 FROM notice")


@pytest.mark.parametrize("path", ["", "/stage", "/decision", "/exception", "/key-date"])
async def test_another_team_finds_nothing(client: Client, clock: Clock, path: str) -> None:
    cast = await gather(clock.now)
    await sign_in(client, cast.ed, clock.now)
    assert (await client.get(timeline_of(cast) + path)).status == 404


async def test_a_key_date_of_another_child_cannot_be_removed(client: Client, clock: Clock) -> None:
    cast, _ = await at_timeline(client, clock)
    page = await record(client, cast, "key-date", "Add", title="Meeting", **day("on", date(2026, 4, 1)))
    action = page.form("Remove Meeting").get("action")
    await sign_in(client, cast.mo, clock.now)
    page = await client.get(timeline_of(cast))
    token = page.form("Remove Meeting").xpath(".//input[@name='csrf_token']")[0].get("value")
    elsewhere = action.replace(cast.priya.public_id, cast.omar.public_id)
    assert (await client.post(elsewhere, {"csrf_token": token})).status == 404
    assert await fetch("SELECT 1 FROM case_date")
