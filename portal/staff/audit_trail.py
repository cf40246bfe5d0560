"""The audit trail as a manager reads it: narrowed by day, person, case and kind, newest first."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from db.engine import fetch
from portal.actor import Actor
from portal.dates import LONDON
from portal.staff.audit_subjects import names_of, subject_in_words, told
from portal.staff.audit_words import GROUPS, events_of, in_words
from portal.staff.search import beginning

PAGE = 50

_ENTRIES = """
SELECT e.id, e.at, e.event, e.subject, d.detail, coalesce(a.forename || ' ' || a.surname, '') AS who,
    coalesce(a.email, '') AS email, coalesce(c.case_reference, '') AS reference
FROM audit_entry e LEFT JOIN audit_detail d ON d.entry = e.id
LEFT JOIN account a ON a.id = e.actor LEFT JOIN child c ON c.id = e.child
WHERE %s ORDER BY e.id DESC LIMIT {}
"""

_PERSON = """
e.id IN (
    WITH who AS (
        SELECT id, public_id FROM account WHERE email_key LIKE {} OR lower(surname) LIKE {}
            OR lower(forename) LIKE {} AND lower(forename || ' ' || surname) LIKE {} LIMIT 200
    )
    SELECT b.id FROM audit_entry b WHERE b.actor = ANY(ARRAY(SELECT id FROM who))
    UNION SELECT b.id FROM audit_entry b WHERE b.subject = ANY(ARRAY(SELECT public_id FROM who)) AND b.subject <> ''
    UNION SELECT d.entry FROM audit_detail d WHERE coalesce(d.detail->>'account', d.detail->>'person', d.detail->>'to')
        = ANY(ARRAY(SELECT id::text FROM who))
    UNION SELECT d.entry FROM audit_detail d WHERE coalesce(d.detail->>'from', d.detail->>'cover')
        = ANY(ARRAY(SELECT id::text FROM who))
)
"""
"""What a person did, and what was done that is about them. Each part of the UNION has an index, and takes
it for an array, where a join would read the whole table.
"""


@dataclass(frozen=True)
class AuditAsked:
    """What is looked for. `group` is a key of `audit_words.GROUPS`, `before` the id of the last entry of a page."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    reference: str = ""
    group: str = ""
    before: int = 0

    @property
    def query(self) -> str:
        """What is looked for, as the query of an address; the page is not part of it."""
        days = {
            f"{name}-{part}": getattr(day, part)
            for name, day in (("since", self.since), ("until", self.until))
            if day
            for part in ("day", "month", "year")
        }
        named = {"person": self.person, "reference": self.reference, "group": self.group}
        return urlencode({**days, **{name: value for name, value in named.items() if value}})


@dataclass(frozen=True)
class AuditLine:
    """One entry. `about` is whom or what it is about, empty when that has no name of its own; `subject` its id.

    `details` are what was noted beside it, as names and values.
    """

    id: int
    at: datetime
    event: str
    who: str
    email: str
    reference: str
    subject: str
    about: str
    details: tuple[tuple[str, str], ...]

    @property
    def what(self) -> str:
        return in_words(self.event)


@dataclass(frozen=True)
class AuditTrail:
    """One page of the trail. `older` is the `before` of the next page, 0 on the last."""

    lines: tuple[AuditLine, ...]
    asked: AuditAsked
    older: int

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """What `group` may be."""
        return tuple(GROUPS.items())


async def audit_trail(actor: Actor, asked: AuditAsked, *, limit: int = PAGE) -> AuditTrail:
    """The newest entries that fit, `limit` a page. For managers only.

    One query, and one for each kind of thing that is named.
    """
    assert actor.is_manager, "the route lets nobody else in"
    parts, values = _conditions(asked)
    rows = await fetch(_ENTRIES % (" AND ".join(parts) or "true"), *values, limit + 1)
    details = [json.loads(row.pop("detail") or "{}") for row in rows[:limit]]
    names = await names_of(rows[:limit], details)
    lines = tuple(
        AuditLine(about=subject_in_words(row["event"], row["subject"], names), details=told(detail, names), **row)
        for row, detail in zip(rows[:limit], details, strict=True)
    )
    return AuditTrail(lines, asked, lines[-1].id if len(rows) > limit else 0)


def _conditions(asked: AuditAsked) -> tuple[list[str], list[Any]]:
    wanted: list[tuple[bool, str, list[Any]]] = [
        (asked.before > 0, "e.id < {}", [asked.before]),
        (bool(asked.since), "e.at >= {}", [_start(asked.since)]),
        (bool(asked.until), "e.at < {}", [_start(asked.until, days=1)]),
        (bool(asked.group), "e.event = ANY({}::text[])", [events_of(asked.group)]),
        (bool(asked.person.strip()), _PERSON, _called(asked.person)),
        (
            bool(asked.reference),
            "e.child = (SELECT id FROM child WHERE case_reference = {})",
            [asked.reference.strip().upper()],
        ),
    ]
    chosen = [(sql, values) for is_asked, sql, values in wanted if is_asked]
    return [sql for sql, _ in chosen], [value for _, values in chosen for value in values]


def _start(day: date | None, *, days: int = 0) -> datetime | None:
    """The beginning of a day in London, or of the day after."""
    return datetime.combine(day + timedelta(days=days), time(), LONDON) if day else None


def _called(typed: str) -> list[Any]:
    """The beginning of an address, a surname, a forename or a whole name."""
    whole = " ".join(typed.lower().split())
    begins = beginning(whole)
    return [begins, begins, beginning(whole.split(" ")[0]), begins]
