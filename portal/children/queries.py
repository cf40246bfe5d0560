"""The child's page of the SEND team, and the look before a record is opened twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import fetch, fetch_one
from portal.access.own import OWN, own
from portal.access.queries import AdultWithAccess, ChildRecord, PastAccess, adults_of, past_access_of
from portal.actor import Actor
from portal.dates import london_day
from portal.documents.giving import earlier_documents
from portal.invitations.queries import SentInvitation, invitations_of
from portal.invitations.rules import IDENTITY_CHECKS
from portal.tasks.queries import TaskLine, open_of_child

SAME_NAMED_SHOWN = 10

_SAME = """
SELECT public_id, case_reference, forename, surname, date_of_birth FROM child
WHERE team = {} AND lower(surname) = lower({}) AND lower(forename) = lower({}) AND date_of_birth = {}
ORDER BY id LIMIT {}
"""

_RECORD = """
SELECT t.name AS team, w.forename || ' ' || w.surname AS caseworker, k.received_on,
    EXISTS (SELECT FROM assessment_request q JOIN ehc_case e ON e.id = q.ehc_case WHERE e.child = c.id) AS asked_here
FROM child c JOIN team t ON t.id = c.team LEFT JOIN account w ON w.id = c.caseworker
LEFT JOIN LATERAL (
    SELECT received_on FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
WHERE c.id = {}
"""

_NAMESAKES = f"""
SELECT o.public_id, o.case_reference, t.name AS team, ({{}} OR o.team = {{}} OR o.caseworker = {OWN}) AS may_open
FROM child c JOIN child o ON o.date_of_birth = c.date_of_birth AND lower(o.surname) = lower(c.surname)
    AND lower(o.forename) = lower(c.forename) AND o.id <> c.id
JOIN team t ON t.id = o.team WHERE c.id = {{}} ORDER BY o.id LIMIT {{}}
"""


@dataclass(frozen=True)
class SameChild:
    """A child of the team who has the same name and day of birth."""

    public_id: str
    case_reference: str
    forename: str
    surname: str
    date_of_birth: date


@dataclass(frozen=True)
class Namesake:
    """Another child of the council with the same name and day of birth, perhaps the same child twice."""

    public_id: str
    case_reference: str
    team: str
    may_open: bool


@dataclass(frozen=True)
class ChildPage:
    """All that the record page of a child shows. `received_on` is that of the newest case.

    `asked_here`: an assessment was asked for through the portal. `earlier`: for an account's id, how many documents
    were published before it had access and never given to it.
    """

    child: ChildRecord
    team: str
    caseworker: str | None
    received_on: date | None
    asked_here: bool
    namesakes: tuple[Namesake, ...]
    adults: tuple[AdultWithAccess, ...]
    past: tuple[PastAccess, ...]
    invitations: tuple[SentInvitation, ...]
    tasks: tuple[TaskLine, ...]
    earlier: Mapping[int, int]

    @property
    def verifiable(self) -> tuple[SentInvitation, ...]:
        """The invitations whose code somebody may now read out on the phone."""
        return tuple(invitation for invitation in self.invitations if invitation.may_verify)

    @property
    def callers(self) -> tuple[tuple[str, str], ...]:
        """The same as choices: public id, and who it is."""
        return tuple(
            (invitation.public_id, f"{invitation.adult_name}, {invitation.email}") for invitation in self.verifiable
        )

    @property
    def identity_checks(self) -> tuple[tuple[str, str], ...]:
        """How identity may be checked: what is recorded, and in words."""
        return tuple(IDENTITY_CHECKS.items())


async def same_children(actor: Actor, forename: str, surname: str, date_of_birth: date) -> tuple[SameChild, ...]:
    """Children of the actor's team with this name, in any case, and this day of birth; at most ten."""
    rows = await fetch(_SAME, actor.team, surname, forename, date_of_birth, SAME_NAMED_SHOWN)
    return tuple(SameChild(**row) for row in rows)


async def child_page(actor: Actor, child: ChildRecord, *, now: datetime, past: int = 50) -> ChildPage:
    """The record page of a child whom the actor reached through `child_of`; of past access the newest `past`."""
    row = await fetch_one(_RECORD, child.id)
    assert row is not None, "the child was found by this request"
    adults, invitations = await adults_of(child.id), await invitations_of(actor, child, now=now)
    namesakes = await _namesakes_of(actor, child, now)
    return ChildPage(
        child,
        namesakes=namesakes,
        adults=tuple(adults),
        past=tuple(await past_access_of(child.id, limit=past)),
        invitations=invitations,
        tasks=await open_of_child(child, now=now),
        earlier=await earlier_documents(child.id),
        **row,
    )


async def _namesakes_of(actor: Actor, child: ChildRecord, now: datetime) -> tuple[Namesake, ...]:
    """In every team: a request that came through the portal may have opened a second record."""
    mine = own(actor, london_day(now))
    rows = await fetch(_NAMESAKES, actor.is_manager, actor.team, *mine, child.id, SAME_NAMED_SHOWN)
    return tuple(Namesake(**row) for row in rows)
