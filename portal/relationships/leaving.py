"""Somebody gives up all their access themselves."""

from datetime import datetime

from db.engine import DB, fetch
from portal import audit
from portal.actor import Actor
from portal.invitations.rules import State
from portal.relationships.commands import move_invitation

_END = """
UPDATE relationship SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE account = {} AND state <> 'ended' RETURNING public_id, account, child
"""

_LEAVE_WORK = """
UPDATE organisation_member SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE account = {} AND state <> 'ended'
"""


async def end_own_access(actor: Actor, reason: str, *, now: datetime) -> None:
    """End every access of the actor, given or still being checked, and their work at organisations."""
    async with DB.transaction():
        await fetch(_LEAVE_WORK, now, actor.account, reason, actor.account)
        for ended in await fetch(_END, now, actor.account, reason, actor.account):
            await move_invitation(ended, State.WITHDRAWN)
            await audit.record(
                "family:access:given_up", now=now, actor=actor, child=ended["child"], subject=ended["public_id"]
            )
