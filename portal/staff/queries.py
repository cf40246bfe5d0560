"""The caseload: every child whom a member of the team may see, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.cases import stage_texts
from portal.cases.stages import read_stages
from portal.cases.words import left_or_late
from portal.cover.queries import OWN, own
from portal.staff.filters import ONLY, ORDERS

PAGE = 25
MINE = "mine"
TEAM = "team"

ALL = "all"

_CASE = """
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(branch, ''), stage) AS stage, next_deadline AS due, received_on FROM ehc_case
    WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true
"""

_LISTED = """
WITH listed AS (
    SELECT c.id, c.public_id, c.forename || ' ' || c.surname AS name, c.case_reference, c.caseworker,
        coalesce(k.stage, '') AS stage, k.due, k.received_on, %(key)s AS place
    FROM child c %(case)s
    WHERE %(which)s AND ({} = '' OR k.stage = {}) AND %(only)s %(after)s %(search)s
    ORDER BY place, c.id LIMIT {}
)
SELECT l.*, w.forename || ' ' || w.surname AS caseworker_name,
    coalesce(u.unread, 0) AS unread, coalesce(f.waiting, 0) AS waiting, coalesce(f.returned, 0) AS returned
FROM listed l LEFT JOIN account w ON w.id = l.caseworker
LEFT JOIN LATERAL (
    SELECT count(*) AS unread FROM conversation v JOIN message m ON m.conversation = v.id
    WHERE v.child = l.id AND m.read_at IS NULL AND NOT m.from_staff
) u ON true
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state IN ('to_do', 'in_progress')) AS waiting,
        count(*) FILTER (WHERE state = 'submitted' AND read_at IS NULL) AS returned
    FROM action WHERE child = l.id
) f ON true
ORDER BY l.place, l.id
"""

_AFTER = "AND (%(key)s, c.id) > (SELECT %(key)s, c.id FROM child c %(case)s WHERE c.public_id = {})"

_ONE_WORD = "AND (lower(c.surname) LIKE {} OR lower(c.forename) LIKE {} OR c.case_reference LIKE {})"
_SEVERAL_WORDS = """
AND (lower(c.surname) LIKE {} OR lower(c.forename) LIKE {} AND lower(c.forename || ' ' || c.surname) LIKE {})
"""


def stage_names() -> tuple[tuple[str, str], ...]:
    """Key and name of every stage and side branch, in order."""
    texts = read_stages()
    return (
        *((key, stage.name) for key, stage in texts.stages.items()),
        *((key, branch.name) for key, branch in texts.branches.items()),
    )


@dataclass(frozen=True)
class CaseLine:
    """One child in the caseload. `waiting` forms lie with the family, `returned` ones wait for the team."""

    public_id: str
    name: str
    reference: str
    stage: str
    caseworker: str
    received_on: date | None
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
    """Which part of the caseload: `whose` is mine, team, or for managers all or a team's name.

    `search` is a name or reference, `stage` the key of a stage or side branch, empty for all, `only` and
    `order` keys of `filters.ONLY` and `filters.ORDERS`. `after` is the public id of the last child of
    the page before.
    """

    whose: str = TEAM
    search: str = ""
    stage: str = ""
    only: str = ""
    order: str = ""
    after: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What makes this view, for an address; the page is not part of it."""
        named = {"whose": self.whose, "search": self.search, "stage": self.stage, "only": self.only}
        return {name: value for name, value in {**named, "order": self.order}.items() if value}


@dataclass(frozen=True)
class Caseload:
    """One page of the caseload. `choices` are what `whose` may be; `next` is the `after` of the next page."""

    lines: tuple[CaseLine, ...]
    choices: tuple[tuple[str, str], ...]
    wanted: Wanted
    next: str

    @property
    def is_first(self) -> bool:
        return not self.wanted.after

    @property
    def onlys(self) -> tuple[tuple[str, str], ...]:
        """What `only` may be."""
        return tuple((key, only.words) for key, only in ONLY.items())

    @property
    def orders(self) -> tuple[tuple[str, str], ...]:
        """What `order` may be."""
        return tuple((key, order.words) for key, order in ORDERS.items())

    @property
    def stages(self) -> tuple[tuple[str, str], ...]:
        """What `stage` may be."""
        return (("", "All stages"), *stage_names())

    @property
    def found_in_words(self) -> str:
        """How many are on this page, as a status says it after a search."""
        count = len(self.lines)
        found = {0: "No child found", 1: "1 child found"}.get(count, f"{count} children found")
        return f"{count} children shown, and there are more" if self.next else found


async def caseload(actor: Actor, wanted: Wanted, *, today: date, limit: int = 0) -> Caseload:
    """The children of the actor's own cases or of a team, late ones first. `today` is the day in England.

    Caseworkers see their team and the cases that are theirs; managers see any team. A page has `PAGE`
    lines, or `limit`. At most three queries.
    """
    await stage_texts.refresh()
    choices = await whose_choices(actor)
    wanted = _known(wanted, choices)
    which, subject = await which_children(actor, wanted.whose, today)
    only, size = ONLY[wanted.only], limit or PAGE
    search, patterns = _search(wanted.search)
    parts = {"case": _CASE, "which": which, "search": search, "only": only.sql, "key": ORDERS[wanted.order].key}
    after = _AFTER % parts if wanted.after else ""
    place = [wanted.after] if wanted.after else []
    values = (*subject, wanted.stage, wanted.stage, *only.values(today), *place, *patterns, size + 1)
    rows = await fetch(_LISTED % {**parts, "after": after}, *values)
    lines = tuple(_line(row, today) for row in rows[:size])
    return Caseload(lines, choices, wanted, lines[-1].public_id if len(rows) > size else "")


def _known(wanted: Wanted, choices: tuple[tuple[str, str], ...]) -> Wanted:
    """The same with what nobody offers left out."""
    return replace(
        wanted,
        whose=wanted.whose if wanted.whose in dict(choices) else choices[-1][0],
        only=wanted.only if wanted.only in ONLY else "",
        order=wanted.order if wanted.order in ORDERS else "",
    )


async def whose_choices(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Whose children a list may show, as choices; the last is shown when nothing is asked for."""
    if not actor.is_manager:
        return ((MINE, "My cases"), (TEAM, "Whole team"))
    teams = await fetch("SELECT name FROM team ORDER BY (id = {}) IS TRUE, name", actor.team)
    return ((MINE, "My cases"), (ALL, "All teams"), *((team["name"], f"Team: {team['name']}") for team in teams))


async def which_children(actor: Actor, whose: str, today: date) -> tuple[str, tuple[object, ...]]:
    """The condition on a child `c` for one of `whose_choices`, and its values.

    One's own are also those of colleagues for whom one covers `today`, a day in London.
    """
    if whose == MINE:
        return f"c.caseworker = {OWN}", own(actor, today)
    if not actor.is_manager:
        return "c.team = {}", (actor.team,)
    if whose == ALL:
        return "true", ()
    team = await fetch_one("SELECT id FROM team WHERE name = {}", whose)
    return "c.team = {}", (team["id"] if team else None,)


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
    due = row["due"]
    return CaseLine(
        public_id=row["public_id"],
        name=row["name"],
        reference=row["case_reference"],
        stage=dict(stage_names()).get(row["stage"], ""),
        caseworker=row["caseworker_name"] or "",
        received_on=row["received_on"],
        next_deadline=due,
        days_left=left_or_late(due, today) if due else "",
        is_late=due is not None and due < today,
        unread=row["unread"],
        waiting=row["waiting"],
        returned=row["returned"],
    )
