"""The caseload: every child whom a member of the team may see, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.cases.stages import read_stages
from portal.cases.words import left_or_late

PAGE = 25
MINE = "mine"
TEAM = "team"

_CASE = """
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(branch, ''), stage) AS stage, coalesce(next_deadline, {}) AS due FROM ehc_case
    WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
"""

_LISTED = """
WITH listed AS (
    SELECT c.id, c.public_id, c.forename || ' ' || c.surname AS name, c.case_reference,
        coalesce(k.stage, '') AS stage, coalesce(k.due, {}) AS due
    FROM child c %(case)s
    WHERE %(which)s AND ({} = '' OR k.stage = {}) AND (coalesce(k.due, {}), c.id) > ({}, {}) %(search)s
    ORDER BY due, c.id LIMIT {}
)
SELECT l.*, coalesce(u.unread, 0) AS unread, coalesce(f.waiting, 0) AS waiting, coalesce(f.returned, 0) AS returned
FROM listed l
LEFT JOIN LATERAL (
    SELECT count(*) AS unread FROM conversation v JOIN message m ON m.conversation = v.id
    WHERE v.child = l.id AND m.read_at IS NULL AND NOT m.from_staff
) u ON true
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state IN ('to_do', 'in_progress')) AS waiting,
        count(*) FILTER (WHERE state = 'submitted' AND read_at IS NULL) AS returned
    FROM action WHERE child = l.id
) f ON true
ORDER BY l.due, l.id
"""

_PLACE = "SELECT c.id, coalesce(k.due, {}) AS due FROM child c %(case)s WHERE c.public_id = {}"

_ONE_WORD = "AND (lower(c.surname) LIKE {} OR lower(c.forename) LIKE {} OR c.case_reference LIKE {})"
_SEVERAL_WORDS = """
AND (lower(c.surname) LIKE {} OR lower(c.forename) LIKE {} AND lower(c.forename || ' ' || c.surname) LIKE {})
"""

_TEXTS = read_stages()
STAGES = (
    *((key, texts.name) for key, texts in _TEXTS.stages.items()),
    *((key, texts.name) for key, texts in _TEXTS.branches.items()),
)
"""Key and name of every stage and side branch, in order."""

NO_DATE = date.max
"""Stands for "no statutory date to come", so that these cases are last in one order with the others."""


@dataclass(frozen=True)
class CaseLine:
    """One child in the caseload. `waiting` forms lie with the family, `returned` ones wait for the team."""

    public_id: str
    name: str
    reference: str
    stage: str
    next_deadline: date | None
    days_left: str
    is_late: bool
    unread: int
    waiting: int
    returned: int

    @property
    def actions_in_words(self) -> str:
        """`1 came back, 2 with the family`; what waits for the team comes first."""
        parts = [f"{self.returned} came back"] if self.returned else []
        return ", ".join([*parts, f"{self.waiting} with the family"] if self.waiting else parts)


@dataclass(frozen=True)
class Wanted:
    """Which part of the caseload: `whose` is mine, team, or for managers a team's name; `search` a name or reference.

    `stage` is the key of a stage or side branch, empty for all. `after` is the public id of the last
    child of the page before.
    """

    whose: str = TEAM
    search: str = ""
    stage: str = ""
    after: str = ""


@dataclass(frozen=True)
class Caseload:
    """One page of the caseload. `choices` are what `whose` may be; `next` is the `after` of the next page."""

    lines: tuple[CaseLine, ...]
    choices: tuple[tuple[str, str], ...]
    whose: str
    search: str
    stage: str
    is_first: bool
    next: str

    @property
    def stages(self) -> tuple[tuple[str, str], ...]:
        """What `stage` may be."""
        return (("", "All stages"), *STAGES)

    @property
    def found_in_words(self) -> str:
        """How many are on this page, as a status says it after a search."""
        count = len(self.lines)
        found = {0: "No child found", 1: "1 child found"}.get(count, f"{count} children found")
        return f"{count} children shown, and there are more" if self.next else found


async def caseload(actor: Actor, wanted: Wanted, *, today: date) -> Caseload:
    """The children of the actor's own cases or of a team, late ones first. `today` is the day in England.

    Caseworkers see their team and the cases that are theirs; managers see any team. At most four queries.
    """
    choices = await _choices(actor)
    whose = wanted.whose if wanted.whose in dict(choices) else choices[-1][0]
    which, subject = await _which(actor, whose)
    deadline, child = await _place(wanted.after)
    search, patterns = _search(wanted.search)
    sql = _LISTED % {"case": _CASE, "which": which, "search": search}
    place = (NO_DATE, deadline, child)
    rows = await fetch(sql, NO_DATE, NO_DATE, subject, wanted.stage, wanted.stage, *place, *patterns, PAGE + 1)
    lines = tuple(_line(row, today) for row in rows[:PAGE])
    more = lines[-1].public_id if len(rows) > PAGE else ""
    return Caseload(lines, choices, whose, wanted.search, wanted.stage, not wanted.after, more)


async def _choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """What may be asked for; the last is shown when nothing is."""
    if not actor.is_manager:
        return ((MINE, "My cases"), (TEAM, "Whole team"))
    teams = await fetch("SELECT name FROM team ORDER BY (id = {}) IS TRUE, name", actor.team)
    return ((MINE, "My cases"), *((team["name"], f"Team: {team['name']}") for team in teams))


async def _which(actor: Actor, whose: str) -> tuple[str, int | None]:
    if whose == MINE:
        return "c.caseworker = {}", actor.account
    if not actor.is_manager:
        return "c.team = {}", actor.team
    team = await fetch_one("SELECT id FROM team WHERE name = {}", whose)
    return "c.team = {}", team["id"] if team else None


async def _place(after: str) -> tuple[date, int]:
    """Where the page before ended: its last deadline and child. Before everything when there is none."""
    row = await fetch_one(_PLACE % {"case": _CASE}, NO_DATE, NO_DATE, after) if after else None
    return (row["due"], row["id"]) if row else (date.min, 0)


def _search(typed: str) -> tuple[str, list[str]]:
    """The condition for what was typed, and its values: beginnings of names, or of the case reference."""
    words = typed.split()
    if not words:
        return "", []
    whole = _beginning(" ".join(words).lower())
    if len(words) == 1:
        return _ONE_WORD, [whole, whole, whole.upper()]
    return _SEVERAL_WORDS, [whole, _beginning(words[0].lower()), whole]


def _beginning(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"{text}%"


def _line(row: Mapping[str, Any], today: date) -> CaseLine:
    due = None if row["due"] == NO_DATE else row["due"]
    return CaseLine(
        public_id=row["public_id"],
        name=row["name"],
        reference=row["case_reference"],
        stage=dict(STAGES).get(row["stage"], ""),
        next_deadline=due,
        days_left=left_or_late(due, today) if due else "",
        is_late=due is not None and due < today,
        unread=row["unread"],
        waiting=row["waiting"],
        returned=row["returned"],
    )
