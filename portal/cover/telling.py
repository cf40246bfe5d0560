"""Which of the SEND team hears by email that a family did something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import fetch
from portal import notices
from portal.access.queries import ChildRecord
from portal.dates import london_day
from portal.notices import Recipient

_WHO = """
SELECT a.id, a.email FROM account a WHERE a.disabled_at IS NULL AND (a.id = ANY({}) OR a.id IN (
    SELECT w.cover FROM absence w WHERE w.account = ANY({}) AND w.ended_at IS NULL
        AND {} BETWEEN w.from_day AND w.to_day))
UNION ALL
SELECT NULL, t.email FROM team t WHERE t.id = {} AND NOT EXISTS (
    SELECT FROM account WHERE id = ANY({}) AND disabled_at IS NULL)
ORDER BY id
"""


@dataclass(frozen=True)
class AtWork:
    """Who of the SEND team is responsible for a child: ids of the team, and of its caseworker when there is one."""

    team: int
    caseworker: int | None


async def tell_team(
    kind: str, child: ChildRecord, about: Mapping[str, Any], *, answerer: int | None = None, now: datetime
) -> None:
    """Owe an email to the caseworker, and to whoever covers while they are away; without a caseworker to the team.

    `about` is added to the case reference and the child's public id. `answerer` is the account of a colleague who
    was given the matter, and hears of it too, as does their cover.
    """
    facts = {"reference": child.case_reference, "child": child.public_id, **about}
    await tell_at_work(kind, facts, AtWork(child.team, child.caseworker), answerer=answerer, now=now)


async def tell_at_work(
    kind: str, facts: Mapping[str, Any], at_work: AtWork, *, answerer: int | None = None, now: datetime
) -> None:
    """The same for a child whom whoever acts may not see, or not yet; `facts` are all that the email knows."""
    people = [one for one in (at_work.caseworker, answerer) if one is not None]
    asked = (people, people, london_day(now), at_work.team, people)
    for one in await fetch(_WHO, *asked):
        await notices.queue(kind, Recipient(one["email"], one["id"]), facts, now=now)
