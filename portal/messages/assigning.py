"""Who of the SEND team answers a conversation."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.rules import london_day
from portal.errors import RuleBroken
from portal.messages.queries import ConversationView
from portal.notices import Recipient

_COLLEAGUES = """
SELECT a.public_id, a.forename || ' ' || a.surname AS name FROM account a
WHERE a.role <> 'family' AND a.disabled_at IS NULL
    AND (a.team = {} OR a.id = {} OR a.role IN ('manager', 'administrator') OR a.id IN (SELECT cover FROM absence
        WHERE account = {} AND ended_at IS NULL AND {} BETWEEN from_day AND to_day))
ORDER BY (a.team = {}) IS NOT TRUE, a.forename, a.surname, a.id LIMIT 200
"""


async def may_answer(child: ChildRecord, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Who may see the child, and so may answer, as choices: assigning never widens access."""
    asked = (child.team, child.caseworker, child.caseworker, london_day(now), child.team)
    rows = await fetch(_COLLEAGUES, *asked)
    return tuple((row["public_id"], row["name"]) for row in rows)


async def assign(actor: Actor, conversation: ConversationView, colleague: str, *, now: datetime) -> str:
    """Say who answers; an empty `colleague` (an account's public id) means nobody in particular.

    The colleague is told by email, unless it is the actor. Gives their name, or an empty string.
    Raises RuleBroken on `colleague`.
    """
    choices = dict(await may_answer(conversation.child, now=now))
    if colleague and colleague not in choices:
        raise RuleBroken("colleague", "Choose a colleague who may see this child’s record")
    async with DB.transaction():
        row = await fetch_one("SELECT id, email FROM account WHERE public_id = {}", colleague) if colleague else None
        to = row["id"] if row else None
        await fetch("UPDATE conversation SET assigned_to = {} WHERE id = {}", to, conversation.id)
        child, detail = conversation.child, {"to": to}
        await audit.record(
            "staff:message:assigned", now=now, actor=actor, child=child.id, subject=conversation.opened, detail=detail
        )
        if row and to != actor.account:
            about = {"reference": child.case_reference, "child": child.public_id, "message": conversation.opened}
            await notices.queue("message_assigned", Recipient(row["email"], to), about, now=now)
    return choices.get(colleague, "")
