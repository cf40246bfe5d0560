"""Somebody gives up their access themselves: all of it, or, at work, that to one child."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.access.rules import AT_WORK
from portal.actor import Actor
from portal.cover.telling import tell_team
from portal.errors import NotFound
from portal.invitations.rules import State
from portal.relationships.commands import move_invitation

STOPPED = "They said that they no longer need to see the record"
"""Why access ended that a professional gave up; unlike `organisations.rules.LEFT` it does not come back with work."""

_END = """
UPDATE relationship SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE account = {} AND state <> 'ended' RETURNING public_id, account, child
"""

_LEAVE_WORK = """
UPDATE organisation_member SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE account = {} AND state <> 'ended'
"""

_STOP = """
UPDATE relationship SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE account = {} AND child = {} AND basis = {} AND state = 'active' RETURNING public_id, account, child
"""

_THROUGH = """
SELECT coalesce(o.name, '') AS organisation FROM relationship r LEFT JOIN organisation o ON o.id = r.organisation
WHERE r.account = {} AND r.child = {} AND r.state = 'active'
"""


@dataclass(frozen=True)
class Stopping:
    """The record that a professional may stop to see; `organisation` is the work that it comes from, or empty."""

    child: ChildRecord
    organisation: str


async def stopping(actor: Actor, child: ChildRecord) -> Stopping:
    """What ends when a professional, who reached the record through `child_of`, stops seeing it. Raises NotFound.

    Families ask the SEND team: what ends for them may be a right.
    """
    row = await fetch_one(_THROUGH, actor.account, child.id)
    if row is None or not child.at_work:
        raise NotFound
    return Stopping(child, row["organisation"])


async def stop_seeing(actor: Actor, child: ChildRecord, *, now: datetime) -> str:
    """End the actor's access to one child at once, and tell the caseworker. Gives the child's public id.

    An invitation to which they said yes is forgotten with it. Raises NotFound for whoever is no professional here.
    """
    async with DB.transaction():
        ended = await fetch_one(_STOP, now, actor.account, STOPPED, actor.account, child.id, AT_WORK)
        if ended is None:
            raise NotFound
        await move_invitation(ended, State.WITHDRAWN)
        subject = ended["public_id"]
        await audit.record("family:access:given_up", now=now, actor=actor, child=child.id, subject=subject)
        await tell_team("professional_stopped", child, {}, now=now)
    return child.public_id


async def end_own_access(actor: Actor, reason: str, *, now: datetime) -> None:
    """End every access of the actor, given or still being checked, and their work at organisations."""
    async with DB.transaction():
        await fetch(_LEAVE_WORK, now, actor.account, reason, actor.account)
        every = await fetch(_END, now, actor.account, reason, actor.account)
        for ended in every:
            await move_invitation(ended, State.WITHDRAWN)
        for ended in every:
            await audit.record(
                "family:access:given_up", now=now, actor=actor, child=ended["child"], subject=ended["public_id"]
            )
