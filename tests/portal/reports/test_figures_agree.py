"""The board's figures agree with a plain count in Python, from the raw rows of 400 children."""

import io
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from db.engine import fetch
from portal.actor import Actor
from portal.cases import rules as case_rules
from portal.cases.calendar import is_working_day
from portal.dates import london_day
from portal.demo.large.build import fill_large
from portal.demo.large.progress import Progress
from portal.files.store import DiskStore
from portal.reports.queries import Board, board
from portal.reports.rules import Answers, Period, Tally, period_of
from tests.database import empty

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
PERIOD = period_of("2024-06", "2026-03", TODAY)


@pytest.fixture(scope="module")
async def county(pool: asyncpg.Connection, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Actor]:
    """400 children, made once for these tests; the actor is one of their managers."""
    files = DiskStore(tmp_path_factory.mktemp("files"))
    await fill_large(("Complaint",), files, children=400, now=NOW, progress=Progress(io.StringIO()))
    row = (await fetch("SELECT * FROM account WHERE role = 'manager' ORDER BY id LIMIT 1"))[0]
    yield Actor(row["id"], row["public_id"], "manager", row["forename"], row["surname"], row["email"], row["team"])
    await empty(pool)


async def shown(actor: Actor, team: str = "", period: Period = PERIOD) -> Board:
    return await board(actor, team, period, today=TODAY)


async def cases() -> list[dict[str, Any]]:
    """Every case with its team and what was decided, as lists."""
    found = await fetch(
        "SELECT k.*, t.name AS team FROM ehc_case k JOIN child c ON c.id = k.child JOIN team t ON t.id = c.team"
    )
    decisions, excused = defaultdict(list), defaultdict(set)
    for row in await fetch("SELECT * FROM case_decision WHERE struck_at IS NULL ORDER BY happened_on, id"):
        decisions[row["ehc_case"]].append((row["kind"], row["happened_on"]))
    for row in await fetch("SELECT * FROM case_exception WHERE struck_at IS NULL"):
        excused[row["ehc_case"]].add(row["duty"])
    return [{**one, "acts": decisions[one["id"]], "excused": excused[one["id"]]} for one in found]


def first(case: dict[str, Any], *kinds: str) -> date | None:
    return next((on for kind, on in case["acts"] if kind in kinds), None)


def weeks(case: dict[str, Any], received: int, *, order: int, issue: int = 0) -> date:
    """The date in law: from the request, or from an order or agreement to assess or to issue."""
    dates = [
        on + timedelta(weeks=count)
        for kind, on in case["acts"]
        for wanted, count in (("ordered_to_assess", order), ("ordered_to_issue", issue))
        if kind == wanted and count
    ]
    due: date = case["received_on"] + timedelta(weeks=received)
    return max(dates, default=due)


def owed(case: dict[str, Any], duty: str) -> tuple[date, date | None] | None:
    """When a duty was due and done; None when it is not owed."""
    if duty == "considering":
        return case["received_on"] + timedelta(weeks=6), first(case, "decided_to_assess", "decided_not_to_assess")
    if case["branch"] == "not_assessing" or (duty == "final" and case["branch"] == "not_issuing"):
        return None
    if duty == "final":
        return weeks(case, 20, order=14, issue=11), first(case, "final_issued")
    kinds = ("decided_to_issue", "decided_not_to_issue", "draft_served", "final_issued")
    return weeks(case, 16, order=10), first(case, *kinds)


def tally(case: dict[str, Any], duty: str, due: date, done: date | None, left: date | None) -> Tally | None:
    if done is None and (due >= TODAY or (left is not None and left <= due)):
        return None
    if done is not None and done <= due:
        return Tally(on_time=1)
    return Tally(excused=1) if duty in case["excused"] else Tally(late=1)


def add(months: dict[date, Tally], due: date, one: Tally | None) -> None:
    month = due.replace(day=1)
    if one and month in months:
        months[month] += one


@pytest.mark.parametrize("duty", ["considering", "deciding", "final"])
async def test_six_sixteen_and_twenty_weeks(county: Actor, duty: str) -> None:
    months = dict.fromkeys(PERIOD.months, Tally())
    for case in await cases():
        found = owed(case, duty)
        if found:
            add(months, found[0], tally(case, duty, *found, first(case, "withdrawn", "moved_out")))
    counted = next(one for one in (await shown(county)).timeliness if one.duty == duty)
    assert counted.by_month == months
    assert sum(one.due for one in months.values()) > 100
    assert any(one.late for one in months.values())


async def test_reviews(county: Actor) -> None:
    months = dict.fromkeys(PERIOD.months, Tally())
    for case in await cases():
        for kind, on in case["acts"]:
            if kind != "review_meeting":
                continue
            since = {**case, "acts": [one for one in case["acts"] if one[1] >= on], "excused": set()}
            done = first(since, "plan_kept", "changes_proposed", "ceasing_proposed")
            due = on + timedelta(days=28)
            add(months, due, tally(since, "reviewing", due, done, first(since, "moved_out", "ceased")))
    counted = next(one for one in (await shown(county)).timeliness if one.duty == "reviewing")
    assert counted.by_month == months
    assert any(one.late for one in months.values())


async def test_a_month_of_reviews_is_the_same_in_whatever_period_it_is_asked_for(county: Actor) -> None:
    """Of a case whose review was planned for April and moved forward into March while it lay ahead."""
    case = (await fetch("SELECT id FROM ehc_case ORDER BY id LIMIT 1"))[0]["id"]
    acts = (
        ("review_meeting", date(2025, 10, 7), datetime(2025, 8, 1, 10, tzinfo=UTC)),
        ("review_meeting", date(2025, 9, 2), datetime(2025, 8, 20, 10, tzinfo=UTC)),
        ("plan_kept", date(2025, 9, 9), datetime(2025, 9, 9, 10, tzinfo=UTC)),
    )
    before = await reviews_by_month(county, "2025-07")
    for number, (kind, on, at) in enumerate(acts):
        await fetch(
            "INSERT INTO case_decision (ehc_case, public_id, kind, happened_on, note, recorded_at)"
            " VALUES ({}, {}, {}, {}, '', {})",
            case, f"moved{number}", kind, on, at,
        )  # fmt: skip
    long, short = await reviews_by_month(county, "2025-07"), await reviews_by_month(county, "2025-11")
    await fetch("DELETE FROM case_decision WHERE public_id LIKE 'moved%'")
    september, november = date(2025, 9, 1), date(2025, 11, 1)
    assert long[september].on_time == before[september].on_time + 1
    assert long[november] == short[november] == before[november]


async def reviews_by_month(actor: Actor, since: str) -> Mapping[date, Tally]:
    found = await shown(actor, period=period_of(since, "2025-12", TODAY))
    return next(one.by_month for one in found.timeliness if one.duty == "reviewing")


async def test_answers_to_families(county: Actor) -> None:
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await fetch("SELECT * FROM message ORDER BY conversation, sent_at, id"):
        lines[row["conversation"]].append(row)
    months = dict.fromkeys(PERIOD.months, Answers())
    for letters in lines.values():
        for number, letter in enumerate(letters):
            begins = not letter["from_staff"] and (number == 0 or letters[number - 1]["from_staff"])
            month = london_day(letter["sent_at"]).replace(day=1)
            if begins and month in months:
                months[month] += answered(letter, letters[number:])
    found = await shown(county)
    assert found.answers.by_month == months
    assert {bool(getattr(sum_of(months), what)) for what in ("soon", "later", "long", "waiting", "overdue")} == {True}
    assert sum(one.asked for one in found.answers.by_team.values()) == sum_of(months).asked


def answered(letter: dict[str, Any], later: list[dict[str, Any]]) -> Answers:
    answer = next((one["sent_at"] for one in later if one["from_staff"]), None)
    day, last = london_day(letter["sent_at"]), london_day(answer or NOW)
    working = 0
    while day < last:
        day += timedelta(days=1)
        working += is_working_day(day)
    if answer is None:
        return Answers(waiting=working <= 5, overdue=working > 5)
    return Answers(soon=working <= 5, later=5 < working <= 10, long=working > 10)


def sum_of(months: dict[date, Answers]) -> Answers:
    together = Answers()
    for one in months.values():
        together += one
    return together


async def test_open_cases_by_stage(county: Actor) -> None:
    newest: dict[int, dict[str, Any]] = {}
    for case in await cases():
        if case["child"] not in newest or newest[case["child"]]["received_on"] < case["received_on"]:
            newest[case["child"]] = case
    running = [case for case in newest.values() if not case["branch"]]
    stages = Counter(case["stage"] for case in running)
    late = Counter(case["stage"] for case in running if case["next_deadline"] < TODAY)
    standing = (await shown(county)).stages
    assert {one.stage: (one.open, one.late) for one in standing} == {
        stage: (stages[stage], late[stage]) for stage in case_rules.STAGES
    }


async def test_the_teams_together_are_everybody_and_one_team_is_its_own(county: Actor) -> None:
    everybody = await shown(county)
    for place, one in enumerate(everybody.timeliness):
        by_team = Tally()
        for name, counted in one.by_team.items():
            by_team += counted
            own = (await shown(county, name)).timeliness[place]
            assert own.by_team == {name: counted}
        by_month = Tally()
        for counted in one.by_month.values():
            by_month += counted
        assert by_team == by_month


async def test_what_was_struck_out_is_not_counted(county: Actor) -> None:
    before = (await shown(county)).timeliness[0].by_month
    await fetch("UPDATE case_decision SET struck_at = {} WHERE kind = 'decided_to_assess' AND struck_at IS NULL", NOW)
    after = (await shown(county)).timeliness[0].by_month
    await fetch("UPDATE case_decision SET struck_at = NULL WHERE struck_at = {}", NOW)
    assert sum(one.on_time for one in after.values()) < sum(one.on_time for one in before.values())
