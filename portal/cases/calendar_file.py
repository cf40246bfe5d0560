"""Key Dates as a calendar file (RFC 5545). Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.cases.key_dates import KeyDate

_LINE = 75


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
            *([f"DESCRIPTION:{_escaped(told)}"] if (told := f"{one.note} {one.source}".strip()) else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
