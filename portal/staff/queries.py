"""The caseload: every child whom a member of the team may see, the most urgent first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from db.engine import fetch
from portal.access.own import OWN, own
from portal.actor import Actor
from portal.cases import stage_texts
from portal.cases.stages import read_stages
from portal.colleagues.queries import Choices, colleagues_to_choose
from portal.dates import left_or_late
from portal.paging import key_of, place_of
from portal.staff.filters import ONLY, ORDERS
from portal.staff.search import condition
from portal.words import counted

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

_MATCHED = """
WITH matched AS (
    SELECT c.id, c.public_id, c.forename || ' ' || c.surname AS name, c.case_reference, c.caseworker,
        coalesce(k.stage, '') AS stage, k.due, k.received_on, %(key)s AS place
    FROM child c %(case)s
    WHERE %(which)s AND ({} = '' OR k.stage = {}) AND %(only)s
        AND ({} = '' OR c.caseworker = (SELECT id FROM account WHERE public_id = {} AND role <> 'family')) %(search)s
)
"""

_LISTED = f"""
{_MATCHED}
, listed AS (SELECT * FROM matched %(after)s ORDER BY place, id LIMIT {{}})
SELECT n.total, l.*, w.forename || ' ' || w.surname AS caseworker_name,
    coalesce(u.unread, 0) AS unread, coalesce(f.waiting, 0) AS waiting, coalesce(f.returned, 0) AS returned
FROM (SELECT count(*) AS total FROM matched) n LEFT JOIN listed l ON true LEFT JOIN account w ON w.id = l.caseworker
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

_EVERY = f"{_MATCHED} SELECT public_id FROM matched ORDER BY place, id LIMIT {{}}"


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
    """Which part of the caseload: `whose` is mine, team, or for managers all or a team's id.

    `search` is what `search.condition` takes, `stage` the key of a stage or side branch, empty for all, `only` and
    `order` keys of `filters.ONLY` and `filters.ORDERS`; `colleague` the public id of a caseworker, for managers.
    `after` is the key of a page.
    """

    whose: str = TEAM
    search: str = ""
    stage: str = ""
    only: str = ""
    colleague: str = ""
    order: str = ""
    after: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What makes this view, for an address; the page is not part of it."""
        return {name: value for name, value in self.whole.items() if name != "after"}

    @property
    def whole(self) -> dict[str, str]:
        """The same with the page."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Caseload:
    """One page of the caseload, and how many children match in all. `next` is the key of the next page.

    `choices` are what `whose` may be, `colleagues` those of managers. `misfit`: what was asked for is there no
    more, such as a view of a team by somebody who manages no longer; something else is shown instead.
    """

    lines: tuple[CaseLine, ...]
    total: int
    choices: Choices
    colleagues: Choices
    wanted: Wanted
    next: str
    misfit: bool = False

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
        """How many there are in all, as a status says it after a search."""
        found = f"{counted(self.total, 'child', 'children') if self.total else 'No child'} found"
        return f"{found}, {len(self.lines)} on this page" if len(self.lines) < self.total else found


async def caseload(actor: Actor, wanted: Wanted, *, today: date, limit: int = 0) -> Caseload:
    """The children of the actor's own cases or of a team, late ones first. `today` is the day in England.

    Caseworkers see their team and the cases that are theirs; managers see any team. A page has `PAGE`
    lines, or `limit`. At most four queries.
    """
    choices, size = await whose_choices(actor), limit or PAGE
    known, parts, values = await _asked(actor, wanted, choices, today)
    place = place_of(known.after, ORDERS[known.order].kind)
    after = "WHERE (place, id) > ({}, {})" if place else ""
    rows = await fetch(_LISTED % {**parts, "after": after}, *values, *(place or ()), size + 1)
    lines = [row for row in rows if row["id"] is not None]
    last = lines[size - 1] if len(lines) > size else None
    return Caseload(
        lines=tuple(_line(row, today) for row in lines[:size]),
        total=rows[0]["total"],
        choices=choices,
        colleagues=await colleagues_to_choose() if actor.is_manager else (),
        wanted=known if place else replace(known, after=""),
        next=key_of(last["place"], last["id"]) if last else "",
        misfit=not _fits(wanted, known),
    )


async def every_child(actor: Actor, wanted: Wanted, *, today: date, limit: int) -> tuple[str, ...]:
    """The public ids of all children of a view, whatever the page, in its order; at most `limit`."""
    _, parts, values = await _asked(actor, wanted, await whose_choices(actor), today)
    return tuple(row["public_id"] for row in await fetch(_EVERY % parts, *values, limit))


async def _asked(
    actor: Actor, wanted: Wanted, choices: Choices, today: date
) -> tuple[Wanted, dict[str, str], tuple[object, ...]]:
    """The view that can be shown, the parts of its statement, and their values."""
    await stage_texts.refresh()
    known = _known(actor, wanted, choices)
    which, subject = await which_children(actor, known.whose, today)
    only, (search, patterns) = ONLY[known.only], condition(known.search)
    parts = {"case": _CASE, "which": which, "search": search, "only": only.sql, "key": ORDERS[known.order].key}
    colleague = (known.colleague,) * 2
    return known, parts, (*subject, known.stage, known.stage, *only.values(today), *colleague, *patterns)


def _known(actor: Actor, wanted: Wanted, choices: Choices) -> Wanted:
    """The same with what nobody offers left out."""
    return replace(
        wanted,
        whose=known_whose(wanted.whose, choices),
        stage=wanted.stage if wanted.stage in dict(stage_names()) else "",
        only=wanted.only if wanted.only in ONLY else "",
        colleague=wanted.colleague if actor.is_manager else "",
        order=wanted.order if wanted.order in ORDERS else "",
    )


def _fits(wanted: Wanted, known: Wanted) -> bool:
    """Whether what is shown is what was asked for."""
    named = ("stage", "only", "colleague", "order")
    fits = all(getattr(wanted, name) == getattr(known, name) for name in named)
    return fits and (
        wanted.whose in {"", TEAM, known.whose} or (known.whose.isdecimal() and not wanted.whose.isdecimal())
    )


def known_whose(whose: str, choices: Choices) -> str:
    """One of `whose_choices`; a team may be called by its name, as it was in addresses once."""
    named = {words: key for key, words in choices}
    return whose if whose in dict(choices) else named.get(f"Team: {whose}", choices[-1][0])


async def whose_choices(actor: Actor) -> Choices:
    """Whose children a list may show, as choices; the last is shown when nothing is asked for."""
    if not actor.is_manager:
        return ((MINE, "My cases"), (TEAM, "Whole team"))
    teams = await fetch("SELECT id, name FROM team ORDER BY (id = {}) IS TRUE, name", actor.team)
    return ((MINE, "My cases"), (ALL, "All teams"), *((str(team["id"]), f"Team: {team['name']}") for team in teams))


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
    return "c.team = {}", (int(whose) if whose.isascii() and whose.isdecimal() else None,)


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
