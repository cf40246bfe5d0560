"""What falls on a day of this week: key dates, and the last days to comment on a draft plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.actor import Actor
from portal.cases.clock import COMMENTS_LAST_DAY
from portal.cases.served import stands
from portal.dates import day_in_words, london_day
from portal.drafts import rules as drafts
from portal.drafts.running import RUNS
from portal.staff.mine import MINE, mine
from portal.today.queries import CHILD, SHOWN, WEEK, Item, Part, item

MOST = 500
"""Dates of one person in one week that are looked at."""

_KEY_DATES = f"""
SELECT {CHILD}, x.happens_on, x.title
FROM case_date x JOIN ehc_case k ON k.id = x.ehc_case JOIN child c ON c.id = k.child
WHERE x.happens_on BETWEEN {{}} AND {{}} AND {MINE} ORDER BY x.happens_on, x.id LIMIT {{}}
"""

_COMMENT_DAYS = f"""
SELECT {CHILD}, r.served_on, array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id) AS untils,
    a.forename || ' ' || a.surname AS adult
FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan
JOIN document d ON d.id = p.document AND {stands()} JOIN ehc_case k ON k.id = p.ehc_case AND {RUNS}
JOIN child c ON c.id = p.child JOIN account a ON a.id = r.account
WHERE r.id IN (
    SELECT s.id FROM draft_plan_recipient s WHERE s.served_on BETWEEN {{}} AND {{}}
    UNION SELECT e.recipient FROM draft_plan_extension e WHERE e.until BETWEEN {{}} AND {{}}
) AND {MINE} AND NOT EXISTS (
    SELECT FROM draft_plan_recipient n JOIN draft_plan q ON q.id = n.draft_plan JOIN document e ON e.id = q.document
    WHERE q.ehc_case = p.ehc_case AND n.account = r.account AND n.id > r.id AND {stands("n", "e")}
) ORDER BY r.id LIMIT {{}}
"""


async def dates(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """Key dates and last days to comment from today to this day next week, the next first. Two statements."""
    today = london_day(now)
    until, whose, most = today + WEEK, mine(actor, today), max(MOST, shown)
    planned = await fetch(_KEY_DATES, today, until, *whose, most)
    served = (today - COMMENTS_LAST_DAY, until - COMMENTS_LAST_DAY, today, until)
    rows = await fetch(_COMMENT_DAYS, *served, *whose, most)
    found = [(row["happens_on"], _planned(row)) for row in planned]
    found += [(last, _comment_day(row, last)) for row in rows if today <= (last := _last(row)) <= until]
    items = [one for _, one in sorted(found, key=lambda pair: pair[0])]
    return Part(tuple(items[:shown]), len(items))


def _planned(row: Mapping[str, Any]) -> Item:
    return item(row, row["title"], day_in_words(row["happens_on"]), "/timeline")


def _comment_day(row: Mapping[str, Any], last: date) -> Item:
    return item(row, f"Last day to comment on the draft plan for {row['adult']}", day_in_words(last), "/draft-plan")


def _last(row: Mapping[str, Any]) -> date:
    return drafts.last_day(row["served_on"], row["untils"])
