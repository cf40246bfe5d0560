"""Looking at messages between a family and the SEND team."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.dates import london_day
from portal.errors import NotFound
from portal.files.queries import FileLine
from portal.messages.rules import PAGE
from portal.messages.waiting import MAY_ANSWER, READS
from portal.words import counted

MOST = 500
"""Messages of one conversation that a page shows at once."""
NEWEST = 3
"""How many messages the dashboard names."""


@dataclass(frozen=True)
class PanelMessage:
    """One of the newest messages from the SEND team, as the dashboard names it."""

    public_id: str
    subject: str
    sent_at: datetime
    is_new: bool


@dataclass(frozen=True)
class MessagesPanel:
    """What the dashboard says about the messages that one person was sent."""

    child: str
    unread: int
    newest: tuple[PanelMessage, ...]

    @property
    def fact(self) -> str:
        """The number that matters, in words."""
        if not self.unread:
            return "No new messages"
        return counted(self.unread, "new message")


_NEWEST = """
SELECT m.public_id, v.subject, m.sent_at, m.read_at IS NULL AS is_new,
    count(*) FILTER (WHERE m.read_at IS NULL) OVER () AS unread
FROM conversation v JOIN message m ON m.conversation = v.id AND m.from_staff
WHERE v.child = {} AND v.account = {} ORDER BY m.sent_at DESC, m.id DESC LIMIT {}
"""


async def panel(actor: Actor, child: ChildRecord, *, now: datetime) -> MessagesPanel:
    """How many messages from the SEND team this account has not read yet, and the newest few."""
    rows = await fetch(_NEWEST, child.id, actor.account, NEWEST)
    unread = rows[0]["unread"] if rows else 0
    newest = [PanelMessage(**{name: row[name] for name in PanelMessage.__annotations__}) for row in rows]
    return MessagesPanel(child.public_id, unread, tuple(newest))


@dataclass(frozen=True)
class MessageLine:
    """One message in a list."""

    public_id: str
    sent_at: datetime
    message_type: str
    sender: str
    to: str
    subject: str
    is_unread: bool
    files: int


@dataclass(frozen=True)
class MessageList:
    """One page of a list, newest first. `older` is the key of the next page, empty on the last."""

    child: ChildRecord
    lines: tuple[MessageLine, ...]
    older: str
    drafts: tuple["DraftLine", ...] = ()


@dataclass(frozen=True)
class DraftLine:
    """A message that was begun. `answers` is the message it replies to, empty for a new one."""

    subject: str
    answers: str
    updated_at: datetime


@dataclass(frozen=True)
class Letter:
    """One message of a conversation, as it is read."""

    public_id: str
    sender: str
    from_staff: bool
    body: str
    sent_at: datetime
    read_at: datetime | None
    files: tuple[FileLine, ...]


@dataclass(frozen=True)
class ConversationView:
    """The newest `MOST` messages of a conversation, oldest first. `opened` is the message that was asked for.

    `earlier` is the key of the messages before these, empty when there are none; `before` that of these themselves,
    empty for the newest.

    `assigned` is the public id of the colleague whom it was given to, and `answerer` the account's id; empty and
    None for nobody, and once that colleague may not see the child. Without `reads` the adult has lost access.
    """

    id: int
    child: ChildRecord
    account: int
    adult: str
    message_type: str
    subject: str
    opened: str
    waiting_since: datetime | None
    assigned: str
    answerer: int | None
    reads: bool
    letters: tuple[Letter, ...]
    earlier: str
    before: str

    @property
    def newest(self) -> str:
        """The public id of the last message that is shown: what somebody who looks at it has seen."""
        return self.letters[-1].public_id if self.letters else ""


TEAM = "SEND team"

_LINES = """
SELECT m.public_id, m.sent_at, v.message_type, v.subject,
    s.forename || ' ' || s.surname AS sender, m.from_staff, m.read_at IS NULL AS unread,
    a.forename || ' ' || a.surname AS adult,
    (SELECT count(*) FROM attachment f WHERE f.message = m.id) AS files
FROM conversation v JOIN message m ON m.conversation = v.id
JOIN account s ON s.id = m.sender JOIN account a ON a.id = v.account
WHERE v.child = {} AND v.account = {} AND m.from_staff = {}
    AND ({} = '' OR (m.sent_at, m.id) < (SELECT sent_at, id FROM message WHERE public_id = {}))
ORDER BY m.sent_at DESC, m.id DESC LIMIT {}
"""


async def inbox(actor: Actor, child: ChildRecord, *, before: str = "") -> MessageList:
    """What the SEND team wrote to this account about `child`; `before` is the key of a page."""
    return await _list(actor, child, from_staff=True, before=before)


async def sent_items(actor: Actor, child: ChildRecord, *, before: str = "") -> MessageList:
    """What this account wrote about `child`."""
    return await _list(actor, child, from_staff=False, before=before)


async def conversation_of(
    actor: Actor, child: ChildRecord, message: str, *, before: str = "", most: int = MOST, now: datetime
) -> ConversationView:
    """The conversation that a message is in. Families see their own; staff those of a child they may see.

    Of a long one the newest `most` messages, or those before the message `before`. Raises NotFound; the
    refusal is audited.
    """
    row = await fetch_one(_CONVERSATION, london_day(now), message, child.id)
    if row is None or not (actor.is_staff or row["account"] == actor.account):
        await audit.record("access:message:refused", now=now, actor=actor, child=child.id, subject=message[:40])
        raise NotFound
    rows = await fetch(_LETTERS, row["id"], before, before, most + 1)
    letters = tuple(_letter(one) for one in reversed(rows[:most]))
    earlier = letters[0].public_id if len(rows) > most else ""
    return ConversationView(child=child, opened=message, letters=letters, earlier=earlier, before=before, **row)


async def waits(conversation: ConversationView) -> bool:
    """Whether a message in it waits for the team's answer now."""
    row = await fetch_one("SELECT waiting_since FROM conversation WHERE id = {}", conversation.id)
    return row is not None and row["waiting_since"] is not None


_CONVERSATION = f"""
SELECT v.id, v.account, a.forename || ' ' || a.surname AS adult, v.message_type, v.subject, v.waiting_since,
    coalesce(g.public_id, '') AS assigned, g.id AS answerer, {READS} AS reads
FROM message m JOIN conversation v ON v.id = m.conversation JOIN child c ON c.id = v.child
JOIN account a ON a.id = v.account LEFT JOIN account g ON g.id = v.assigned_to AND {MAY_ANSWER}
WHERE m.public_id = {{}} AND v.child = {{}}
"""

_LETTERS = """
SELECT m.public_id, s.forename || ' ' || s.surname AS sender, m.from_staff, m.body, m.sent_at, m.read_at,
    coalesce((SELECT json_agg(json_build_object('public_id', f.public_id, 'name', f.name, 'size', f.size,
        'scan_state', f.scan_state) ORDER BY f.id)
      FROM attachment x JOIN stored_file f ON f.id = x.file WHERE x.message = m.id), '[]') AS files
FROM message m JOIN account s ON s.id = m.sender
WHERE m.conversation = {} AND ({} = '' OR (m.sent_at, m.id) < (
    SELECT o.sent_at, o.id FROM message o WHERE o.public_id = {} AND o.conversation = m.conversation))
ORDER BY m.sent_at DESC, m.id DESC LIMIT {}
"""


async def message_types() -> list[str]:
    """The council's list, in its order."""
    rows = await fetch("SELECT name FROM message_type WHERE active ORDER BY position, name")
    return [row["name"] for row in rows]


def _letter(row: dict[str, Any]) -> Letter:
    files = tuple(FileLine(**one) for one in json.loads(row.pop("files")))
    return Letter(files=files, **row)


async def _list(actor: Actor, child: ChildRecord, *, from_staff: bool, before: str) -> MessageList:
    rows = await fetch(_LINES, child.id, actor.account, from_staff, before, before, PAGE + 1)
    lines = tuple(_line(row) for row in rows[:PAGE])
    drafts = () if before else await _drafts(actor, child)
    return MessageList(child, lines, lines[-1].public_id if len(rows) > PAGE else "", drafts)


def _line(row: dict[str, Any]) -> MessageLine:
    team, adult = f"{row['sender']}, {TEAM}", row["adult"]
    return MessageLine(
        row["public_id"],
        row["sent_at"],
        row["message_type"],
        team if row["from_staff"] else adult,
        adult if row["from_staff"] else TEAM,
        row["subject"],
        row["unread"] and row["from_staff"],
        row["files"],
    )


async def _drafts(actor: Actor, child: ChildRecord) -> tuple[DraftLine, ...]:
    rows = await fetch(
        "SELECT coalesce(nullif(d.subject, ''), v.subject, '') AS subject, d.updated_at, coalesce("
        "(SELECT m.public_id FROM message m WHERE m.conversation = d.conversation ORDER BY m.id DESC LIMIT 1), '')"
        " AS answers FROM message_draft d LEFT JOIN conversation v ON v.id = d.conversation"
        " WHERE d.account = {} AND d.child = {} ORDER BY d.updated_at DESC LIMIT 20",
        actor.account,
        child.id,
    )
    return tuple(DraftLine(**row) for row in rows)
