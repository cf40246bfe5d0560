"""Messages as the SEND team looks at them: of one child, and of the whole team by age."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from db.engine import fetch
from portal.access.own import OWN, own
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.colleagues.queries import colleagues_to_choose, teams_to_choose
from portal.dates import london_day
from portal.messages.rules import PAGE, is_overdue, waiting_words
from portal.messages.types import kept_types
from portal.messages.waiting import ANSWERS, READS, WAITS
from portal.paging import key_of, place_of


@dataclass(frozen=True)
class ConversationLine:
    """One conversation in a list. `message` is its newest message; `waiting` is empty once answered.

    `assigned` is who answers: the colleague it was given to, else the caseworker; `is_overdue` says that it
    has waited longer than the team aims at. Without `reads` the adult lost access and is answered by post.
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
    reads: bool
    waiting: str
    is_overdue: bool


@dataclass(frozen=True)
class ChildConversations:
    """The conversations about one child, newest first; `is_cut` when there are more."""

    child: ChildRecord
    lines: tuple[ConversationLine, ...]
    is_cut: bool


@dataclass(frozen=True)
class Asked:
    """Which part of the team inbox.

    `show` is a key of `SHOW`, `kind` a message type; for managers `team` is a team's id and `colleague` the public
    id of who answers. `after` is the key of a page.
    """

    show: str = ""
    kind: str = ""
    team: str = ""
    colleague: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """What is shown, as the query of an address; the page is not part of it."""
        named = {"show": self.show, "kind": self.kind, "team": self.team, "colleague": self.colleague}
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True)
class TeamInbox:
    """Conversations that wait for an answer, oldest first. `later` is the key of the next page.

    `kinds`, `teams` and `colleagues` are what can be chosen; the last two are empty for caseworkers.
    """

    lines: tuple[ConversationLine, ...]
    asked: Asked
    kinds: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    colleagues: tuple[tuple[str, str], ...]
    later: str

    @property
    def shows(self) -> tuple[tuple[str, str], ...]:
        """What `show` may be."""
        return tuple((key, words) for key, (words, _) in SHOW.items())

    @property
    def is_first(self) -> bool:
        return not self.asked.after


SHOW = {
    "": ("Everything", WAITS),
    "mine": ("For me to answer", f"{WAITS} AND who.id = {OWN}"),
    "nobody": ("For nobody yet", f"{WAITS} AND who.id IS NULL"),
    "post": ("To answer by post", f"v.waiting_since IS NOT NULL AND NOT {READS}"),
}
"""What the inbox can be narrowed to: its words and condition. "Mine" are also those of whom one covers for."""

_LINE = f"""
SELECT v.id, c.public_id AS child, c.forename || ' ' || c.surname AS child_name, c.case_reference AS reference,
    a.forename || ' ' || a.surname AS adult, v.message_type, v.subject, v.last_message_at AS last_at, v.waiting_since,
    coalesce(w.forename || ' ' || w.surname, '') AS assigned, coalesce((SELECT {READS} LIMIT 1), false) AS reads,
    (SELECT m.public_id FROM message m WHERE m.conversation = v.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1)
        AS message
FROM conversation v JOIN child c ON c.id = v.child JOIN account a ON a.id = v.account
{ANSWERS}
LEFT JOIN account w ON w.id = who.id
"""
"""`reads` is asked for each line that is shown: without the LIMIT, PostgreSQL reads every relationship beforehand."""

_INBOX = f"""
{_LINE}
WHERE %(show)s AND ({{}} OR c.team = {{}} OR c.caseworker = {OWN}) AND ({{}} = '' OR v.message_type = {{}})
    AND ({{}} = 0 OR c.team = {{}})
    AND ({{}} = '' OR who.id = (SELECT id FROM account WHERE public_id = {{}} AND role <> 'family'))
    %(after)s
ORDER BY v.waiting_since, v.id LIMIT {{}}
"""


async def conversations_of(child: ChildRecord, *, now: datetime, limit: int = 200) -> ChildConversations:
    """The newest `limit` conversations about a child whom the actor may see."""
    rows = await fetch(
        f"{_LINE} WHERE v.child = {{}} ORDER BY v.last_message_at DESC, v.id DESC LIMIT {{}}",
        london_day(now),
        child.id,
        limit + 1,
    )
    return ChildConversations(child, tuple(_line(row, now) for row in rows[:limit]), len(rows) > limit)


async def team_inbox(actor: Actor, asked: Asked, *, now: datetime, limit: int = 0) -> TeamInbox:
    """What families wrote and nobody has answered: of the actor's team, for managers of every team.

    A page has `PAGE` lines, or `limit`. At most five queries.
    """
    size, today = limit or PAGE, london_day(now)
    _, show = SHOW.get(asked.show, SHOW[""])
    mine, after = own(actor, today), place_of(asked.after, datetime)
    team = int(asked.team) if asked.team.isascii() and asked.team.isdecimal() and len(asked.team) < 10 else 0
    values = (
        today, *(mine if asked.show == "mine" else ()), actor.is_manager, actor.team or 0, *mine,
        *(asked.kind,) * 2, *(team,) * 2, *(asked.colleague,) * 2, *(after or ()), size + 1,
    )  # fmt: skip
    later = "AND (v.waiting_since, v.id) > ({}, {})" if after else ""
    rows = await fetch(_INBOX % {"show": show, "after": later}, *values)
    last = rows[size - 1] if len(rows) > size else None
    return TeamInbox(
        lines=tuple(_line(row, now) for row in rows[:size]),
        asked=replace(asked, after=asked.after if after else ""),
        kinds=await _kinds(),
        teams=await teams_to_choose() if actor.is_manager else (),
        colleagues=await colleagues_to_choose() if actor.is_manager else (),
        later=key_of(last["waiting_since"], last["id"]) if last else "",
    )


async def _kinds() -> tuple[tuple[str, str], ...]:
    """Every type, also those that families are offered no more: what was written under them may still wait.

    A conversation keeps the name that its type had, so names that are no more are there while one of theirs waits.
    """
    types = sorted(await kept_types(), key=lambda one: not one.active)
    named = {one.name for one in types}
    waiting = await fetch("SELECT DISTINCT message_type FROM conversation WHERE waiting_since IS NOT NULL ORDER BY 1")
    former = [row["message_type"] for row in waiting if row["message_type"] not in named]
    return (
        *((one.name, one.name if one.active else f"{one.name} (switched off)") for one in types),
        *((name, f"{name} (former name)") for name in former),
    )


def _line(row: dict[str, Any], now: datetime) -> ConversationLine:
    since, shown = row["waiting_since"], {key: row[key] for key in row if key not in {"id", "waiting_since"}}
    waiting = waiting_words(since, now) if since else ""
    return ConversationLine(waiting=waiting, is_overdue=bool(since) and is_overdue(since, now), **shown)
