"""The audit trail as a manager reads it: narrowed by day, person, case and kind, newest first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from db.engine import fetch
from portal.actor import Actor
from portal.staff.audit_words import GROUPS, in_words

PAGE = 50
LONDON = ZoneInfo("Europe/London")

_ENTRIES = """
SELECT e.id, e.at, e.event, e.subject, d.detail, coalesce(a.forename || ' ' || a.surname, '') AS who,
    coalesce(a.email, '') AS email, coalesce(c.case_reference, '') AS reference
FROM audit_entry e LEFT JOIN audit_detail d ON d.entry = e.id
LEFT JOIN account a ON a.id = e.actor LEFT JOIN child c ON c.id = e.child
WHERE %s ORDER BY e.id DESC LIMIT {}
"""

_PERSON = """
e.actor IN (
    SELECT id FROM account WHERE email_key LIKE {} OR lower(surname) LIKE {} OR lower(forename) LIKE {} LIMIT 200
)
"""


_CALLED = {
    "account": "SELECT id, forename || ' ' || surname AS name FROM account WHERE id = ANY({})",
    "organisation": "SELECT id, name FROM organisation WHERE id = ANY({})",
    "team": "SELECT id, name FROM team WHERE id = ANY({})",
}
_TABLES = dict.fromkeys(("account", "cover", "from", "person", "to"), "account") | {
    "organisation": "organisation",
    "team": "team",
}
"""Which table the number of a detail belongs to."""


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
    """One entry. `details` are what was noted beside it, as names and values."""

    id: int
    at: datetime
    event: str
    who: str
    email: str
    reference: str
    subject: str
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
    """The newest entries that fit, `limit` a page. For managers only. At most four queries."""
    assert actor.is_manager, "the route lets nobody else in"
    parts, values = _conditions(asked)
    rows = await fetch(_ENTRIES % (" AND ".join(parts) or "true"), *values, limit + 1)
    details = [json.loads(row.pop("detail") or "{}") for row in rows[:limit]]
    names = await _names(details)
    lines = tuple(
        AuditLine(details=_told(detail, names), **row) for row, detail in zip(rows[:limit], details, strict=True)
    )
    return AuditTrail(lines, asked, lines[-1].id if len(rows) > limit else 0)


def _conditions(asked: AuditAsked) -> tuple[list[str], list[Any]]:
    wanted: list[tuple[bool, str, list[Any]]] = [
        (asked.before > 0, "e.id < {}", [asked.before]),
        (bool(asked.since), "e.at >= {}", [_start(asked.since)]),
        (bool(asked.until), "e.at < {}", [_start(asked.until, days=1)]),
        (asked.group in GROUPS and bool(asked.group), "e.event LIKE {}", [f"{asked.group}%"]),
        (bool(asked.person), _PERSON, [_beginning(asked.person)] * 3),
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


def _beginning(typed: str) -> str:
    text = typed.strip().lower()
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"{text}%"


Names = Mapping[tuple[str, int], str]
"""What numbers stand for: the table and its id, and how people call that."""


async def _names(details: Sequence[Mapping[str, Any]]) -> Names:
    """How the accounts, organisations and teams in these details are called. One query for each kind that occurs."""
    found: dict[tuple[str, int], str] = {}
    for table, sql in _CALLED.items():
        wanted = {one for detail in details for key, value in detail.items() for one in _ids(table, key, value)}
        if wanted:
            found |= {(table, row["id"]): row["name"] for row in await fetch(sql, sorted(wanted))}
    return found


def _ids(table: str, key: str, value: Any) -> list[int]:
    """The ids of `table` in one detail; `value` is one number or a list."""
    if _TABLES.get(key) != table:
        return []
    return [one for one in (value if isinstance(value, list) else [value]) if type(one) is int]


def _told(detail: Mapping[str, Any], names: Names) -> tuple[tuple[str, str], ...]:
    return tuple((key.replace("_", " "), _said(key, value, names)) for key, value in sorted(detail.items()))


def _said(key: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_said(key, one, names) for one in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "nobody"}[value]
    return names.get((_TABLES.get(key, ""), value)) or str(value).replace("_", " ")
