"""Emails that came back hours later, as messages in the council's mailbox (delivery status notifications, RFC 3464).

A report names the address that failed and holds the Message-ID of our email, in which the notice's number stands.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from pathlib import Path
from typing import Any

import structlog

from db.engine import DB, fetch_one
from portal import audit

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024
"""What is read of one report; the rest can only be the content that came back with it."""

_OURS = re.compile(r"<notice-(\d{1,18})@[^<>@\s]+>")

_CAME_BACK = """
UPDATE notice SET result = 'bounced', came_back_at = {}
WHERE id = {} AND lower(email) = {} AND result = 'sent' RETURNING about
"""

_CHILD = """
SELECT id FROM child WHERE public_id = {} UNION ALL SELECT child FROM invitation WHERE public_id = {} LIMIT 1
"""


@dataclass(frozen=True)
class Failed:
    """One of our emails that will not arrive: its notice, and the address in small letters."""

    notice: int
    address: str


def failed_in(raw: bytes) -> tuple[Failed, ...]:
    """The emails of ours that a report says have failed for good; empty for any other message, however broken."""
    report = message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
    notice = _notice_in(report)
    if notice is None or report.get_content_type() != "multipart/report":
        return ()
    return tuple(Failed(notice, address) for address in sorted(set(_failed_addresses(report))))


async def note(raw: bytes, *, now: datetime) -> int:
    """Keep what a report says. Gives how many of our emails are now known to have come back, for the first time."""
    return await _note(failed_in(raw), now)


async def _note(failed: Iterable[Failed], now: datetime) -> int:
    noted = 0
    for one in failed:
        async with DB.transaction():
            row = await fetch_one(_CAME_BACK, now, one.notice, one.address)
            if row is not None:
                await _record(one.notice, json.loads(row["about"]), now)
                noted += 1
    return noted


async def note_maildir(folder: Path, *, now: datetime) -> int:
    """The same for every message of a maildir that is not marked as seen; each is marked once it is kept.

    One that cannot be read is flagged as well, for somebody to look at.
    """
    noted = 0
    for path in _unseen(folder):
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES)
        try:
            failed = failed_in(raw)
        except Exception as error:  # one message that nobody foresaw must not stop those behind it
            log.warning("bounce_not_read", error=type(error).__name__)
            _mark(path, folder, "FS")
            continue
        noted += await _note(failed, now)
        _mark(path, folder, "S")
    return noted


def _unseen(folder: Path) -> list[Path]:
    found = [path for name in ("new", "cur") for path in (folder / name).glob("[!.]*") if path.is_file()]
    return sorted(path for path in found if "S" not in _flags(path))


def _flags(path: Path) -> str:
    return path.name.partition(":2,")[2]


def _mark(path: Path, folder: Path, flags: str) -> None:
    """Flag a message by its name, as maildirs do. Its content stays as it came: it may be what no parser writes."""
    marked = "".join(sorted({*_flags(path), *flags}))
    path.rename(folder / "cur" / f"{path.name.partition(':')[0]}:2,{marked}")


async def _record(notice: int, about: dict[str, Any], now: datetime) -> None:
    row = await fetch_one(_CHILD, about.get("child", ""), about.get("invitation", ""))
    await audit.record("post:email:came_back", now=now, child=row["id"] if row else None, subject=str(notice))


def _notice_in(report: Message) -> int | None:
    """The number in the Message-ID of the email that came back with the report, whole or as its headers alone."""
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            found = _OURS.fullmatch(str(message_from_string(str(part.get_payload()))["Message-ID"] or "").strip())
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            found = _OURS.fullmatch(str(_parts(part)[0]["Message-ID"] or "").strip())
        else:
            continue
        if found:
            return int(found[1])
    return None


def _failed_addresses(report: Message) -> Iterator[str]:
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in _parts(part):
                if str(block.get("Action", "")).strip().lower() == "failed":
                    yield from _addresses(block)


def _addresses(block: Message) -> Iterator[str]:
    """Original-Recipient is what we wrote to, Final-Recipient where it was sent on to (RFC 3464 2.3.1, 2.3.2)."""
    for name in ("Original-Recipient", "Final-Recipient"):
        _, _, address = str(block.get(name, "")).partition(";")
        address = address.strip().strip("<>").lower()
        if address and address.isprintable():  # what the database could not even compare is no address of ours
            yield address


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
