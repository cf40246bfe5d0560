"""Requests for an assessment as the SEND team reads them, and how far each family that was named has been reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.cases import stage_texts
from portal.cases.facts import CaseFacts
from portal.cases.stages import read_stages
from portal.children.rules import SOURCES
from portal.dates import london_day
from portal.errors import NotFound
from portal.personal.rules import email_key
from portal.requests.rules import Answers, NamedAdult, agreement_to_check, ground_to_check

_OF_CHILD = """
SELECT q.id, q.public_id, q.answers, q.sent_at, k.received_on,
    coalesce(a.forename || ' ' || a.surname, '') AS asker_name, coalesce(a.email, '') AS email,
    coalesce(a.telephone, '') AS telephone, coalesce(a.job_title, '') AS job_title,
    coalesce(o.public_id, '') AS through, coalesce(o.name, '') AS through_name,
    EXISTS (SELECT FROM organisation_child p
        WHERE p.organisation = o.id AND p.child = k.child AND p.ended_at IS NULL) AS is_placed,
    coalesce((SELECT r.basis FROM relationship r WHERE r.account = q.account AND r.child = k.child
        AND r.state <> 'ended'), '') AS recorded_basis
FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case LEFT JOIN account a ON a.id = q.account
LEFT JOIN organisation o ON o.id = q.organisation
WHERE k.child = {} AND ({} = '' OR q.public_id = {}) ORDER BY q.sent_at DESC, q.id DESC LIMIT 1
"""

_ALL = """
SELECT coalesce(q.public_id, '') AS public_id, q.sent_at, k.public_id AS case_id, k.received_on, k.source, k.stage,
    k.branch, coalesce(a.forename || ' ' || a.surname, '') AS asker_name
FROM ehc_case k LEFT JOIN assessment_request q ON q.ehc_case = k.id LEFT JOIN account a ON a.id = q.account
WHERE k.child = {} ORDER BY coalesce(q.sent_at, k.opened_at) DESC, k.id DESC LIMIT 100
"""

_REACHED = """
SELECT n.adult, '' AS email_key, i.created_at AS since
FROM request_invitation n JOIN invitation i ON i.id = n.invitation
WHERE n.request = {} AND i.state <> 'withdrawn'
UNION ALL
SELECT NULL, email_key, created_at FROM invitation WHERE child = {} AND state <> 'withdrawn'
UNION ALL
SELECT NULL, a.email_key, r.accepted_at FROM relationship r JOIN account a ON a.id = r.account
WHERE r.child = {} AND r.state <> 'ended'
"""
"""Who has been invited from the request, or was invited otherwise, or has access or waits for it."""


@dataclass(frozen=True)
class AdultToInvite:
    """Somebody whom a professional named. `invited_at` is None until they are invited or have access."""

    adult: NamedAdult
    invited_at: datetime | None


@dataclass(frozen=True)
class Named:
    """Where in which request somebody was named, and who it is. `request_id` is for commands."""

    request_id: int
    request: str
    place: int
    adult: NamedAdult


@dataclass(frozen=True)
class ReadRequest:
    """A request as the SEND team reads it. The asker's details are empty once the account is gone.

    `recorded_basis` is the ground of the access that the asker has or waits for now, or empty. They asked
    `through` an organisation (its public id and name), which works with the child when it `is_placed`.
    """

    id: int
    public_id: str
    answers: Answers
    sent_at: datetime
    received_on: date
    asker_name: str
    email: str
    telephone: str
    job_title: str
    through: str
    through_name: str
    is_placed: bool
    recorded_basis: str
    family: tuple[AdultToInvite, ...]

    @property
    def to_check(self) -> str:
        """What does not fit between what the asker says they are and what is on record, or an empty string."""
        return ground_to_check(self.answers.basis, self.recorded_basis)

    @property
    def agreement(self) -> str:
        """What is to be settled with the young person about whom a parent or carer asked, or an empty string."""
        return agreement_to_check(self.answers.agrees)

    @property
    def is_added(self) -> bool:
        """Whether it came while a case was running, and was added to it."""
        return london_day(self.sent_at) != self.received_on


@dataclass(frozen=True)
class RequestLine:
    """One request of a child. `public_id` and `sent_at` are empty for one that did not come through the portal."""

    public_id: str
    sent_at: datetime | None
    case_id: str
    received_on: date
    source: str
    stage: str
    branch: str
    asker_name: str

    @property
    def came_on(self) -> date:
        return london_day(self.sent_at) if self.sent_at else self.received_on

    @property
    def asked_by(self) -> str:
        return self.asker_name or SOURCES[self.source]

    @property
    def outcome(self) -> str:
        """Where its case stands, or how it ended, in the council's own words."""
        texts = read_stages()
        branch = texts.branch_of(CaseFacts(self.received_on, self.stage, self.branch))
        return branch.name if branch else texts.stages[self.stage].name


async def requests_of(child: ChildRecord) -> tuple[RequestLine, ...]:
    """Every request for a child whom the actor reached through `child_of`, newest first: also those on paper."""
    await stage_texts.refresh()
    return tuple(RequestLine(**row) for row in await fetch(_ALL, child.id))


async def request_of(child: ChildRecord, public_id: str = "") -> ReadRequest:
    """The request with this public id for a child whom the actor reached through `child_of`; without one, the newest.

    Raises NotFound when there is none.
    """
    row = await fetch_one(_OF_CHILD, child.id, public_id, public_id)
    if row is None:
        raise NotFound
    answers = _answers(row["answers"])
    reached = await fetch(_REACHED, row["id"], child.id, child.id) if answers.named else []
    family = tuple(AdultToInvite(one, _since(reached, place, one)) for place, one in enumerate(answers.named))
    return ReadRequest(**{**row, "answers": answers}, family=family)


async def named_in(child: ChildRecord, public_id: str, place: str) -> Named:
    """Who was named in a request at this place, as it was typed: a number from 0. Raises NotFound."""
    found = await request_of(child, public_id)
    if place not in [str(number) for number in range(len(found.family))]:
        raise NotFound
    return Named(found.id, found.public_id, int(place), found.family[int(place)].adult)


def _since(reached: Sequence[Mapping[str, Any]], place: int, adult: NamedAdult) -> datetime | None:
    key = email_key(adult.email) if adult.email else None
    return min((one["since"] for one in reached if one["adult"] == place or one["email_key"] == key), default=None)


def _answers(stored: str) -> Answers:
    said: dict[str, Any] = json.loads(stored)
    born = said.pop("date_of_birth")
    return Answers(date_of_birth=date.fromisoformat(born) if born else None, **said)
