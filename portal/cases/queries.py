"""Looking at cases: the portal screen with the children of an account, and one child's timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord, waiting_children_of
from portal.access.rules import Part
from portal.actor import Actor
from portal.cases import stage_texts
from portal.cases.at_work import facts_at_work
from portal.cases.rules import CaseFacts
from portal.cases.seen import seen_by
from portal.cases.stages import read_stages
from portal.cases.stored import COLUMNS, NEWEST, AddedDate, of_row
from portal.cover.rules import told
from portal.errors import NotFound
from portal.invitations.queries import awaiting_count
from portal.organisations.queries import asked_to_join

_MINE = """
SELECT c.public_id, c.forename || ' ' || c.surname AS name, k.stage, k.branch,
    k.stage = 'draft' AND EXISTS (SELECT FROM draft_plan p WHERE p.ehc_case = k.id) AND NOT EXISTS (
        SELECT FROM draft_plan p JOIN document o ON o.id = p.document AND o.recalled_at IS NULL
        JOIN draft_plan_recipient q ON q.draft_plan = p.id AND q.account = r.account AND q.struck_at IS NULL
        WHERE p.ehc_case = k.id) AS not_served
FROM relationship r JOIN child c ON c.id = r.child
LEFT JOIN LATERAL (
    SELECT id, stage, branch FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
WHERE r.account = {} AND r.state = 'active' ORDER BY c.forename, c.surname, c.id
"""

_CASE = f"""
SELECT {COLUMNS}, w.forename || ' ' || w.surname AS caseworker, t.name AS team, t.phone, t.email,
    w.forename AS away, x.to_day AS last, v.forename AS cover
FROM {NEWEST} k JOIN child c ON c.id = k.child JOIN team t ON t.id = c.team
LEFT JOIN account w ON w.id = c.caseworker
LEFT JOIN absence x ON x.account = c.caseworker AND x.ended_at IS NULL AND {{}} BETWEEN x.from_day AND x.to_day
LEFT JOIN account v ON v.id = x.cover
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

    `invitations` to children, and `workplaces` that a professional is asked to join, wait for an answer.
    """

    children: tuple[MyChild, ...]
    waiting: tuple[str, ...]
    invitations: int
    workplaces: int


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
    """A child's newest case on `today`, a day in London."""

    child: ChildRecord
    today: date
    facts: CaseFacts
    added: tuple[AddedDate, ...]
    caseworker: Caseworker


async def portal_screen(actor: Actor, *, now: datetime) -> PortalScreen:
    """The children of a family account, those still on their way, and how many invitations wait. Four queries."""
    await stage_texts.refresh()
    rows = await fetch(_MINE, actor.account)
    children = (MyChild(row["public_id"], row["name"], _stage_name(row)) for row in rows)
    waiting = tuple(child.name for child in await waiting_children_of(actor))
    workplaces = len(await asked_to_join(actor, now=now))
    return PortalScreen(tuple(children), waiting, await awaiting_count(actor, now=now), workplaces)


async def case_of(actor: Actor, child: ChildRecord, *, today: date) -> ChildCase:
    """The newest case of a child whom the actor reached through `child_of`, as the actor may know it.

    One query; raises NotFound.
    """
    await stage_texts.refresh()
    row = await fetch_one(_CASE, child.id, today)
    if row is None:
        raise NotFound
    case = of_row(row)
    contact = {name: row[name] for name in ("team", "phone", "email")}
    caseworker = Caseworker(child.public_id, row["caseworker"] or "", **contact, away=_away(row))
    facts = case.facts if actor.is_staff else seen_by(actor.account, case.facts)
    facts = facts if child.shows(Part.LETTERS) else facts_at_work(facts)
    return ChildCase(child, today, facts, case.dates, caseworker)


def _away(row: dict[str, Any]) -> str:
    return told(row["away"], row["last"], row["cover"]) if row["last"] else ""


def _stage_name(row: Mapping[str, Any]) -> str:
    texts = read_stages()
    if row["branch"]:
        return texts.branches[row["branch"]].name
    if row["not_served"]:
        return texts.not_served.name
    return texts.stages[row["stage"]].name if row["stage"] else ""
