"""Messages that this person began and has not sent."""

from datetime import datetime

from db.engine import fetch
from portal.actor import Actor
from portal.dates import day_in_words, london_day
from portal.staff.mine import SEES, sees
from portal.today.queries import CHILD, Part, item

MOST = 25

_UNSENT = f"""
SELECT {CHILD}, coalesce(nullif(d.subject, ''), v.subject, 'A message without a subject') AS subject, d.updated_at,
    coalesce((SELECT m.public_id FROM message m WHERE m.conversation = v.id ORDER BY m.sent_at DESC, m.id DESC
        LIMIT 1) || '/reply', 'new') AS place, count(*) OVER () AS total
FROM message_draft d JOIN child c ON c.id = d.child LEFT JOIN conversation v ON v.id = d.conversation
WHERE d.account = {{}} AND {SEES} ORDER BY d.updated_at DESC, d.id DESC LIMIT {{}}
"""


async def unsent(actor: Actor, *, now: datetime, shown: int = MOST) -> Part:
    """The newest first, of children whom the actor still may see. One statement."""
    rows = await fetch(_UNSENT, actor.account, *sees(actor, london_day(now)), shown)
    items = (
        item(row, row["subject"], f"kept on {day_in_words(london_day(row['updated_at']))}", f"/messages/{row['place']}")
        for row in rows
    )
    return Part(tuple(items), rows[0]["total"] if rows else 0)
