"""What people do with their own account: details, password, and where it is signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.actor import Actor
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.passwords.recent import refuse_recent, replace_password
from portal.sign_in import sessions
from portal.sign_in.proving import prove

CHANGEABLE = (
    "forename surname is_professional organisation job_title property_name house street area town county postcode"
    " telephone"
).split()
"""What somebody changes without asking. A date of birth says who may act (CFA 2014 s.80), so the team changes it."""


async def change_details(actor: Actor, details: Mapping[str, str | bool], *, now: datetime) -> None:
    """Keep those of CHANGEABLE that `details` holds and are new; they have been checked already. The owner is told."""
    async with DB.transaction():
        before = await fetch_one("SELECT * FROM account WHERE id = {} FOR UPDATE", actor.account)
        assert before is not None
        new = {name: details[name] for name in CHANGEABLE if name in details and details[name] != before[name]}
        if not new:
            return
        places = ", ".join(f"{name} = {{}}" for name in new)
        await fetch(f"UPDATE account SET {places} WHERE id = {{}}", *new.values(), actor.account)
        await notices.queue("details_changed", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:details:changed", now=now, actor=actor, detail=_told(new))


def _told(new: Mapping[str, str | bool]) -> dict[str, Any]:
    """Which details changed, and not to what. Only whether somebody is a professional is said, since it is weighed."""
    said = {name: "yes" if new[name] else "no" for name in new if name == "is_professional"}
    return {"fields": sorted(new), **said}


async def change_password(
    actor: Actor, session: int, current: str, new: str, hasher: PasswordHasher, *, now: datetime
) -> None:
    """Replace the password and end every other session. The policy has been checked already.

    Raises RuleBroken on `current_password` or `password`, TooManyTries, or Busy.
    """
    await prove(actor, current, hasher, now=now)
    await refuse_recent(actor.account, new, hasher)
    hashed = await hasher.hash(new)
    async with DB.transaction():
        await replace_password(actor.account, hashed, now=now)
        await sessions.end_all(actor.account, but=session)
        await notices.queue("password_changed", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:password:changed", now=now, actor=actor)


async def end_session(actor: Actor, session: int, handle: str, *, now: datetime) -> None:
    """Sign out another of the actor's own sessions; any other, or one that has ended, changes nothing.

    `session` is the one that asks and goes on. `handle` is what `sessions.handle` calls the one that ends.
    """
    async with DB.transaction():
        rows = await fetch("SELECT id FROM session WHERE account = {} AND id <> {}", actor.account, session)
        for row in rows:
            if sessions.handle(row["id"]) == handle:
                await sessions.end(row["id"])
                await audit.record("sign_in:session:other_ended", now=now, actor=actor)


async def end_other_sessions(actor: Actor, session: int, *, now: datetime) -> None:
    """Sign out everywhere but here."""
    async with DB.transaction():
        await sessions.end_all(actor.account, but=session)
        await audit.record("sign_in:session:others_ended", now=now, actor=actor)
