"""What is held about one person, part by part: each a page that can be read and a table for a spreadsheet.

What belongs to a child's record is only there while the person may read it. `held.py` says for every table
where it is, or why it is left out.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch
from portal.actor import Actor
from portal.everything.asking import MAY_READ, ME, PAGE, Cell, Me, Part, Row
from portal.everything.case_parts import CASES
from portal.everything.own_parts import OWN
from portal.everything.record_parts import RECORDS
from portal.everything.words import cell

PARTS: tuple[Part, ...] = (*OWN, *RECORDS, *CASES)


def parts_for(actor: Actor) -> tuple[Part, ...]:
    """The parts that the actor could have something in."""
    return tuple(part for part in PARTS if actor.is_staff or not part.of_team)


_FILES = f"""{ME}
SELECT f.name, f.stored_as, f.created_at FROM me JOIN child c ON true {MAY_READ}
JOIN stored_file f ON f.child = c.id
WHERE f.scan_state = ANY(me.openable) AND (
    EXISTS (SELECT FROM document d JOIN document_recipient n ON n.document = d.id WHERE d.file = f.id
        AND n.account = me.account AND n.recalled_at IS NULL AND d.published_at <= me.now AND d.recalled_at IS NULL)
    OR EXISTS (SELECT FROM attachment t JOIN message m ON m.id = t.message JOIN conversation v ON v.id = m.conversation
        WHERE t.file = f.id AND v.account = me.account)
    OR EXISTS (SELECT FROM attachment t JOIN message_draft d ON d.id = t.draft
        WHERE t.file = f.id AND d.account = me.account)
    OR EXISTS (SELECT FROM action_file x JOIN action o ON o.id = x.action
        WHERE x.file = f.id AND o.account = me.account AND o.state <> 'withdrawn')
) ORDER BY f.id
"""


@dataclass(frozen=True)
class PartPage:
    """At most `PAGE` rows of one part, whose `number` counts from 1. Moments know their time zone."""

    key: str
    title: str
    number: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.key if self.number == 1 else f"{self.key} {self.number}"


@dataclass(frozen=True)
class OwnFile:
    """A file that the person may open. `stored_as` is its name in the store."""

    name: str
    stored_as: str
    created_at: datetime


async def pages_of(part: Part, me: Me) -> AsyncIterator[PartPage]:
    """A part, `PAGE` rows at a time; none when it is empty."""
    rows: list[Row] = []
    number = 1
    async for row in part.rows(me):
        rows.append(row)
        if len(rows) == PAGE:
            yield _page(part, number, rows)
            rows, number = [], number + 1
    if rows:
        yield _page(part, number, rows)


async def files_of(me: Me) -> tuple[OwnFile, ...]:
    """The documents published to the person, and the files of their messages, drafts and forms; clean ones only."""
    return tuple(OwnFile(**row) for row in await fetch(_FILES, *me.values))


def _page(part: Part, number: int, rows: list[Row]) -> PartPage:
    names = tuple(rows[0])
    said = tuple(tuple(cell(name, row[name]) for name in names) for row in rows)
    return PartPage(part.key, part.title, number, tuple(name.replace("_", " ").capitalize() for name in names), said)
