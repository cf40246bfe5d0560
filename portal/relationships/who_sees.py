"""The young person sees who can see their record, and asks the SEND team to end somebody's access.

After compulsory school age the rights are theirs (CFA 2014 s.83; SEND Code of Practice 8.15 to 8.17).
"""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch
from portal import audit
from portal.access.queries import ChildRecord
from portal.access.rules import BASES_IN_SHORT
from portal.actor import Actor
from portal.errors import NotFound
from portal.messages import commands as messages

TYPE = "Who can see my record"
"""The type of the message that asks; it is not in the council's list, since nobody else sends it."""

_PEOPLE = """
SELECT r.public_id AS relationship, a.forename || ' ' || a.surname AS name, r.basis, r.activated_at,
    coalesce(o.name, '') AS organisation
FROM relationship r JOIN account a ON a.id = r.account LEFT JOIN organisation o ON o.id = r.organisation
WHERE r.child = {} AND r.account <> {} AND r.state = 'active' AND a.disabled_at IS NULL
ORDER BY r.activated_at, r.id LIMIT 200
"""


@dataclass(frozen=True)
class Onlooker:
    """Somebody else who can see the record: name and ground, never an address."""

    relationship: str
    name: str
    basis: str
    activated_at: datetime
    organisation: str

    @property
    def ground(self) -> str:
        """Why they can see it, in words."""
        words = BASES_IN_SHORT[self.basis]
        return f"{words}, {self.organisation}" if self.organisation else words


@dataclass(frozen=True)
class WhoSees:
    """Everybody else with access to the young person's record, the longest first."""

    child: ChildRecord
    people: tuple[Onlooker, ...]

    def person(self, relationship: str) -> Onlooker:
        """One of them. Raises NotFound."""
        for one in self.people:
            if one.relationship == relationship:
                return one
        raise NotFound


async def who_sees(actor: Actor, child: ChildRecord) -> WhoSees:
    """For the young person who reached the record through `child_of(…, part=Part.WHO_SEES)`. One query."""
    return WhoSees(child, tuple(Onlooker(**row) for row in await fetch(_PEOPLE, child.id, actor.account)))


async def ask_to_end(actor: Actor, child: ChildRecord, person: Onlooker, why: str, *, now: datetime) -> str:
    """Ask the team to end the access of `person`: a message that waits for an answer. Gives its public id.

    Nothing ends by itself: the team talks with the young person first. Raises TooManyTries.
    """
    async with DB.transaction():
        message = await messages.start(
            actor,
            child,
            message_type=TYPE,
            subject=f"Please end the access of {person.name}",
            body=why or "I do not want this person to see my record any more.",
            now=now,
        )
        await audit.record("family:access:end_asked", now=now, actor=actor, child=child.id, subject=person.relationship)
    return message
