"""What the emails about cover say, looked up at the moment when they are sent."""

from collections.abc import Mapping
from typing import Any

from db.engine import fetch_one
from portal.dates import day_in_words

_ABSENCE = """
SELECT p.forename || ' ' || p.surname AS away, v.forename || ' ' || v.surname AS cover, x.from_day AS first,
    x.to_day AS last, x.ended_at IS NULL AS lasts
FROM absence x JOIN account p ON p.id = x.account JOIN account v ON v.id = x.cover WHERE x.public_id = {}
"""


async def asked_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who is away from when to when; None when the absence has been ended."""
    row = await _absence(about)
    return row if row and row["lasts"] else None


async def ended_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who was away, and who covers no more."""
    return await _absence(about)


async def _absence(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    row = await fetch_one(_ABSENCE, about["absence"])
    return {**row, "first": day_in_words(row["first"]), "last": day_in_words(row["last"])} if row else None
