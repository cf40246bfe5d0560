"""Asking the database for a part, a page at a time: what is held about one person grows for years."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.rules import BASES, sees
from portal.access.rules import Part as Shown
from portal.actor import Actor
from portal.files.scanning import OPENABLE
from portal.personal.rules import email_key

Cell = str | bool | int | date | datetime | None
Row = Mapping[str, Cell]
Rows = AsyncIterator[Row]

PAGE = 2_000
"""Rows that are held in memory, and written into one table, at once."""

_LAST = 2**62

ME = """
WITH me AS (SELECT {}::bigint AS account, {}::text AS email, {}::timestamptz AS now, {}::text[] AS openable)
"""
"""What every query begins with; its values are `Me.values`."""

MAY_READ = "JOIN relationship r ON r.child = c.id AND r.account = me.account AND r.state = 'active'"
"""From `me` and `child c` to the children whose record the person may read now, by relationship `r`."""

CHILD = "c.forename || ' ' || c.surname AS child"


def may_see(shown: Shown) -> str:
    """`MAY_READ`, for the records of which the person sees also what is only shown on some grounds."""
    bases = ", ".join(f"'{basis}'" for basis in BASES if sees(basis, shown))
    return f"{MAY_READ} AND r.basis IN ({bases})"


@dataclass(frozen=True)
class Me:
    """Who asks for everything about themself, and when."""

    actor: Actor
    now: datetime

    @property
    def values(self) -> tuple[object, ...]:
        """What the queries of the parts call `me`."""
        return self.actor.account, email_key(self.actor.email), self.now, sorted(OPENABLE)


@dataclass(frozen=True)
class Part:
    """One part: its `key` names the file, `rows` gives what is in it, the newest first.

    `of_team`: only somebody of the SEND team can have it.
    """

    key: str
    title: str
    rows: Callable[[Me], Rows]
    of_team: bool = False


def as_it_is(row: Mapping[str, Any]) -> Row:
    """For parts whose columns need nothing more than their words."""
    return row


def asked(sql: str, say: Callable[[Mapping[str, Any]], Row] = as_it_is) -> Callable[[Me], Rows]:
    """A part that one query gives. Its first column is "#", by which the pages follow each other; `say` gives a row."""

    async def rows(me: Me) -> Rows:
        async for row in every(sql, me):
            yield say(row)

    return rows


async def every(sql: str, me: Me) -> AsyncIterator[dict[str, Any]]:
    """Every row of a query that may use `me` and has a column "#", the highest first, without that column."""
    before = _LAST
    while True:
        page = await fetch(
            f'{ME} SELECT * FROM ({sql}) part WHERE "#" < {{}} ORDER BY "#" DESC LIMIT {PAGE}', *me.values, before
        )
        for row in page:
            before = row.pop("#")
            yield row
        if len(page) < PAGE:
            return
