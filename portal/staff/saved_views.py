"""Views of the caseload that a member of the team keeps under a name."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from db.engine import DB, fetch, fetch_one
from portal import ids
from portal.actor import Actor
from portal.errors import NotFound, RuleBroken
from portal.staff.queries import Wanted

MOST = 20
MAX_NAME = 60

_SAVE = """
INSERT INTO saved_view (public_id, account, name, asked, created_at) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (account, lower(name)) DO UPDATE SET asked = excluded.asked RETURNING public_id
"""


@dataclass(frozen=True)
class SavedView:
    """One of them. `asked` is the query of its address."""

    public_id: str
    name: str
    asked: str


async def saved_views(actor: Actor) -> tuple[SavedView, ...]:
    """The actor's own, by name."""
    rows = await fetch(
        "SELECT public_id, name, asked FROM saved_view WHERE account = {} ORDER BY lower(name)", actor.account
    )
    return tuple(SavedView(**row) for row in rows)


async def save_view(actor: Actor, name: str, wanted: Wanted, *, now: datetime) -> str:
    """Keep a view; one of the same name is replaced. Gives its public id. Raises RuleBroken on `name`."""
    name = " ".join(name.split())
    if not name:
        raise RuleBroken("name", "Enter a name for this view")
    if len(name) > MAX_NAME:
        raise RuleBroken("name", f"The name must be {MAX_NAME} characters or fewer")
    async with DB.transaction():
        others = [one for one in await saved_views(actor) if one.name.lower() != name.lower()]
        if len(others) >= MOST:
            raise RuleBroken("name", f"You have {MOST} views already. Delete one first")
        row = await fetch_one(_SAVE, ids.public_id(), actor.account, name, urlencode(wanted.asked), now)
    assert row is not None
    return str(row["public_id"])


async def delete_view(actor: Actor, public_id: str) -> str:
    """Take one out. Gives its name. Raises NotFound."""
    row = await fetch_one(
        "DELETE FROM saved_view WHERE account = {} AND public_id = {} RETURNING name", actor.account, public_id
    )
    if row is None:
        raise NotFound
    return str(row["name"])
