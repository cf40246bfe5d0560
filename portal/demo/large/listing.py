"""Who of the county is listed in `demo.json`: the SEND team, and a few families with something to look at."""

from typing import Any

from db.engine import fetch
from portal import keys
from portal.demo.large.people import COUNTY_STAFF
from portal.demo.people import FAMILY_PASSWORD, STAFF_PASSWORD
from portal.staff.queries import stage_names

FAMILIES = 4
CHILDREN = 3
"""How many of a caseworker's children are named."""

_STAFF = """
SELECT a.forename || ' ' || a.surname AS name, a.role, a.email, a.totp_secret,
    ARRAY(SELECT c.id FROM child c WHERE c.caseworker = a.id ORDER BY c.id LIMIT {}) AS children
FROM account a WHERE a.email = ANY({}::text[]) ORDER BY a.id
"""

_FAMILIES = """
SELECT a.forename || ' ' || a.surname AS name, 'parent' AS role, a.email, '' AS totp_secret, f.children
FROM (
    SELECT account, array_agg(child ORDER BY child) AS children FROM relationship
    WHERE state = 'active' AND basis = 'parental_responsibility'
        AND child IN (SELECT child FROM conversation WHERE waiting_since IS NOT NULL)
    GROUP BY account ORDER BY count(*) DESC, account DESC LIMIT {}
) f JOIN account a ON a.id = f.account ORDER BY a.id
"""

_CHILDREN = """
SELECT DISTINCT ON (c.id) c.id, c.forename || ' ' || c.surname AS name, c.public_id, c.case_reference AS reference,
    coalesce(nullif(k.branch, ''), k.stage) AS stage
FROM child c JOIN ehc_case k ON k.child = c.id WHERE c.id = ANY({}::bigint[])
ORDER BY c.id, k.received_on DESC, k.id DESC
"""

Listed = dict[str, Any]


async def county_people() -> list[Listed]:
    """The people of the large demo that matter, as `portal.demo.listing.listed` gives them; none without one."""
    staff = await fetch(_STAFF, CHILDREN, [one.email for one in COUNTY_STAFF])
    if not staff:
        return []
    people = [*staff, *await fetch(_FAMILIES, FAMILIES)]
    named = {row["id"]: row for row in await fetch(_CHILDREN, [child for one in people for child in one["children"]])}
    return [_person(one, named) for one in people]


def _person(row: Listed, named: dict[int, Listed]) -> Listed:
    is_staff = bool(row["totp_secret"])
    person = {
        "name": row["name"],
        "role": row["role"],
        "email": row["email"],
        "password": STAFF_PASSWORD if is_staff else FAMILY_PASSWORD,
        "children": [_child(named[child]) for child in row["children"]],
        "waiting": [],
    }
    return {**person, "totp_secret": keys.decrypt(row["totp_secret"])} if is_staff else person


def _child(row: Listed) -> Listed:
    shown = ("name", "public_id", "reference")
    return {**{key: row[key] for key in shown}, "stage": dict(stage_names())[row["stage"]]}
