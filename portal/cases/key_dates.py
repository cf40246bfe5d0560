"""Key Dates: what happened and what is coming, in order, and the same as a calendar file. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.cases import rules
from portal.cases.appeals import appeals_of
from portal.cases.facts import CaseFacts
from portal.cases.words import day_in_words

_LINE = 75
_APPEAL_LAW = "Tribunal Procedure (HESC) Rules 2008, rules 12 and 20"
_MEDIATION_LAW = "SEND Regulations 2014, regulation 33"
_TITLES = {
    "considering": "We decide by this day whether to assess",
    "deciding": "We tell you by this day if we will not write a plan",
    "final": "The final plan is due",
    "in_place": "The plan is reviewed by this day",
    "changing": "The changed plan is due",
}


@dataclass(frozen=True)
class KeyDate:
    """One day. `uid` stays the same when the day moves, so that calendars update it.

    `law` says that the law asks something of the council or an adviser by this day, so that it is late
    once it is past; a family's own days are never late. `source` is where the law says so.
    """

    uid: str
    on: date
    title: str
    past: bool
    law: bool = False
    source: str = ""


def key_dates(facts: CaseFacts, today: date, added: Iterable[tuple[str, date, str]] = ()) -> tuple[KeyDate, ...]:
    """Every key date, earliest first. `added` are the team's own: (id, day, title)."""
    found = [_day("received", facts.received, "We received the request", today)]
    found += [
        _day(f"{one.kind}-{one.on}", one.on, _told(one.kind), today) for one in facts.decisions if _told(one.kind)
    ]
    found += [_duty(duty, duty, due, _TITLES[duty], today) for due, duty in rules.open_duties(facts)]
    found += [*_advice(facts, today), *_comments(facts, today), *_appeals(facts, today)]
    found += [_day(uid, on, title, today) for uid, on, title in added]
    once = {one.uid: one for one in found}
    return tuple(sorted(once.values(), key=lambda one: (one.on, one.uid)))


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
            *([f"DESCRIPTION:{_escaped(one.source)}"] if one.source else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _day(uid: str, on: date, title: str, today: date, source: str = "") -> KeyDate:
    return KeyDate(uid, on, title, on < today, source=source)


def _duty(duty: str, uid: str, on: date, title: str, today: date) -> KeyDate:
    return KeyDate(uid, on, title, on < today, law=True, source=rules.LAW[duty])


def _told(kind: str) -> str:
    return "" if kind == "comments_extended" or kind not in rules.DECISIONS else rules.DECISIONS[kind].label


def _advice(facts: CaseFacts, today: date) -> list[KeyDate]:
    """One for each day on which advice was asked for, while it is being gathered."""
    if facts.stage != "advice" or rules.is_closed(facts):
        return []
    return [
        _duty("advice", f"advice-{asked}", due, f"The advice we asked for on {day_in_words(asked)} is due", today)
        for asked, due in rules.advice_dates(facts)
    ]


def _comments(facts: CaseFacts, today: date) -> list[KeyDate]:
    last = rules.comments_last_day(facts)
    if last is None or facts.stage != "draft" or rules.is_closed(facts):
        return []
    return [_day("comments", last, "Last day to comment on the draft plan", today, rules.LAW["draft"])]


def _appeals(facts: CaseFacts, today: date) -> list[KeyDate]:
    return [
        _day(f"{right}-{one.kind}-{one.decided_on}", on, title, today, source)
        for one in appeals_of(facts)
        for right, on, title, source in (
            ("appeal", one.appeal_by, "Last day to appeal", _APPEAL_LAW),
            ("mediation", one.mediation_by, "Last day to speak to a mediation adviser", _MEDIATION_LAW),
        )
    ]


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
