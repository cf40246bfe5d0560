"""Emails that the service owes people: queued with the act that causes them, sent by the worker.

A notice remembers only ids; its text is made when it is sent. So no code or link lies in the
queue, and a notice that has been overtaken (a newer code was asked for) is dropped.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from db.engine import fetch, fetch_one
from db.tables import Notice
from portal import jobs
from portal.actor import Actor
from portal.post import AddressRefused, Email, Post
from portal.wishes.queries import wants_no_email

log = structlog.get_logger()

SEND = "send_notice"
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 2, 5, 10, 30, 60, 120, 240, 480, 960)]
"""How long to wait after each failed try: in all about a day and a half, then it is given up."""

HOLD = timedelta(minutes=2)
"""How long a worker may take to send one."""

_TAKE = """
UPDATE notice SET tries = tries + 1, held_until = {}
WHERE id = {} AND result = '' AND (held_until IS NULL OR held_until <= {}) RETURNING *
"""

_QUEUE_MANY = """
INSERT INTO notice (kind, email, about, queued_at, result, tries)
SELECT {}, w.email, w.about, {}, '', 0 FROM unnest({}::text[], {}::jsonb[]) w (email, about) RETURNING id
"""

Write = Callable[[str, Mapping[str, Any], str], Awaitable[Email | None]]
"""Makes the email of a notice from its kind, what it is about and the address; None when overtaken."""


@dataclass(frozen=True)
class Recipient:
    """Who a notice goes to: an account, or only an address when there is no account yet."""

    email: str
    account: int | None = None

    @classmethod
    def of(cls, actor: Actor) -> "Recipient":
        return cls(actor.email, actor.account)


async def queue(kind: str, to: Recipient, about: Mapping[str, Any], *, now: datetime) -> int:
    """Owe `to` an email of `kind` (a folder of `web/emails`). Gives the notice's id.

    When its owner has turned such emails off, the notice says so and nothing is sent.
    """
    notice = Notice(kind=kind, account=to.account, email=to.email, about=json.dumps(about), queued_at=now)
    notice.result = "turned_off" if await wants_no_email(to.account, kind) else ""
    await notice.save()
    if not notice.result:
        await jobs.enqueue(SEND, str(notice.id))
    return int(notice.id)


async def queue_many(kind: str, owed: Sequence[tuple[str, Mapping[str, Any]]], *, now: datetime) -> None:
    """Owe emails of one `kind` to many addresses that have no account; each with what it is about."""
    if owed:
        emails, abouts = [email for email, _ in owed], [json.dumps(about) for _, about in owed]
        rows = await fetch(_QUEUE_MANY, kind, now, emails, abouts)
        await jobs.enqueue_many(SEND, [str(row["id"]) for row in rows])


async def deliver(notice_id: int, write: Write, post: Post, *, now: datetime) -> None:
    """Send one notice if it is still owed; when that fails, try again later, unless there is no such address.

    Only one worker holds a notice at a time. One that dies with it loses it after two minutes.
    """
    row = await fetch_one(_TAKE, now + HOLD, notice_id, now)
    if row is None:
        await _look_again_if_held(notice_id)
        return
    try:
        result = await _send(row, write, post)
    except AddressRefused:
        await _settle(notice_id, "bounced", now)
    except Exception as error:
        await _try_again(notice_id, row["tries"], type(error).__name__, now)
    else:
        await _settle(notice_id, result, now)


async def waiting() -> list[int]:
    """Ids of the notices that are still owed, oldest first, at most 1,000."""
    rows = await fetch("SELECT id FROM notice WHERE result = '' ORDER BY queued_at, id LIMIT 1000")
    return [row["id"] for row in rows]


async def _send(row: Mapping[str, Any], write: Write, post: Post) -> str:
    email = await write(row["kind"], {**json.loads(row["about"]), "notice": row["id"]}, row["email"])
    if email is None:
        return "overtaken"
    await post.send(email)
    return "sent"


async def _look_again_if_held(notice_id: int) -> None:
    """Whoever holds it may have died; if it was sent in the meantime, looking again does nothing."""
    if await fetch_one("SELECT id FROM notice WHERE id = {} AND result = ''", notice_id):
        await jobs.enqueue(SEND, str(notice_id), after=HOLD)


async def _settle(notice_id: int, result: str, now: datetime) -> None:
    await fetch("UPDATE notice SET result = {}, sent_at = {} WHERE id = {}", result, now, notice_id)


async def _try_again(notice_id: int, tries: int, error: str, now: datetime) -> None:
    log.warning("notice_not_sent", notice=notice_id, tries=tries, error=error)
    if tries > len(RETRY_AFTER):
        await _settle(notice_id, "given_up", now)
        return
    await fetch("UPDATE notice SET held_until = NULL WHERE id = {}", notice_id)
    await jobs.enqueue(SEND, str(notice_id), after=RETRY_AFTER[tries - 1])
