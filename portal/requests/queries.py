"""What has been typed and sent, and for whom an assessment can be asked again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.cases.rules import CaseFacts, statutory_date
from portal.dates import london_day
from portal.errors import NotFound
from portal.organisations.queries import Workplace, workplaces_of

_AGAIN = """
SELECT c.public_id, c.forename || ' ' || c.surname AS name, c.date_of_birth,
    EXISTS (SELECT FROM ehc_case k WHERE k.child = c.id AND k.branch = '') AS is_running
FROM relationship r JOIN child c ON c.id = r.child
WHERE r.account = {} AND r.state = 'active' ORDER BY c.forename, c.surname, c.id
"""

_SENT = """
SELECT c.case_reference, k.received_on, q.sent_at, k.stage IN ('final', 'in_place') AS has_plan
FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case JOIN child c ON c.id = k.child
WHERE q.account = {} ORDER BY q.sent_at DESC, q.id DESC LIMIT 1
"""

_ASKER = "SELECT forename, surname, date_of_birth, postcode, organisation FROM account WHERE id = {}"


@dataclass(frozen=True)
class Draft:
    """What one person has typed so far, by the field's name, and when the last of it was kept."""

    id: int
    typed: Mapping[str, str]
    updated_at: datetime


@dataclass(frozen=True)
class KnownChild:
    """A child whom the asker sees already. `is_running`: a case of theirs is open, before or with a plan."""

    public_id: str
    name: str
    date_of_birth: date
    is_running: bool


@dataclass(frozen=True)
class KnownTo:
    """The children whom somebody sees already, and the organisations where they work."""

    children: tuple[KnownChild, ...]
    workplaces: tuple[Workplace, ...]


@dataclass(frozen=True)
class Asker:
    """What the account says already, so that nobody types it twice."""

    forename: str
    surname: str
    date_of_birth: date | None
    postcode: str
    organisation: str


@dataclass(frozen=True)
class SentRequest:
    """What the confirmation says: the case, day 0, and the last day for the answer (reg 5(1)).

    `has_plan`: the case has led to a plan, so that it was another assessment that was asked for (CFA s.44(2)).
    """

    case_reference: str
    received_on: date
    sent_at: datetime
    has_plan: bool

    @property
    def is_added(self) -> bool:
        """Whether it was added to a case that was running already, whose dates stay."""
        return london_day(self.sent_at) != self.received_on

    @property
    def answer_by(self) -> date:
        return answer_by(self.received_on)


def answer_by(received_on: date) -> date:
    """The last day on which the council tells whether it assesses: six weeks after day 0 (reg 5(1))."""
    day = statutory_date("considering", CaseFacts(received_on))
    assert day is not None, "this date counts from the request alone"
    return day


async def draft_of(actor: Actor) -> Draft | None:
    """What the actor has typed and not sent."""
    row = await fetch_one("SELECT id, typed, updated_at FROM assessment_draft WHERE account = {}", actor.account)
    return Draft(row["id"], json.loads(row["typed"]), row["updated_at"]) if row else None


async def asker_of(actor: Actor) -> Asker:
    """What the actor's account says."""
    row = await fetch_one(_ASKER, actor.account)
    assert row is not None, "the actor has an account"
    return Asker(**row)


async def may_ask_again(actor: Actor) -> tuple[KnownChild, ...]:
    """The children whom the actor sees, by name: they may ask for each of them, whether a case runs or not."""
    return tuple(KnownChild(**row) for row in await fetch(_AGAIN, actor.account))


async def known_to(actor: Actor) -> KnownTo:
    """What the pages of a request offer to choose from."""
    return KnownTo(await may_ask_again(actor), await workplaces_of(actor))


async def newest_sent(actor: Actor) -> SentRequest:
    """What the actor sent last. Raises NotFound when that is nothing."""
    row = await fetch_one(_SENT, actor.account)
    if row is None:
        raise NotFound
    return SentRequest(**row)
