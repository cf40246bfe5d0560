"""`python -m bench.imports`: 10,000 rows read, checked and taken in, against a database of the tests' server.

The file has 8,000 children, 2,000 of them with a second adult, and 10,000 codes to send, into a team that
has 5,000 children already. Figures are of this machine, over loopback, in seconds.
"""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

from db.engine import connect, fetch, fetch_one
from portal import audit, ids, keys
from portal.csv_out import csv_bytes
from portal.imports import commands, taking_in
from portal.imports.columns import COLUMNS
from portal.imports.queries import batch_of
from tests.database import test_database
from tests.people import person, team

CHILDREN, SECOND_ADULTS, BEFORE = 8_000, 2_000, 5_000
TODAY = date(2026, 3, 9)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def file_of_ten_thousand() -> bytes:
    """The rows, with dates in each of the three ways."""
    rows = [_row(n, "Anna", "first") for n in range(CHILDREN)]
    rows += [_row(n, "Ben", "second") for n in range(SECOND_ADULTS)]
    return csv_bytes([column.title for column in COLUMNS], rows)


async def measure(url: str) -> None:
    """Print how long each step takes. Raises AssertionError when anything is missing at the end."""
    keys.install("a secret for measuring, which nobody else uses")
    async with connect(url, pool_size=5):
        north = await team("North")
        dee = await person("Dee Shaw", datetime.now(UTC), "caseworker", north)
        await _children_before(north.id)
        content, begun = file_of_ten_thousand(), time.perf_counter()
        reading = await commands.read(dee, content, today=TODAY)
        assert not reading.plan.problems, reading.plan.problems[:3]
        made = await commands.keep(dee, "large.csv", reading, now=datetime.now(UTC))
        checked = time.perf_counter()
        await commands.start(dee, made, join_matched=True, now=datetime.now(UTC))
        batch = await batch_of(dee, made)
        started = time.perf_counter()
        await taking_in.take_in(batch.id, clock=lambda: datetime.now(UTC))
        done = time.perf_counter()
        await _check(await batch_of(dee, made))
    print(f"{len(content) / 1e6:.1f} MB, {reading.row_count:,} rows, {batch.new_children:,} children")
    print(f"read, checked and kept: {checked - begun:.1f} s")
    print(f"taken in:               {done - started:.1f} s")


async def _check(batch: object) -> None:
    row = await fetch_one(
        "SELECT (SELECT count(*) FROM child) AS children, (SELECT count(*) FROM ehc_case) AS cases,"
        " (SELECT count(*) FROM invitation) AS invitations, (SELECT count(*) FROM notice) AS notices,"
        " (SELECT count(*) FROM pgqueuer WHERE entrypoint = 'send_notice') AS jobs, (SELECT state FROM import_batch)"
    )
    invited = CHILDREN + SECOND_ADULTS
    expected = [CHILDREN + BEFORE, CHILDREN, invited, invited, invited, "done"]
    assert row is not None
    assert list(row.values()) == expected, (row, batch)
    assert await audit.first_broken_entry() is None


async def _children_before(team_id: int) -> None:
    await fetch(
        "INSERT INTO child (public_id, case_reference, forename, surname, date_of_birth, team, created_at)"
        " SELECT w.*, 'Child', 'Before', {}, {}, {} FROM unnest({}::text[], {}::text[]) w",
        date(2018, 4, 2),
        team_id,
        datetime.now(UTC),
        [ids.public_id() for _ in range(BEFORE)],
        [f"{n:05}" for n in range(BEFORE)],
    )


def _row(number: int, adult: str, which: str) -> list[object]:
    born = TODAY - timedelta(days=2_000 + number % 3_000)
    received = TODAY - timedelta(days=number % 100)
    days = [f"{born:%Y-%m-%d}", f"{born:%d/%m/%Y}", f"{born:%-d %B %Y}"]
    cells = {
        "forename": "Noor",
        "surname": f"Aziz {_word(number)}",
        "date_of_birth": days[number % 3],
        "caseworker": "dee@example.com" if number % 4 else "",
        "received_on": received,
        "source": "parent",
        "stage": "Gathering advice" if number % 5 == 0 else "",
        "adult_name": f"{adult} Aziz",
        "adult_email": f"{which}.{number}@example.com",
        "basis": "Parental responsibility",
        "send": "yes",
    }
    return [cells.get(column.key, "") for column in COLUMNS]


def _word(number: int) -> str:
    """A number as letters, since names have no digits."""
    word = ""
    for _ in range(4):
        number, place = divmod(number, len(LETTERS))
        word += LETTERS[place]
    return word.title()


if __name__ == "__main__":
    with test_database("bench_imports") as (service, _):
        asyncio.run(measure(service))
