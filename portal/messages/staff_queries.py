"""Messages as the SEND team looks at them: of one child, and of the whole team by age."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.messages.rules import PAGE, waiting_words


@dataclass(frozen=True)
class ConversationLine:
    """One conversation in a list. `message` is its newest message; `waiting` is empty once answered."""

    message: str
    child: str
    child_name: str
    reference: str
    adult: str
    message_type: str
    subject: str
    last_at: datetime
    waiting: str


@dataclass(frozen=True)
class ChildConversations:
    """Every conversation about one child, newest first."""

    child: ChildRecord
    lines: tuple[ConversationLine, ...]


@dataclass(frozen=True)
class TeamInbox:
    """Conversations that wait for an answer, oldest first. `later` is the key of the next page."""

    lines: tuple[ConversationLine, ...]
    later: str


_LINE = """
SELECT v.id, c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference AS reference,
    a.forename || ' ' || a.surname AS adult, v.message_type, v.subject, v.last_message_at AS last_at, v.waiting_since,
    (SELECT m.public_id FROM message m WHERE m.conversation = v.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1)
        AS message
FROM conversation v JOIN child c ON c.id = v.child JOIN account a ON a.id = v.account
"""


async def conversations_of(child: ChildRecord, *, now: datetime) -> ChildConversations:
    """The newest 200 conversations about a child whom the actor may see."""
    rows = await fetch(f"{_LINE} WHERE v.child = {{}} ORDER BY v.last_message_at DESC, v.id DESC LIMIT 200", child.id)
    return ChildConversations(child, tuple(_line(row, now) for row in rows))


async def team_inbox(actor: Actor, *, after: str = "", now: datetime) -> TeamInbox:
    """What families wrote and nobody has answered: of the actor's team, for managers of every team."""
    key = int(after) if after.isdecimal() and len(after) < 18 else 0
    rows = await fetch(
        f"{_LINE} WHERE v.waiting_since IS NOT NULL AND ({{}} OR c.team = {{}} OR c.caseworker = {{}})"
        " AND ({} = 0 OR (v.waiting_since, v.id) > (SELECT waiting_since, id FROM conversation WHERE id = {}))"
        " ORDER BY v.waiting_since, v.id LIMIT {}",
        actor.is_manager,
        actor.team or 0,
        actor.account,
        key,
        key,
        PAGE + 1,
    )
    later = str(rows[PAGE - 1]["id"]) if len(rows) > PAGE else ""
    return TeamInbox(tuple(_line(row, now) for row in rows[:PAGE]), later)


def _line(row: dict[str, Any], now: datetime) -> ConversationLine:
    since = row.pop("waiting_since")
    row.pop("id")
    return ConversationLine(waiting=waiting_words(since, now) if since else "", **row)
