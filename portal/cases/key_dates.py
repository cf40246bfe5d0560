"""Key Dates: what happened and what is coming, in order, and the same as a calendar file. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.cases import rules
from portal.cases.appeals import appeals_of
from portal.cases.rules import CaseFacts

_LINE = 75
_TITLES = {
    "considering": "We decide by this day whether to assess",
    "deciding": "We tell you by this day if we will not write a plan",
    "final": "The final plan is due",
    "in_place": "The plan is reviewed by this day",
}


@dataclass(frozen=True)
class KeyDate:
    """One day. `uid` stays the same when the day moves, so that calendars update it."""

    uid: str
    on: date
    title: str
    past: bool
    law: bool = False


def key_dates(facts: CaseFacts, today: date, added: Iterable[tuple[str, date, str]] = ()) -> tuple[KeyDate, ...]:
    """Every key date, earliest first. `added` are the team's own: (id, day, title)."""
    found = [("received", facts.received, "We received the request", False)]
    found += [(f"{one.kind}-{one.on}", one.on, _told(one.kind), False) for one in facts.decisions if _told(one.kind)]
    found += [(duty, due, _TITLES[duty], True) for due, duty in rules.open_duties(facts)]
    last = rules.comments_last_day(facts)
    if last and facts.stage == "draft" and not facts.branch:
        found.append(("comments", last, "Last day to comment on the draft plan", True))
    found += [
        (f"appeal-{number}-{one.decided_on}", one.appeal_by, "Last day to appeal", True)
        for number, one in enumerate(appeals_of(facts), 1)
    ]
    found += [(uid, on, title, False) for uid, on, title in added]
    return tuple(KeyDate(uid, on, title, on < today, law) for uid, on, title, law in sorted(found, key=_order))


def calendar_file(dates: Iterable[KeyDate], *, case: str, portal: str, stamp: datetime, name: str) -> str:
    """The dates as an iCalendar file of whole-day events (RFC 5545). `stamp` is in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_escaped(portal)}//Key Dates//EN", f"NAME:{_escaped(name)}"]
    for one in dates:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{case}-{one.uid}@portal",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)} (case {case})",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _told(kind: str) -> str:
    return "" if kind == "comments_extended" or kind not in rules.DECISIONS else rules.DECISIONS[kind].label


def _order(found: tuple[str, date, str, bool]) -> tuple[date, str]:
    return found[1], found[0]


def _escaped(text: str) -> str:
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """At most 75 octets a line, never cutting a character in two (RFC 5545 section 3.1)."""
    parts: list[str] = []
    part = ""
    for char in line:
        if len((part + char).encode()) > _LINE - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])
