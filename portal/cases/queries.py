"""Looking at cases: the portal screen with the children of an account, and one child's timeline."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord, waiting_children_of
from portal.access.rules import AT_WORK, Part
from portal.actor import Actor
from portal.cases import stage_texts
from portal.cases.at_work import facts_at_work
from portal.cases.rules import CaseFacts
from portal.cases.seen import seen_by
from portal.cases.served import stands
from portal.cases.stages import read_stages
from portal.cases.stored import COLUMNS, AddedDate, StoredCase, case_of_entry, of_row
from portal.cover.rules import told
from portal.errors import NotFound
from portal.invitations.queries import awaiting_count
from portal.organisations.queries import asked_to_join

_MINE = f"""
SELECT c.public_id, c.forename || ' ' || c.surname AS name, l.basis, k.stage, k.branch,
    k.stage = 'draft' AND EXISTS (SELECT FROM draft_plan p WHERE p.ehc_case = k.id) AND NOT EXISTS (
        SELECT FROM draft_plan p JOIN document d ON d.id = p.document
        JOIN draft_plan_recipient r ON r.draft_plan = p.id AND r.account = l.account AND {stands()}
        WHERE p.ehc_case = k.id) AS not_served
FROM relationship l JOIN child c ON c.id = l.child
LEFT JOIN LATERAL (
    SELECT id, stage, branch FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
WHERE l.account = {{}} AND l.state = 'active' ORDER BY c.forename, c.surname, c.id
"""

_CASES = f"""
SELECT {COLUMNS}, w.forename || ' ' || w.surname AS caseworker, t.name AS team, t.phone, t.email,
    w.forename AS away, x.to_day AS last, v.forename AS cover
FROM ehc_case k JOIN child c ON c.id = k.child JOIN team t ON t.id = c.team
LEFT JOIN account w ON w.id = c.caseworker
LEFT JOIN absence x ON x.account = c.caseworker AND x.ended_at IS NULL AND {{}} BETWEEN x.from_day AND x.to_day
LEFT JOIN account v ON v.id = x.cover
WHERE k.child = {{}} ORDER BY k.received_on DESC, k.id DESC
"""

_STRUCK = """
WITH k AS (SELECT id FROM ehc_case WHERE public_id = {})
SELECT s.kind, s.on_day AS "on", s.struck_at, s.strike_reason AS reason, a.forename || ' ' || a.surname AS struck_by
FROM (
    SELECT id, kind, happened_on AS on_day, struck_at, struck_by, strike_reason FROM case_decision
    WHERE ehc_case = (SELECT id FROM k) AND struck_at IS NOT NULL
    UNION ALL
    SELECT id, kind, starts_on, struck_at, struck_by, strike_reason FROM case_exception
    WHERE ehc_case = (SELECT id FROM k) AND struck_at IS NOT NULL
    UNION ALL
    SELECT id, 'explained_' || duty, explained_on, struck_at, struck_by, strike_reason FROM case_explanation
    WHERE ehc_case = (SELECT id FROM k) AND struck_at IS NOT NULL
) s LEFT JOIN account a ON a.id = s.struck_by ORDER BY s.struck_at DESC, s.id DESC LIMIT 50
"""


@dataclass(frozen=True)
class MyChild:
    """A child of the portal screen, with the name of the stage that the case has reached."""

    public_id: str
    name: str
    stage: str


@dataclass(frozen=True)
class PortalScreen:
    """What a family sees first. `waiting` are the names of children whose access is being processed.

    `invitations` to children, and `workplaces` that a professional is asked to join, wait for an answer. `grounds`
    are those on which the records are seen, or will be: keys of `access.rules.BASES`.
    """

    children: tuple[MyChild, ...]
    waiting: tuple[str, ...]
    invitations: int
    workplaces: int
    grounds: frozenset[str]

    @property
    def is_own(self) -> bool:
        """Whether there is a record, and it is the young person's own."""
        return self.grounds == {"young_person"}

    @property
    def at_work(self) -> bool:
        """Whether the actor is here for their work alone."""
        return self.grounds == {AT_WORK}


@dataclass(frozen=True)
class Caseworker:
    """Who answers for a child; `name` is empty while nobody has been named, `away` says who covers if that is so."""

    child: str
    name: str
    team: str
    phone: str
    email: str
    away: str = ""


@dataclass(frozen=True)
class ChildCase:
    """One case of a child on `today`, a day in London: the newest, unless another was asked for.

    `public_id` names it in addresses. `others` are the child's other cases, newest first, and `added` the
    team's own dates in all of them; `is_newest` says that this is the one that runs.
    """

    child: ChildRecord
    today: date
    public_id: str
    facts: CaseFacts
    others: tuple[StoredCase, ...]
    added: tuple[AddedDate, ...]
    caseworker: Caseworker
    is_newest: bool


@dataclass(frozen=True)
class StruckOut:
    """What was recorded by mistake, the day it was about, and who struck it out when and why."""

    kind: str
    on: date
    struck_at: datetime
    reason: str
    struck_by: str | None


async def portal_screen(actor: Actor, *, now: datetime) -> PortalScreen:
    """The children of a family account, those still on their way, and how many invitations wait. Four queries."""
    await stage_texts.refresh()
    rows = await fetch(_MINE, actor.account)
    waiting = await waiting_children_of(actor)
    grounds = {row["basis"] for row in rows} | {child.basis for child in waiting}
    return PortalScreen(
        children=tuple(MyChild(row["public_id"], row["name"], _stage_name(row)) for row in rows),
        waiting=tuple(child.name for child in waiting),
        invitations=await awaiting_count(actor, now=now),
        workplaces=len(await asked_to_join(actor, now=now)),
        grounds=frozenset(grounds or ({AT_WORK} if actor.is_professional else ())),
    )


async def case_of(actor: Actor, child: ChildRecord, *, today: date, case: str = "") -> ChildCase:
    """A case of a child whom the actor reached through `child_of`, as the actor may know it.

    It is the newest, or that with the public id `case`.

    One query; raises NotFound.
    """
    await stage_texts.refresh()
    rows = await fetch(_CASES, today, child.id)
    every = [_known(of_row(row), actor, child) for row in rows]
    chosen = next((one for one in every if case in ("", one.public_id)), None)
    if chosen is None:
        raise NotFound
    return ChildCase(
        child=child,
        today=today,
        public_id=chosen.public_id,
        facts=chosen.facts,
        others=tuple(one for one in every if one is not chosen),
        added=tuple(sorted((day for one in every for day in one.dates), key=lambda day: day.on)),
        caseworker=_caseworker(child, rows[0]),
        is_newest=chosen is every[0],
    )


async def case_of_letter(actor: Actor, child: ChildRecord, letter: str, *, today: date) -> ChildCase:
    """The case of the child to which the letter with this public id belongs. Two queries; raises NotFound."""
    return await case_of(actor, child, today=today, case=await case_of_entry(child.id, letter))


async def struck_out_of(case: ChildCase) -> tuple[StruckOut, ...]:
    """What was struck out in a case, the newest strike first; at most 50."""
    return tuple(StruckOut(**row) for row in await fetch(_STRUCK, case.public_id))


def _known(case: StoredCase, actor: Actor, child: ChildRecord) -> StoredCase:
    facts = case.facts if actor.is_staff else seen_by(actor.account, case.facts)
    return replace(case, facts=facts if child.shows(Part.LETTERS) else facts_at_work(facts))


def _caseworker(child: ChildRecord, row: dict[str, Any]) -> Caseworker:
    contact = {name: row[name] for name in ("team", "phone", "email")}
    return Caseworker(child.public_id, row["caseworker"] or "", **contact, away=_away(row))


def _away(row: dict[str, Any]) -> str:
    return told(row["away"], row["last"], row["cover"]) if row["last"] else ""


def _stage_name(row: Mapping[str, Any]) -> str:
    texts = read_stages()
    if row["branch"]:
        return texts.branches[row["branch"]].name
    if row["not_served"]:
        return texts.not_served.name
    return texts.stages[row["stage"]].name if row["stage"] else ""
