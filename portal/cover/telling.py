"""Which of the SEND team hears by email that a family did something."""

from collections.abc import Collection, Mapping
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

_WHO_OF_MANY = """
WITH asked AS (
    SELECT c.id, c.team, w.id AS worker
    FROM child c LEFT JOIN account w ON w.id = c.caseworker AND w.disabled_at IS NULL WHERE c.id = ANY({}::bigint[])
), who AS (
    SELECT k.id AS child, a.id, a.email FROM asked k JOIN account a ON a.disabled_at IS NULL AND (
        a.id = k.worker OR a.id IN (SELECT x.cover FROM absence x WHERE x.account = k.worker AND x.ended_at IS NULL
            AND {} BETWEEN x.from_day AND x.to_day))
    UNION ALL
    SELECT k.id, NULL, t.email FROM asked k JOIN team t ON t.id = k.team WHERE k.worker IS NULL
)
SELECT id, email, count(*) AS children FROM who GROUP BY id, email ORDER BY id, email
"""


async def tell_of_many(kind: str, children: Collection[int], about: Mapping[str, Any], *, now: datetime) -> None:
    """Owe one email to everybody whom `tell_team` would tell of any of these children (ids), with how many they are."""
    for one in await fetch(_WHO_OF_MANY, list(children), london_day(now)):
        facts = {**about, "children": one["children"]}
        await notices.queue(kind, Recipient(one["email"], one["id"]), facts, now=now)


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
