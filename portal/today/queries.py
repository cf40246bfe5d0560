"""What waits for one caseworker: one statement for each kind of work, however many cases there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db.engine import fetch
from portal.access.own import OWN, own
from portal.actor import Actor
from portal.dates import day_in_words, left_or_late, london_day
from portal.drafts import rules as drafts
from portal.forms.library import load_forms
from portal.messages.rules import is_overdue, waiting_words
from portal.messages.waiting import ANSWERS, WAITS
from portal.staff.mine import LEFT_TO_MANAGERS, MINE, NOBODYS, SEES, left_to_managers, mine, sees
from portal.tasks.queries import open_for

SHOWN = 8
"""How many lines each kind shows on the page; a file asks for more."""
MOST = 1_000
"""Cases of one person that are looked at, the most urgent first."""
WEEK = timedelta(days=7)

CHILD = f"""c.public_id AS child, c.forename || ' ' || c.surname AS name, c.case_reference AS reference,
    {NOBODYS} AS nobodys"""
"""What `item` needs to know of the child `c`."""

_CASES = f"""
SELECT {CHILD}, k.stage, k.due, k.received_on,
    EXISTS (SELECT FROM assessment_request q WHERE q.ehc_case = k.id) AS asked_here
FROM child c JOIN LATERAL (
    SELECT id, coalesce(nullif(branch, ''), stage) AS stage, next_deadline AS due, received_on FROM ehc_case
    WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
WHERE {MINE} AND (k.due <= {{}} OR k.stage IN ('request', 'considering'))
ORDER BY k.due NULLS LAST, c.id LIMIT {{}}
"""

_MESSAGES = f"""
WITH waiting AS (
    SELECT v.id, v.subject, v.waiting_since, {CHILD}, count(*) OVER () AS total
    FROM conversation v JOIN child c ON c.id = v.child {ANSWERS}
    WHERE {WAITS} AND {SEES} AND (who.id = {OWN} OR who.id IS NULL AND {LEFT_TO_MANAGERS})
    ORDER BY v.waiting_since, v.id LIMIT {{}}
)
SELECT w.*, (SELECT m.public_id FROM message m WHERE m.conversation = w.id
    ORDER BY m.sent_at DESC, m.id DESC LIMIT 1) AS message
FROM waiting w ORDER BY w.waiting_since, w.id
"""

_RETURNED = f"""
SELECT {CHILD}, f.public_id AS action, f.form_key, f.submitted_at, count(*) OVER () AS total
FROM child c JOIN action f ON f.child = c.id
WHERE {MINE} AND f.state = 'submitted' AND f.read_at IS NULL
ORDER BY f.submitted_at, f.id LIMIT {{}}
"""

_COMMENTS = f"""
SELECT {CHILD}, s.public_id AS response, s.part, s.sent_at, count(*) OVER () AS total
FROM child c JOIN draft_plan p ON p.child = c.id
JOIN ehc_case k ON k.id = p.ehc_case AND k.branch = ''
JOIN draft_plan_response s ON s.draft_plan = p.id
WHERE {MINE} AND s.sent_at IS NOT NULL AND (s.body <> '' OR s.part = ANY({{}}))
    AND NOT EXISTS (SELECT FROM draft_plan_answer w WHERE w.response = s.id)
ORDER BY s.sent_at, s.id LIMIT {{}}
"""


@dataclass(frozen=True)
class Item:
    """One thing to do: about which child, what it is, `when` in words. `at` is the end of its address.

    `nobodys`: the case has no caseworker, so it stands before whoever manages.
    """

    child: str
    name: str
    reference: str
    what: str
    when: str
    is_late: bool
    at: str = ""
    nobodys: bool = False


@dataclass(frozen=True)
class Part:
    """One kind of work: the most urgent, and how many there are in all."""

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True)
class CaseParts:
    """The three kinds of work that one statement finds."""

    deadlines: Part
    requests: Part
    reviews: Part


async def of_cases(actor: Actor, names: Mapping[str, str], *, now: datetime, shown: int = SHOWN) -> CaseParts:
    """Deadlines that are late or fall in 7 days, requests that wait for a decision, reviews due this month.

    `names` are those of the stages, by key. A review stands among the deadlines too once its day is near.
    """
    today = london_day(now)
    rows = await fetch(_CASES, *mine(actor, today), max(today + WEEK, _month_ends(today)), max(MOST, shown))
    due = [row for row in rows if row["due"] and row["due"] <= today + WEEK]
    asked = [row for row in rows if row["stage"] in {"request", "considering"}]
    reviews = [row for row in rows if row["stage"] == "in_place" and row["due"] and row["due"] <= _month_ends(today)]
    return CaseParts(
        _part([_due(row, names.get(row["stage"], ""), today) for row in due], shown),
        _part([_asked(row, today) for row in asked], shown),
        _part([_due(row, "Review of the plan", today) for row in reviews], shown),
    )


async def messages(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """Messages of families that wait for an answer from this person, the oldest first."""
    today = london_day(now)
    whose = (*sees(actor, today), *own(actor, today), *left_to_managers(actor))
    rows = await fetch(_MESSAGES, today, *whose, shown)
    return counted(rows, [
        item(row, row["subject"], waiting_words(row["waiting_since"], now), row["message"],
              is_late=is_overdue(row["waiting_since"], now))
        for row in rows
    ])  # fmt: skip


async def returned(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """Forms that families sent and nobody has read, the oldest first."""
    rows = await fetch(_RETURNED, *mine(actor, london_day(now)), shown)
    items = [item(row, _title(row), f"sent on {_day(row['submitted_at'])}", row["action"]) for row in rows]
    return counted(rows, items)


async def comments(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """What families say about draft plans and nobody has answered, the oldest first, also once there is a plan."""
    asks = [drafts.SCHOOL, drafts.MEETING]
    rows = await fetch(_COMMENTS, *mine(actor, london_day(now)), asks, shown)
    items = [
        item(row, drafts.title_of(row["part"]), f"sent on {_day(row['sent_at'])}", row["response"]) for row in rows
    ]
    return counted(rows, items)


async def tasks(actor: Actor, *, now: datetime, shown: int = SHOWN) -> Part:
    """The tasks that opened by themselves, the oldest due first. Two statements."""
    found = await open_for(actor, now=now, limit=shown)
    items = (
        Item(
            one.child,
            one.child_name,
            one.case_reference,
            one.about.name,
            one.days_left,
            one.is_late,
            one.public_id,
            not one.caseworker,
        )
        for one in found.rows
    )
    return Part(tuple(items), found.total)


def _month_ends(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _part(items: list[Item], shown: int) -> Part:
    return Part(tuple(items[:shown]), len(items))


def counted(rows: list[dict[str, Any]], items: list[Item]) -> Part:
    """The part of a statement whose rows say in `total` how many there are."""
    return Part(tuple(items), rows[0]["total"] if rows else 0)


def item(row: Mapping[str, Any], what: str, when: str, at: str = "", *, is_late: bool = False) -> Item:
    """One thing to do about the child of a row that has the columns of `CHILD`."""
    return Item(row["child"], row["name"], row["reference"], what, when, is_late, at, row["nobodys"])


def _due(row: Mapping[str, Any], what: str, today: date) -> Item:
    return item(row, what, left_or_late(row["due"], today), is_late=row["due"] < today)


def _asked(row: Mapping[str, Any], today: date) -> Item:
    when = left_or_late(row["due"], today) if row["due"] else ""
    late = bool(row["due"]) and row["due"] < today
    what = f"Asked for on {day_in_words(row['received_on'])}"
    return item(row, what, when, "/request" if row["asked_here"] else "", is_late=late)


def _title(row: Mapping[str, Any]) -> str:
    form = load_forms().newest(row["form_key"])
    return form.title if form else "Form"


def _day(moment: datetime) -> str:
    return day_in_words(london_day(moment))
