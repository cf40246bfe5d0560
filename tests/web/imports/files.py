"""Files to import, as text of their cells."""

import csv
import io
from typing import Any

from db.engine import fetch
from portal.imports import taking_in
from portal.imports.columns import COLUMNS
from tests.client import Client, Page
from tests.conftest import Clock

NOOR = {
    "forename": "Noor",
    "surname": "Aziz",
    "date_of_birth": "2 May 2019",
    "received_on": "2026-03-05",
    "source": "parent",
    "adult_name": "Anna Aziz",
    "adult_email": "anna@example.com",
    "basis": "Parental responsibility",
    "send": "yes",
}
PRIYA = {**NOOR, "forename": "Priya", "surname": "Khan", "date_of_birth": "02/04/2018", "received_on": "2026-01-05"}


def csv_of(*rows: dict[str, str]) -> bytes:
    """A file with every column of the template."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in COLUMNS)
    writer.writerows([row.get(column.key, "") for column in COLUMNS] for row in rows)
    return out.getvalue().encode()


async def upload(staff: Client, content: bytes, *, name: str = "children.csv") -> Page:
    """Check a file; gives the page after."""
    page = await staff.get("/staff/imports")
    return await staff.press(page, "Check the file", files={"file": (name, content, "text/csv")})


async def work(clock: Clock) -> None:
    """What the worker would do with every import that is waiting."""
    for row in await fetch("SELECT id FROM import_batch WHERE state IN ('queued', 'running') ORDER BY id"):
        await taking_in.take_in(row["id"], clock=clock)


async def batch_row() -> dict[str, Any]:
    """The newest import."""
    return (await fetch("SELECT * FROM import_batch ORDER BY id DESC LIMIT 1"))[0]
