"""Messages as the SEND team looks at them: of one child, and of the whole team by age."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.queries import OWN, own
from portal.cover.rules import london_day
from portal.messages.queries import message_types
from portal.messages.rules import PAGE, is_overdue, waiting_words


@dataclass(frozen=True)
class ConversationLine:
    """One conversation in a list. `message` is its newest message; `waiting` is empty once answered.

    `assigned` is who answers: the colleague it was given to, else the caseworker; `is_overdue` says that it
    has waited longer than the team aims at.
    """

    message: str
    child: str
    child_name: str
    reference: str
    adult: str
    message_type: str
    subject: str
    last_at: datetime
    assigned: str
    waiting: str
    is_overdue: bool


@dataclass(frozen=True)
class ChildConversations:
    """Every conversation about one child, newest first."""

    child: ChildRecord
    lines: tuple[ConversationLine, ...]


@dataclass(frozen=True)
class Asked:
    """Which part of the team inbox: `show` is a key of `SHOW`, `kind` a message type; `after` the key of a page."""

    show: str = ""
    kind: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """What is shown, as the query of an address; the page is not part of it."""
        return urlencode({"show": self.show, "kind": self.kind})


@dataclass(frozen=True)
class TeamInbox:
    """Conversations that wait for an answer, oldest first. `later` is the key of the next page."""

    lines: tuple[ConversationLine, ...]
    asked: Asked
    kinds: tuple[str, ...]
    later: str

    @property
    def shows(self) -> tuple[tuple[str, str], ...]:
        """What `show` may be."""
        return tuple((key, words) for key, (words, _) in SHOW.items())


SHOW = {
    "": ("Everything", "true"),
    "mine": ("For me to answer", "(v.assigned_to = {own} OR (v.assigned_to IS NULL AND c.caseworker = {own}))"),
    "nobody": ("For nobody yet", "(v.assigned_to IS NULL AND c.caseworker IS NULL)"),
}
"""What the inbox can be narrowed to: its words and condition. `{own}` are the actor and for whom they cover."""

_LINE = """
SELECT v.id, c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference AS reference,
    a.forename || ' ' || a.surname AS adult, v.message_type, v.subject, v.last_message_at AS last_at, v.waiting_since,
    coalesce(w.forename || ' ' || w.surname, '') AS assigned,
    (SELECT m.public_id FROM message m WHERE m.conversation = v.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1)
        AS message
FROM conversation v JOIN child c ON c.id = v.child JOIN account a ON a.id = v.account
LEFT JOIN account w ON w.id = coalesce(v.assigned_to, c.caseworker)
"""


async def conversations_of(child: ChildRecord, *, now: datetime) -> ChildConversations:
    """The newest 200 conversations about a child whom the actor may see."""
    rows = await fetch(f"{_LINE} WHERE v.child = {{}} ORDER BY v.last_message_at DESC, v.id DESC LIMIT 200", child.id)
    return ChildConversations(child, tuple(_line(row, now) for row in rows))


async def team_inbox(actor: Actor, asked: Asked, *, now: datetime, limit: int = 0) -> TeamInbox:
    """What families wrote and nobody has answered: of the actor's team, for managers of every team.

    A page has `PAGE` lines, or `limit`. Two queries.
    """
    key = int(asked.after) if asked.after.isdecimal() and len(asked.after) < 18 else 0
    size = limit or PAGE
    _, shown = SHOW.get(asked.show, SHOW[""])
    mine = own(actor, london_day(now))
    rows = await fetch(
        f"{_LINE} WHERE v.waiting_since IS NOT NULL AND ({{}} OR c.team = {{}} OR c.caseworker = {OWN})"
        f" AND {shown.replace('{own}', OWN)} AND ({{}} = '' OR v.message_type = {{}})"
        " AND ({} = 0 OR (v.waiting_since, v.id) > (SELECT waiting_since, id FROM conversation WHERE id = {}))"
        " ORDER BY v.waiting_since, v.id LIMIT {}",
        actor.is_manager,
        actor.team or 0,
        *mine,
        *mine * shown.count("{own}"),
        asked.kind,
        asked.kind,
        key,
        key,
        size + 1,
    )
    later = str(rows[size - 1]["id"]) if len(rows) > size else ""
    return TeamInbox(tuple(_line(row, now) for row in rows[:size]), asked, tuple(await message_types()), later)


def _line(row: dict[str, Any], now: datetime) -> ConversationLine:
    since = row.pop("waiting_since")
    row.pop("id")
    waiting = waiting_words(since, now) if since else ""
    return ConversationLine(waiting=waiting, is_overdue=bool(since) and is_overdue(since, now), **row)
