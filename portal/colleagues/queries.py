"""What a list can be narrowed to: the teams, and the people of the SEND team."""

from datetime import date

from db.engine import fetch
from portal.dates import day_of_the_year

Choices = tuple[tuple[str, str], ...]
"""Key and words of each."""

_COLLEAGUES = """
SELECT a.public_id, a.forename || ' ' || a.surname AS name, a.disabled_at IS NULL AS works FROM account a
WHERE a.role <> 'family' AND (a.disabled_at IS NULL OR EXISTS (SELECT FROM child WHERE caseworker = a.id))
ORDER BY a.disabled_at IS NOT NULL, a.forename, a.surname, a.id LIMIT 1000
"""


async def teams_to_choose() -> Choices:
    """Every team by name; the key is its id."""
    return tuple((str(row["id"]), row["name"]) for row in await fetch("SELECT id, name FROM team ORDER BY lower(name)"))


async def colleagues_to_choose() -> Choices:
    """Everybody of the SEND team, and who left while children are still theirs; the key is the public id."""
    rows = await fetch(_COLLEAGUES)
    return tuple((row["public_id"], row["name"] if row["works"] else f"{row['name']} (left)") for row in rows)


AWAY_UNTIL = """(SELECT max(x.to_day) FROM absence x WHERE x.account = a.id AND x.ended_at IS NULL
    AND {} BETWEEN x.from_day AND x.to_day)"""
"""Until when the account `a` is away, null when they are there. Its value is a day in London."""


def with_absence(name: str, away: date | None) -> str:
    """A colleague's name in a list of whom to give work to: `Dee Shaw (away until 3 December)`."""
    return f"{name} (away until {day_of_the_year(away)})" if away else name
