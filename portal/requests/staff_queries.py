"""Requests for an assessment as the SEND team reads them, and how far each family that was named has been reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.errors import NotFound
from portal.personal.rules import email_key
from portal.requests.rules import Answers, NamedAdult

_OF_CHILD = """
SELECT q.id, q.public_id, q.answers, q.sent_at, k.received_on,
    coalesce(a.forename || ' ' || a.surname, '') AS asker_name, coalesce(a.email, '') AS email,
    coalesce(a.telephone, '') AS telephone, coalesce(a.job_title, '') AS job_title
FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case LEFT JOIN account a ON a.id = q.account
WHERE k.child = {} AND ({} = '' OR q.public_id = {}) ORDER BY q.sent_at DESC, q.id DESC LIMIT 1
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
    """A request as the SEND team reads it. The asker's details are empty once the account is gone."""

    id: int
    public_id: str
    answers: Answers
    sent_at: datetime
    received_on: date
    asker_name: str
    email: str
    telephone: str
    job_title: str
    family: tuple[AdultToInvite, ...]


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
