"""Whose whereabouts must not be given away: a mark of the SEND team's on somebody's relationship to a child."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch_one
from portal import audit
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.errors import NotFound, Refused

CHANGED_ALREADY = "Somebody has changed this since you opened the page. Look at the child’s record."

_OF = """
SELECT r.public_id AS relationship, a.forename || ' ' || a.surname AS name, r.whereabouts_secret AS is_secret
FROM relationship r JOIN account a ON a.id = r.account WHERE r.child = {} AND r.public_id = {}
"""

_MARK = """
UPDATE relationship SET whereabouts_secret = {}
WHERE child = {} AND public_id = {} AND whereabouts_secret <> {} RETURNING account
"""


@dataclass(frozen=True)
class Whereabouts:
    """One adult of a child, with access or without it now, and whether the mark is set."""

    child: ChildRecord
    relationship: str
    name: str
    is_secret: bool


async def whereabouts_of(child: ChildRecord, relationship: str) -> Whereabouts:
    """The mark of one relationship, for the SEND team. Raises NotFound."""
    row = await fetch_one(_OF, child.id, relationship)
    if row is None:
        raise NotFound
    return Whereabouts(child, **row)


async def mark(actor: Actor, about: Whereabouts, reason: str, *, secret: bool, now: datetime) -> str:
    """Set the mark or take it away, with the reason, which stays in the audit trail. Gives the relationship.

    No one outside the team is told. Raises Refused when it stands so already.
    """
    async with DB.transaction():
        row = await fetch_one(_MARK, secret, about.child.id, about.relationship, secret)
        if row is None:
            raise Refused(CHANGED_ALREADY)
        event = "staff:whereabouts:marked" if secret else "staff:whereabouts:unmarked"
        detail = {"account": row["account"], "reason": reason}
        await audit.record(event, now=now, actor=actor, child=about.child.id, subject=about.relationship, detail=detail)
    return about.relationship
