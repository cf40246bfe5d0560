"""Who is in the demo, for `demo.json`: what a person, or a test from outside, needs to sign in."""

from typing import Any

from db.engine import fetch
from portal import keys
from portal.demo.large.listing import county_people
from portal.demo.people import ADULTS, FAMILY_PASSWORD, INVITED, STAFF, STAFF_PASSWORD
from portal.staff.queries import stage_names

_CHILDREN = """
SELECT {of} AS email, r.state, c.forename || ' ' || c.surname AS name, c.public_id, c.case_reference AS reference,
    coalesce(nullif(k.branch, ''), k.stage) AS stage
FROM child c JOIN LATERAL (
    SELECT stage, branch FROM ehc_case WHERE child = c.id ORDER BY received_on DESC, id DESC LIMIT 1
) k ON true {join} ORDER BY c.id
"""
"""Each child once, as its newest case stands: a family may have asked again."""

_OF_FAMILIES = _CHILDREN.replace("{of}", "a.email").replace(
    "{join}", "JOIN relationship r ON r.child = c.id JOIN account a ON a.id = r.account"
)
_OF_INVITED = _CHILDREN.replace("{of}", "r.email").replace("{join}", "JOIN invitation r ON r.child = c.id")
_OF_STAFF = (
    _CHILDREN.replace("{of}", "a.email")
    .replace("r.state", "'active' AS state")
    .replace("{join}", "JOIN account a ON a.id = c.caseworker")
)

Listed = dict[str, Any]


async def listed() -> list[Listed]:
    """Everybody of the demo: families first, then the SEND team, then who has only been invited.

    `children` are those whom the person may see now; `waiting` those to whom access is still to come.
    """
    families, invited, staff = [await _by_email(sql) for sql in (_OF_FAMILIES, _OF_INVITED, _OF_STAFF)]
    secrets = await _secrets()
    return [
        *(_person(one.name, one.role, one.email, FAMILY_PASSWORD, families) for one in ADULTS),
        *(
            {**_person(one.name, one.role, one.email, STAFF_PASSWORD, staff), "totp_secret": secrets.get(one.email, "")}
            for one in STAFF
        ),
        *(_person(one.name, one.role, one.email, None, invited) for one in INVITED),
        *await county_people(),
    ]


def _person(name: str, role: str, email: str, password: str | None, children: dict[str, list[Listed]]) -> Listed:
    own = children.get(email, [])
    return {
        "name": name,
        "role": role,
        "email": email,
        "password": password,
        "children": [_child(one) for one in own if one["state"] == "active"],
        "waiting": [_child(one) for one in own if one["state"] != "active"],
    }


def _child(row: Listed) -> Listed:
    return {
        "name": row["name"],
        "public_id": row["public_id"],
        "reference": row["reference"],
        "stage": dict(stage_names())[row["stage"]],
    }


async def _by_email(sql: str) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for row in await fetch(sql):
        found.setdefault(row["email"], []).append(row)
    return found


async def _secrets() -> dict[str, str]:
    rows = await fetch("SELECT email, totp_secret FROM account WHERE totp_secret <> ''")
    return {row["email"]: keys.decrypt(row["totp_secret"]) for row in rows}
