"""Advice that is late or due this week, and whom families want asked: one statement for each."""

from datetime import datetime

from db.engine import fetch
from portal.actor import Actor
from portal.advice import rules
from portal.advice.waiting import STILL_OUT
from portal.cases.clock import ADVICE_WITHIN
from portal.dates import day_in_words, london_day
from portal.staff.mine import MINE, mine
from portal.today.queries import CHILD, SHOWN, WEEK, Part, counted, item

_ADVICE = f"""
SELECT {CHILD}, v.public_id AS adviser, v.name AS who, v.asked_on, count(*) OVER () AS total
FROM adviser v JOIN ehc_case k ON k.id = v.ehc_case JOIN child c ON c.id = k.child
WHERE v.asked_on <= {{}} AND {STILL_OUT} AND {MINE} ORDER BY v.asked_on, v.id LIMIT {{}}
"""

_WISHES = f"""
SELECT {CHILD}, w.public_id AS wish, w.name AS who, w.asked_at, count(*) OVER () AS total
FROM adviser_wish w JOIN ehc_case k ON k.id = w.ehc_case AND k.branch = '' JOIN child c ON c.id = k.child
WHERE w.answer = '' AND {MINE} ORDER BY w.asked_at, w.id LIMIT {{}}
"""


async def advice(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """Advisers who have not answered and are late, or due from today to this day next week: the earliest first."""
    today = london_day(now)
    rows = await fetch(_ADVICE, today + WEEK - ADVICE_WITHIN, *mine(actor, today), shown)
    items = [
        item(
            row,
            row["who"],
            rules.in_words(row["asked_on"], None, today),
            row["adviser"],
            is_late=rules.is_late(row["asked_on"], None, today),
        )
        for row in rows
    ]
    return counted(rows, items)


async def wishes(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """Advisers whom families want asked and nobody has answered about, the oldest first."""
    rows = await fetch(_WISHES, *mine(actor, london_day(now)), shown)
    items = [
        item(row, row["who"], f"asked for on {day_in_words(london_day(row['asked_at']))}", row["wish"]) for row in rows
    ]
    return counted(rows, items)
