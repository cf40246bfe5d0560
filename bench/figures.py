"""`python -m bench figures`: the board's figures on a county of 7,800 children, held against plain counts in SQL.

Each count here asks the raw rows case by case, as somebody would who does not know how the board does it.
Raises AssertionError with the first month that differs.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from db.engine import connect, fetch, fetch_one
from portal.actor import Actor
from portal.demo.large.build import SIZES, make_large_demo
from portal.demo.large.people import COUNTY_STAFF
from portal.files.store import DiskStore
from portal.reports.queries import Board, Scope, board
from portal.reports.rules import Period, period_of
from portal.reports.sen2 import sen2_csv
from web import run as running
from web.dates import today as london_day
from web.settings import Settings, read_settings

FIRST_MONTH = "2024-01"

_DONE = "SELECT min(happened_on) FROM case_decision d WHERE d.ehc_case = k.id AND struck_at IS NULL AND kind IN"
_ORDERED = "SELECT max(happened_on) FROM case_decision d WHERE d.ehc_case = k.id AND struck_at IS NULL AND kind ="

_DUTIES = {
    "considering": ("received_on + 42", "decided_to_assess decided_not_to_assess", "true"),
    "deciding": (
        f"coalesce(({_ORDERED} 'ordered_to_assess') + 70, received_on + 112)",
        "decided_to_issue decided_not_to_issue draft_served final_issued",
        "branch <> 'not_assessing'",
    ),
    "final": (
        f"coalesce(greatest(({_ORDERED} 'ordered_to_assess') + 98, ({_ORDERED} 'ordered_to_issue') + 77),"
        " received_on + 140)",
        "final_issued",
        "branch NOT IN ('not_assessing', 'not_issuing')",
    ),
}
"""Duty: the law's date, what does it, and where it is owed."""

_COUNT = """
SELECT date_trunc('month', due)::date AS month, count(*) AS due, count(*) FILTER (WHERE done <= due) AS on_time
FROM (
    SELECT %s AS due, (%s (%s)) AS done, (%s ('withdrawn', 'moved_out')) AS gone FROM ehc_case k WHERE %s
) one
WHERE due >= {} AND due < {} AND (done IS NOT NULL OR (due < {} AND (gone IS NULL OR gone > due)))
GROUP BY 1
"""

_REVIEWS = """
SELECT date_trunc('month', due)::date AS month, count(*) AS due, count(*) FILTER (WHERE done <= due) AS on_time
FROM (
    SELECT m.happened_on + 28 AS due,
        (SELECT min(happened_on) FROM case_decision d WHERE d.ehc_case = m.ehc_case AND struck_at IS NULL
            AND happened_on >= m.happened_on AND kind IN ('plan_kept', 'changes_proposed', 'ceasing_proposed')) AS done,
        (SELECT min(happened_on) FROM case_decision d WHERE d.ehc_case = m.ehc_case AND struck_at IS NULL
            AND happened_on >= m.happened_on AND kind IN ('moved_out', 'ceased')) AS gone
    FROM case_decision m WHERE kind = 'review_meeting' AND struck_at IS NULL AND NOT EXISTS (
        SELECT FROM case_decision later WHERE later.ehc_case = m.ehc_case AND later.kind = m.kind AND later.id > m.id
            AND later.struck_at IS NULL AND (later.recorded_at AT TIME ZONE 'Europe/London')::date < m.happened_on
    )
) one
WHERE due >= {} AND due < {} AND (done IS NOT NULL OR (due < {} AND (gone IS NULL OR gone > due)))
GROUP BY 1
"""

_OPEN = """
SELECT k.stage, count(*) AS open, count(*) FILTER (WHERE k.next_deadline < {}) AS late FROM ehc_case k
WHERE k.branch = '' AND NOT EXISTS (SELECT FROM ehc_case o WHERE o.child = k.child
    AND (o.received_on, o.id) > (k.received_on, k.id)) GROUP BY 1
"""

_REQUESTS = "SELECT count(*) AS asked FROM ehc_case WHERE extract(year FROM received_on) = {}"

_ASKED = """
SELECT count(*) AS asked FROM message m JOIN conversation v ON v.id = m.conversation
WHERE NOT m.from_staff AND (m.sent_at AT TIME ZONE 'Europe/London')::date >= {}
    AND (m.sent_at AT TIME ZONE 'Europe/London')::date < {}
    AND coalesce((SELECT o.from_staff FROM message o WHERE o.conversation = m.conversation
        AND (o.sent_at, o.id) < (m.sent_at, m.id) ORDER BY o.sent_at DESC, o.id DESC LIMIT 1), true)
    AND (v.waiting_since IS NOT NULL OR EXISTS (SELECT FROM message o WHERE o.conversation = m.conversation
        AND o.from_staff AND (o.sent_at, o.id) > (m.sent_at, m.id)))
"""


def main() -> int:
    """Make a county in a folder of its own and compare."""
    with tempfile.TemporaryDirectory(prefix="portal-figures-") as name:
        settings = read_settings({"PORTAL_DEMO": "1", "PORTAL_VAR": name})
        with running.database(settings) as ready:
            running.prepare(ready)
            asyncio.run(fill(ready))
            asyncio.run(compare(ready))
    return 0


async def fill(settings: Settings) -> None:
    """Put a county of 7,800 children into the demo's database."""
    types, files = settings.council.message_types, DiskStore(settings.files)
    addresses = (settings.database_url, settings.admin_database_url)
    await make_large_demo(*addresses, settings.secret_key, types, files, children=SIZES["worcestershire"])


async def compare(settings: Settings) -> None:
    """Hold every figure of the board in this database against its plain count, and say so."""
    now = datetime.now(UTC)
    today = london_day(now)
    period = period_of(FIRST_MONTH, "", today)
    async with connect(settings.database_url, pool_size=2):
        found = await board(await _manager(), "", period, today=today)
        for duty, (due, done, owed) in _DUTIES.items():
            kinds = ", ".join(f"'{kind}'" for kind in done.split())
            await _agree(found, duty, _COUNT % (due, _DONE, kinds, _DONE, owed), period, today)
        await _agree(found, "reviewing", _REVIEWS, period, today)
        await _agree_on_now(found, period, today)
        await _agree_on_sen2(today)
    print("Every figure of the board agrees with its plain count.")


async def _agree(found: Board, duty: str, sql: str, period: Period, today: date) -> None:
    plain = {row["month"]: (row["due"], row["on_time"]) for row in await fetch(sql, period.first, period.end, today)}
    counted = next(one for one in found.timeliness if one.duty == duty).by_month
    for month, tally in counted.items():
        expected = plain.get(month, (0, 0))
        assert (tally.due, tally.on_time) == expected, f"{duty}, {month}: {tally}, but plainly {expected}"
    due, on_time = (sum(one[place] for one in plain.values()) for place in (0, 1))
    print(f"{duty:<12} {due:>7,} due, {on_time:>7,} on time")


async def _agree_on_now(found: Board, period: Period, today: date) -> None:
    plain = {row["stage"]: (row["open"], row["late"]) for row in await fetch(_OPEN, today)}
    assert {one.stage: (one.open, one.late) for one in found.stages if one.open} == plain
    asked = await fetch_one(_ASKED, period.first, period.end)
    assert asked == {"asked": sum(one.asked for one in found.answers.by_month.values())}
    print(f"{'open now':<12} {sum(one for one, _ in plain.values()):>7,} cases; {asked['asked']:,} questions")


async def _agree_on_sen2(today: date) -> None:
    for year in (today.year - 1, today.year):
        pieces = [piece async for piece in sen2_csv(Scope(None, "", ()), year, today=today)]
        lines: Sequence[str] = b"".join(pieces).decode("utf-8-sig").splitlines()[1:]
        asked = sum(line.split(",")[1].startswith(str(year)) for line in lines)
        plain = await fetch_one(
            "SELECT count(*) AS asked FROM ehc_case WHERE extract(year FROM received_on) = {}", year
        )
        assert plain == {"asked": asked}, f"SEN2 {year}: {asked}, but plainly {plain}"
        print(f"{f'SEN2 {year}':<12} {len(lines):>7,} rows, {asked:,} of them asked for in the year")


async def _manager() -> Actor:
    email = next(one.email for one in COUNTY_STAFF if one.role == "manager")
    row: dict[str, Any] | None = await fetch_one("SELECT * FROM account WHERE email_key = {}", email)
    assert row is not None, "the county has managers"
    return Actor(row["id"], row["public_id"], row["role"], row["forename"], row["surname"], row["email"], row["team"])
