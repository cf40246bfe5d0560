"""What is here already of the children, adults and caseworkers that a file names."""

from collections.abc import Sequence
from datetime import date

from db.engine import fetch
from portal.actor import STAFF_ROLES
from portal.imports.matching import Known, KnownChild
from portal.imports.rules import Row, Who

STAFF = """
SELECT id, team, email_key FROM account
WHERE role = ANY({}::text[]) AND disabled_at IS NULL AND team IS NOT NULL
"""
ROLES = sorted(STAFF_ROLES)

_CHILDREN = """
SELECT c.id, c.public_id, c.case_reference, c.forename, c.surname, c.date_of_birth, c.team, t.name AS team_name,
    (SELECT max(received_on) FROM ehc_case WHERE child = c.id) AS received_on
FROM child c JOIN team t ON t.id = c.team
WHERE (c.date_of_birth = ANY({}::date[]) OR c.case_reference = ANY({}::text[]))
    AND ({} OR c.team = ANY({}::bigint[])) ORDER BY c.id
"""

_ADULTS = """
SELECT r.child, a.email_key, bool_or(r.state <> 'ended') AS has_access,
    max((r.ended_at AT TIME ZONE 'Europe/London')::date) AS ended_on
FROM relationship r JOIN account a ON a.id = r.account WHERE r.child = ANY({}::bigint[]) GROUP BY 1, 2
"""

_INVITED = "SELECT child, email_key FROM invitation WHERE state <> 'withdrawn' AND child = ANY({}::bigint[])"


async def known_to(rows: Sequence[Row], *, everywhere: bool) -> Known:
    """What the database has of these children and adults, in four statements.

    Only in the teams that the rows name, or `everywhere` in the council, which managers may know.
    """
    children = await _children(rows, everywhere)
    mentioned = [child.id for child in children]
    adults, invited = await fetch(_ADULTS, mentioned), await fetch(_INVITED, mentioned)
    named = sorted({row.caseworker for row in rows if row.caseworker is not None})
    return Known(
        by_reference={child.case_reference: child for child in children},
        by_name=_by_name(children),
        staff=frozenset((row["team"], row["id"]) for row in await fetch(STAFF + " AND id = ANY({})", ROLES, named)),
        with_access=frozenset((row["child"], row["email_key"]) for row in adults if row["has_access"]),
        invited=frozenset((row["child"], row["email_key"]) for row in invited),
        ended={(row["child"], row["email_key"]): row["ended_on"] for row in adults if row["ended_on"]},
    )


async def _children(rows: Sequence[Row], everywhere: bool) -> list[KnownChild]:
    """Everybody who might be meant: of these birthdays, or with these references."""
    born: set[date] = {row.date_of_birth for row in rows}
    references = {row.reference for row in rows if row.reference}
    teams = {row.team for row in rows}
    found = await fetch(_CHILDREN, sorted(born), sorted(references), everywhere, sorted(teams))
    return [KnownChild(**row) for row in found]


def _by_name(children: Sequence[KnownChild]) -> dict[Who, list[KnownChild]]:
    found: dict[Who, list[KnownChild]] = {}
    for child in children:
        found.setdefault(child.who, []).append(child)
    return found
