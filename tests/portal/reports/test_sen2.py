"""The shape of the SEN2 return: one row for a request, as things stood at the end of the year."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import fetch
from db.tables import Child
from portal.cases.reviews import NAMES_A_PLACE
from portal.demo.large.build import fill_large
from portal.demo.large.progress import Progress
from portal.files.store import DiskStore
from portal.reports.queries import Scope
from portal.reports.sen2 import HEADER, row_of, sen2_csv
from tests.people import gather

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
EVERYBODY = Scope(None, "", ())


def row(*acts: tuple[str, date], **facts: Any) -> dict[str, str]:
    """The row of a case in which `acts` happened, by the names of its columns."""
    case = {
        "case_reference": "7KQ4B",
        "received_on": date(2025, 1, 6),
        "source": "parent",
        "born": date(2014, 5, 1),
        "excused": False,
        "kinds": [kind for kind, _ in acts if kind != "review_meeting"] or None,
        "days": [on for kind, on in acts if kind != "review_meeting"] or None,
        "met_on": [on for kind, on in acts if kind == "review_meeting"] or None,
        "met_recorded_at": [NOW for kind, _ in acts if kind == "review_meeting"] or None,
        **facts,
    }
    return dict(zip(HEADER, map(str, row_of(case, date(2025, 12, 31))), strict=True))


def test_a_request_that_nobody_has_decided_has_no_outcome() -> None:
    found = row()
    assert (found["request_received"], found["request_outcome"], found["plan_start"]) == ("2025-01-06", "", "None")


def test_a_refusal_that_was_turned_round_shows_both_and_the_tribunal() -> None:
    found = row(
        ("decided_not_to_assess", date(2025, 2, 10)),
        ("mediation_asked", date(2025, 3, 1)),
        ("appeal_made", date(2025, 4, 1)),
        ("ordered_to_assess", date(2025, 8, 1)),
        ("decided_to_issue", date(2025, 10, 1)),
        ("final_issued", date(2025, 11, 3)),
    )
    assert (found["request_outcome"], found["request_outcome_date"]) == ("will not assess", "2025-02-10")
    assert (found["assessment_outcome"], found["assessment_outcome_date"]) == ("plan", "2025-10-01")
    assert (found["mediation"], found["tribunal"], found["plan_start"]) == ("yes", "yes", "2025-11-03")


def test_a_refused_request_was_never_assessed() -> None:
    found = row(("decided_not_to_assess", date(2025, 2, 10)))
    assert (found["assessment_outcome"], found["assessment_outcome_date"]) == ("", "None")


def test_the_last_review_stands_with_what_came_of_it() -> None:
    plan = ("final_issued", date(2023, 5, 1))
    kept = (("review_meeting", date(2024, 4, 2)), ("plan_kept", date(2024, 4, 20)))
    found = row(plan, *kept, ("review_meeting", date(2025, 3, 31)))
    assert (found["review_meeting"], found["review_outcome"]) == ("2025-03-31", "")
    found = row(plan, *kept, ("review_meeting", date(2025, 3, 31)), ("changes_proposed", date(2025, 4, 28)))
    assert (found["review_outcome"], found["review_decision_date"]) == ("change the plan", "2025-04-28")


def test_a_meeting_that_was_moved_while_it_lay_ahead_did_not_take_place() -> None:
    plan, kept = ("final_issued", date(2023, 5, 1)), ("plan_kept", date(2025, 6, 5))
    planned, moved = date(2025, 6, 10), date(2025, 6, 3)
    found = row(plan, kept, met_on=[planned, moved], met_recorded_at=[known(2025, 5, 1), known(2025, 5, 20)])
    assert (found["review_meeting"], found["review_outcome"]) == ("2025-06-03", "keep the plan")
    later = {
        "met_on": [date(2025, 12, 10), date(2026, 1, 15)],
        "met_recorded_at": [known(2025, 11, 20), known(2025, 12, 1)],
    }
    assert row(plan, **later)["review_meeting"] == "None"
    later["met_recorded_at"] = [known(2025, 11, 20), known(2025, 12, 11)]
    assert row(plan, **later)["review_meeting"] == "2025-12-10", "it had been held, and the other is the next"


def known(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


def test_of_a_review_before_this_portal_only_the_end_is_known() -> None:
    found = row(("final_issued", date(2023, 5, 1)), ("review_taken_over", date(2025, 4, 28)))
    assert (found["review_meeting"], found["review_outcome"]) == ("None", "not known")
    assert found["review_decision_date"] == "2025-04-28"


def test_a_phase_transfer_is_there_in_its_year_alone() -> None:
    plan, named = ("final_issued", date(2023, 5, 1)), ("transfer_named", date(2025, 2, 7))
    found = row(plan, named)
    assert (found["phase_transfer_due"], found["phase_transfer_final"]) == ("2025-02-15", "2025-02-07")
    assert row(plan)["phase_transfer_final"] == "None"
    assert row(plan, born=date(2016, 5, 1))["phase_transfer_due"] == "None"


@pytest.mark.parametrize("kind", NAMES_A_PLACE)
def test_a_changed_plan_names_the_place_too(kind: str) -> None:
    found = row(("final_issued", date(2023, 5, 1)), (kind, date(2025, 2, 7)))
    assert found["phase_transfer_final"] == "2025-02-07"


def test_a_plan_that_had_ended_needed_no_place_for_the_next_phase() -> None:
    plan = ("final_issued", date(2023, 5, 1))
    assert row(plan, ("ceased", date(2025, 2, 1)))["phase_transfer_due"] == "None"
    assert row(plan, ("ceased", date(2025, 3, 3)))["phase_transfer_due"] == "2025-02-15"


def test_a_move_of_years_later_is_no_answer_to_the_request() -> None:
    found = row(("final_issued", date(2023, 5, 1)), ("moved_out", date(2025, 3, 3)))
    assert (found["request_outcome"], found["request_outcome_date"]) == ("", "None")
    assert (found["assessment_outcome"], found["plan_start"], found["plan_end"]) == ("plan", "2023-05-01", "2025-03-03")
    assert row(("moved_out", date(2025, 3, 3)))["request_outcome"] == "moved"


def test_a_plan_that_went_on_after_all_has_not_ended() -> None:
    acts = (("final_issued", date(2024, 1, 8)), ("ceased", date(2025, 3, 3)))
    assert row(*acts)["plan_end"] == "2025-03-03"
    assert row(*acts, ("plan_goes_on", date(2025, 9, 1)))["plan_end"] == "None"


@pytest.mark.anyio
async def test_the_file_has_the_requests_of_the_year_and_the_plans_in_force(db: object, tmp_path: Path) -> None:
    await fill_large(("Complaint",), DiskStore(tmp_path), children=150, now=NOW, progress=Progress(io.StringIO()))
    pieces = [piece async for piece in sen2_csv(EVERYBODY, 2025, today=NOW.date(), batch=30)]
    assert len(pieces) > 3
    rows = list(csv.DictReader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))
    asked = await fetch("SELECT id FROM ehc_case WHERE received_on BETWEEN '2025-01-01' AND '2025-12-31'")
    assert sum(one["request_received"].startswith("2025") for one in rows) == len(asked)
    older = [one for one in rows if one["request_received"] < "2025"]
    assert older
    assert all(one["plan_start"] and (not one["plan_end"] or one["plan_end"] >= "2025-01-01") for one in older)
    assert not [value for one in rows for value in one.values() if value.startswith("2026")]


@pytest.mark.anyio
async def test_the_running_year_has_nothing_that_lies_ahead(db: object) -> None:
    cast = await gather(NOW)
    await decided(cast.priya, "final_issued", date(2024, 3, 1))
    await decided(cast.priya, "review_meeting", date(2026, 2, 2))
    await decided(cast.priya, "review_meeting", date(2026, 6, 1))
    assert (await line_of("PRI42", 2026, NOW.date()))["review_meeting"] == "2026-02-02"


@pytest.mark.anyio
async def test_a_meeting_that_was_moved_into_the_next_year_is_not_in_this_one(db: object) -> None:
    cast = await gather(NOW)
    await decided(cast.priya, "final_issued", date(2024, 3, 1))
    await decided(cast.priya, "review_meeting", date(2026, 12, 10))
    await decided(cast.priya, "review_meeting", date(2027, 1, 15))
    assert (await line_of("PRI42", 2026, date(2027, 1, 4)))["review_meeting"] == ""


@pytest.mark.anyio
async def test_an_exception_that_was_recorded_later_is_not_in_the_year_before(db: object) -> None:
    cast = await gather(NOW)
    await fetch("UPDATE ehc_case SET received_on = '2025-06-02' WHERE child = {}", cast.priya.id)
    await fetch(
        "INSERT INTO case_exception (ehc_case, kind, duty, starts_on, reason, approved_by, recorded_at, public_id)"
        " SELECT id, 'personal', 'final', '2025-07-10', 'Ill', 'Mo', {}, 'x' FROM ehc_case WHERE child = {}",
        NOW,
        cast.priya.id,
    )
    await decided(cast.priya, "final_issued", date(2025, 12, 1))
    for year, expected in ((2025, "no"), (2026, "yes")):
        assert (await line_of("PRI42", year, NOW.date()))["exception_to_20_weeks"] == expected


async def decided(child: Child, kind: str, on: date) -> None:
    await fetch(
        "INSERT INTO case_decision (ehc_case, public_id, kind, happened_on, note, recorded_at)"
        " SELECT id, {}, {}, {}, '', {} FROM ehc_case WHERE child = {}",
        f"{kind}{on}",
        kind,
        on,
        NOW,
        child.id,
    )


async def line_of(reference: str, year: int, today: date) -> dict[str, str]:
    text = b"".join([piece async for piece in sen2_csv(EVERYBODY, year, today=today)]).decode("utf-8-sig")
    (line,) = [one for one in csv.DictReader(io.StringIO(text)) if one["case_reference"] == reference]
    return line
