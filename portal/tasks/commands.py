"""The SEND team marks a task as done, or opens it again."""

from datetime import datetime

from db.engine import DB, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import Refused

DONE_ALREADY = "This task was done since you opened the page."
REASON_GONE = "The reason for this task has gone, so it cannot be opened again."

_DONE = """
UPDATE task SET done_at = {}, done_by = {}, done_how = {}
WHERE public_id = {} AND child = {} AND done_at IS NULL RETURNING id
"""

_AGAIN = """
UPDATE task SET done_at = NULL, done_by = NULL, done_how = ''
WHERE public_id = {} AND child = {} AND done_at IS NOT NULL AND gone_at IS NULL RETURNING id
"""


async def mark_done(actor: Actor, child: ChildRecord, task: str, how: str, *, now: datetime) -> str:
    """Say that a task is done, and how. It stays done while its reason lasts. Gives the task's public id.

    Raises Refused when it is done already.
    """
    async with DB.transaction():
        if await fetch_one(_DONE, now, actor.account, how, task, child.id) is None:
            raise Refused(DONE_ALREADY)
        await audit.record("staff:task:done", now=now, actor=actor, child=child.id, subject=task)
    return task


async def open_again(actor: Actor, child: ChildRecord, task: str, *, now: datetime) -> str:
    """Undo `mark_done`. Gives the task's public id. Raises Refused when the reason has gone, or it is open."""
    async with DB.transaction():
        if await fetch_one(_AGAIN, task, child.id) is None:
            raise Refused(REASON_GONE)
        await audit.record("staff:task:opened_again", now=now, actor=actor, child=child.id, subject=task)
    return task
