"""Each column that names a person or a child is in the zip with everything about them, or left out for a reason."""

import asyncpg
import pytest

from portal.everything.held import HELD, LEFT_OUT
from portal.everything.parts import PARTS

pytestmark = pytest.mark.anyio

_NAMING = """
SELECT c.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
WHERE c.contype = 'f' AND c.confrelid IN ('account'::regclass, 'child'::regclass)
"""


async def test_nothing_that_names_a_person_or_a_child_is_forgotten(db: asyncpg.Connection) -> None:
    named = {row["name"] for row in await db.fetch(_NAMING)}
    assert named - HELD.keys() - LEFT_OUT.keys() == set(), "say in portal/everything/held.py where it is"
    assert (HELD.keys() | LEFT_OUT.keys()) - named == set(), "there is no such column any more"
    assert not HELD.keys() & LEFT_OUT.keys()


def test_what_is_held_is_in_a_part_that_exists() -> None:
    assert set(HELD.values()) <= {part.key for part in PARTS} | {"files"}


def test_every_part_has_a_name_of_its_own() -> None:
    assert len({part.key for part in PARTS}) == len({part.title for part in PARTS}) == len(PARTS)
