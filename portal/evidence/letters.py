"""Who was told of a decision or an exception, and when each first opened its letter."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor

_SERVED = """
INSERT INTO letter_recipient (child, letter, account, served_at, notice) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (letter, account) DO NOTHING
"""

_OPENED = """
INSERT INTO letter_recipient AS r (child, letter, account, served_at, first_opened_at) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (letter, account) DO UPDATE SET first_opened_at = excluded.first_opened_at WHERE r.first_opened_at IS NULL
RETURNING id
"""


async def note_served(child: ChildRecord, letter: str, account: int, notice: int, *, now: datetime) -> None:
    """Keep that this account is told of a letter (its public id) with the email `notice`.

    The first time counts, also when they are told again because an exception has got its last day.
    """
    await fetch(_SERVED, child.id, letter, account, now, notice)


async def note_opened(actor: Actor, child: ChildRecord, letter: str, *, now: datetime) -> None:
    """Keep when a person of the family first opened a letter which they may read.

    Whoever got access after it was sent is its recipient from that moment on.
    """
    async with DB.transaction():
        if await fetch_one(_OPENED, child.id, letter, actor.account, now, now):
            await audit.record("family:letter:opened", now=now, actor=actor, child=child.id, subject=letter)
