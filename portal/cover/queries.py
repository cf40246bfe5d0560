"""Who is away, who covers, and whose children are one's own today."""

from dataclasses import dataclass
from datetime import date

from db.engine import fetch, fetch_one
from portal.actor import Actor
from portal.colleagues.queries import AWAY_UNTIL, Choices, with_absence
from portal.cover.rules import Days, told
from portal.errors import NotFound

AWAY = """
SELECT p.forename AS away, x.to_day AS last, v.forename AS cover FROM absence x
JOIN account p ON p.id = x.account JOIN account v ON v.id = x.cover
WHERE x.account = {} AND x.ended_at IS NULL AND {} BETWEEN x.from_day AND x.to_day AND v.disabled_at IS NULL
"""
"""Who works here no more covers for nobody."""

_ABSENCES = """
SELECT x.public_id, x.from_day AS first, x.to_day AS last, p.forename || ' ' || p.surname AS person,
    v.forename || ' ' || v.surname AS cover, p.public_id AS account
FROM absence x JOIN account p ON p.id = x.account JOIN account v ON v.id = x.cover
WHERE x.ended_at IS NULL AND x.to_day >= {}
"""

_COLLEAGUES = f"""
SELECT a.public_id, a.forename || ' ' || a.surname AS name, {AWAY_UNTIL} AS away FROM account a
WHERE a.role <> 'family' AND a.disabled_at IS NULL AND a.team = {{}} AND a.id <> {{}}
ORDER BY a.forename, a.surname, a.id
"""

_PERSON = """
SELECT id, public_id, forename || ' ' || surname AS name, team FROM account
WHERE public_id = {} AND role <> 'family' AND disabled_at IS NULL
"""


@dataclass(frozen=True)
class Person:
    """A member of the SEND team. `id` and `team` are for commands."""

    id: int
    public_id: str
    name: str
    team: int | None


@dataclass(frozen=True)
class Absence:
    """One absence that has not ended. `account` is the public id of who is away."""

    public_id: str
    first: date
    last: date
    person: str
    cover: str
    account: str

    @property
    def days(self) -> Days:
        return Days(self.first, self.last)


async def away_words(caseworker: int | None, today: date) -> str:
    """`Priya is away until 3 December. Omar is covering.`, or nothing when the caseworker with this id is there."""
    row = await fetch_one(AWAY, caseworker, today)
    return told(**row) if row else ""


async def covering(actor: Actor, today: date) -> tuple[Absence, ...]:
    """For whom the actor covers today, those who are back first."""
    rows = await fetch(f"{_ABSENCES} AND x.from_day <= {{}} AND x.cover = {{}} ORDER BY x.to_day, x.id",
                       today, today, actor.account)  # fmt: skip
    return tuple(Absence(**row) for row in rows)


async def absences_of(person: int, today: date) -> tuple[Absence, ...]:
    """The absences of the account with this id that have not ended, the next first; at most 50."""
    rows = await fetch(f"{_ABSENCES} AND x.account = {{}} ORDER BY x.from_day LIMIT 50", today, person)
    return tuple(Absence(**row) for row in rows)


async def covered_by(person: int, today: date) -> tuple[Absence, ...]:
    """For whom the account with this id covers, now or on days to come, the next first."""
    rows = await fetch(f"{_ABSENCES} AND x.cover = {{}} ORDER BY x.from_day, x.id", today, person)
    return tuple(Absence(**row) for row in rows)


async def everybody_away(actor: Actor, today: date, *, limit: int = 500) -> tuple[Absence, ...]:
    """Who of the actor's team is away or will be, the next first; for managers of every team. At most `limit`."""
    rows = await fetch(
        f"{_ABSENCES} AND ({{}} OR p.team = {{}} OR v.team = {{}}) ORDER BY x.from_day, x.to_day, x.id LIMIT {{}}",
        today, actor.is_manager, actor.team, actor.team, limit,
    )  # fmt: skip
    return tuple(Absence(**row) for row in rows)


async def absence(public_id: str, today: date) -> Absence:
    """One absence that has not ended. Raises NotFound."""
    row = await fetch_one(f"{_ABSENCES} AND x.public_id = {{}}", today, public_id)
    if row is None:
        raise NotFound
    return Absence(**row)


async def person_of(actor: Actor, public_id: str) -> Person:
    """Whose absences the actor may record: their own (also when nothing is asked), as a manager anybody's.

    Raises NotFound.
    """
    if public_id not in {"", actor.public_id} and not actor.is_manager:
        raise NotFound
    row = await fetch_one(_PERSON, public_id or actor.public_id)
    if row is None:
        raise NotFound
    return Person(**row)


async def covers_for(person: Person, today: date) -> Choices:
    """Who may cover, as choices: colleagues of the same team. Who is away `today` is marked as such."""
    rows = await fetch(_COLLEAGUES, today, person.team, person.id)
    return tuple((row["public_id"], with_absence(row["name"], row["away"])) for row in rows)
