"""Looking at messages between a family and the SEND team."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor

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
        return "1 new message" if self.unread == 1 else f"{self.unread:,} new messages"


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
