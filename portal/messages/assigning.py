"""Who of the SEND team answers a conversation."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.colleagues.queries import AWAY_UNTIL, with_absence
from portal.dates import london_day
from portal.errors import RuleBroken
from portal.messages.queries import ConversationView
from portal.notices import Recipient

_COLLEAGUES = f"""
SELECT a.public_id, a.forename || ' ' || a.surname AS name, {AWAY_UNTIL} AS away FROM account a
WHERE a.role <> 'family' AND a.disabled_at IS NULL
    AND (a.team = {{}} OR a.id = {{}} OR a.role IN ('manager', 'administrator') OR a.id IN (SELECT cover FROM absence
        WHERE account = {{}} AND ended_at IS NULL AND {{}} BETWEEN from_day AND to_day))
ORDER BY (a.team = {{}}) IS NOT TRUE, a.forename, a.surname, a.id LIMIT 200
"""

_LET_GO = """
UPDATE conversation v SET assigned_to = NULL FROM child c
WHERE c.id = v.child AND v.assigned_to = {} AND ({}::bigint[] IS NULL OR c.id = ANY({}::bigint[]))
"""


async def may_answer(child: ChildRecord, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Who may see the child, and so may answer, as choices: assigning never widens access."""
    today = london_day(now)
    rows = await fetch(_COLLEAGUES, today, child.team, child.caseworker, child.caseworker, today, child.team)
    return tuple((row["public_id"], with_absence(row["name"], row["away"])) for row in rows)


async def let_go(person: int, children: Sequence[int] | None = None) -> None:
    """Nobody in particular answers what the account with this id was given: about all children, or some.

    For when they leave, move to another team, or their cases go to somebody else; part of the caller's transaction.
    """
    chosen = list(children) if children is not None else None
    await fetch(_LET_GO, person, chosen, chosen)


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
