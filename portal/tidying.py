"""What is swept away by itself because nobody needs it any more, and what was left waiting."""

from datetime import datetime, timedelta

from db.engine import fetch
from portal import jobs, notices
from portal.imports import commands as imports

KEEP_SESSIONS = timedelta(days=2)
KEEP_ONCE = timedelta(days=2)
KEEP_DEMO_MAIL = timedelta(days=30)

_EMAILS_TO_NOBODY = """
DELETE FROM notice n USING account a WHERE a.id = n.account AND a.email = '' AND n.result <> ''
"""
"""Those of accounts that were closed and never had to do with a child's record."""


async def tidy(*, now: datetime) -> None:
    """Remove sessions, codes, limits, form keys and emails to nobody; queue notices whose job was lost."""
    await fetch("DELETE FROM session WHERE seen_at < {}", now - KEEP_SESSIONS)
    await fetch("DELETE FROM throttle WHERE window_ends_at < {}", now)
    await fetch("DELETE FROM once WHERE at < {}", now - KEEP_ONCE)
    await fetch("DELETE FROM demo_mail WHERE sent_at < {}", now - KEEP_DEMO_MAIL)
    await fetch(_EMAILS_TO_NOBODY)
    await imports.forget_old(now=now)
    for notice in await _forgotten(now):
        await jobs.enqueue(notices.SEND, str(notice))


async def _forgotten(now: datetime) -> list[int]:
    """Notices that have been owed longer than every retry takes."""
    patience = sum(notices.RETRY_AFTER, timedelta(hours=1))
    rows = await fetch("SELECT id FROM notice WHERE result = '' AND queued_at < {}", now - patience)
    return [row["id"] for row in rows]
