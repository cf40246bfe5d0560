"""A file that the team took in: a case from before the portal, whose adult is kept until somebody writes to her."""

from datetime import date, datetime, timedelta

from db.engine import fetch_one
from portal.actor import Actor
from portal.csv_out import csv_bytes
from portal.demo.people import GRACE, SOUTH, born
from portal.imports import commands
from portal.imports.columns import COLUMNS
from portal.imports.taking_in import take_in

FILE = "Westmere South, before the portal.csv"


async def take_a_file_in(helen: Actor, *, today: date, now: datetime) -> None:
    """Not in the transaction of the rest: taking in has one of its own."""
    row = _row(today)
    content = csv_bytes([column.title for column in COLUMNS], [[row.get(column.key, "") for column in COLUMNS]])
    reading = await commands.read(helen, content, today=today)
    assert not reading.plan.problems, reading.plan.problems
    made = await commands.keep(helen, FILE, reading, now=now)
    await commands.start(helen, made, join_matched=True, now=now)
    batch = await fetch_one("SELECT id FROM import_batch WHERE public_id = {}", made)
    assert batch is not None
    await take_in(batch["id"], clock=lambda: now)


def _row(today: date) -> dict[str, object]:
    def ago(days: int) -> str:
        return f"{today - timedelta(days=days):%d/%m/%Y}"

    return {
        "forename": "Marek",
        "surname": "Novak",
        "date_of_birth": born(9, today),
        "team": SOUTH,
        "caseworker": GRACE.email,
        "received_on": ago(760),
        "source": "school",
        "assess_on": ago(722),
        "draft_on": ago(650),
        "issued_on": ago(622),
        "reviewed_on": ago(240),
        "adult_name": "Ewa Novak",
        "adult_email": "ewa.novak@example.com",
        "basis": "Parental responsibility",
        "send": "no",
    }
