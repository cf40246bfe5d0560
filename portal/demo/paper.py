"""One parent wants letters on paper: what was posted to them stands beside their name, and what was not is a task."""

from datetime import datetime, timedelta
from typing import Any

from db.engine import fetch
from portal.access.queries import child_of
from portal.actor import Actor
from portal.dates import london_day
from portal.demo.people import DAVID, PRIYA
from portal.evidence.commands import Kind, Place, record_posted
from portal.wishes.commands import keep_letters

ASKED = timedelta(days=47)
"""How long ago, which is before the first letter to them."""

_FIRST = """
SELECT d.public_id AS document, c.public_id AS child, r.served_at FROM document_recipient r
JOIN document d ON d.id = r.document JOIN child c ON c.id = d.child WHERE r.account = {} ORDER BY r.id LIMIT 1
"""


async def want_paper(team: dict[str, Actor], families: dict[str, Any], *, now: datetime) -> None:
    """Keep the wish, and that the first document was posted the day after it was published."""
    parent, caseworker = families[DAVID.email], team[PRIYA.email]
    await keep_letters(parent, on_paper=True, now=now - ASKED)
    first = (await fetch(_FIRST, parent.account))[0]
    posted_at = first["served_at"] + timedelta(days=1)
    child = await child_of(caseworker, first["child"], now=posted_at)
    on, place = london_day(posted_at), Place(Kind.DOCUMENT, first["document"], parent.public_id)
    await record_posted(caseworker, child, place, on, today=on, now=posted_at)
