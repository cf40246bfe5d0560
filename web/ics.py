"""Dates as a calendar file (RFC 5545), which every calendar app can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE = 75
"""Octets in a line before it is folded (RFC 5545 section 3.1)."""


@dataclass(frozen=True)
class Event:
    """One whole day. `uid` stays the same when the file is taken again, so that nothing stands twice."""

    uid: str
    day: date
    summary: str
    url: str


def calendar(events: Iterable[Event], *, name: str, now: datetime) -> bytes:
    """A calendar called `name` with `events`, as it stands at `now`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(name)}//EN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """Section 3.3.11: what has a meaning in a calendar file is written with a backslash."""
    for char in "\\;,":
        value = value.replace(char, f"\\{char}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, each but the first behind a space; no letter is cut in two."""
    pieces, piece = [], b""
    for char in line:
        if len(piece) + len(char.encode()) > LINE:
            pieces.append(piece)
            piece = b" "
        piece += char.encode()
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
