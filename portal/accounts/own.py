"""What people do with their own account."""

from datetime import datetime

from db.engine import DB, fetch_one
from portal import audit, notices, throttle
from portal.accounts.passwords import PasswordHasher
from portal.accounts.recent_passwords import refuse_recent, replace_password
from portal.actor import Actor
from portal.errors import RuleBroken
from portal.notices import Recipient
from portal.sign_in import rules, sessions


async def change_password(
    actor: Actor, session: int, current: str, new: str, hasher: PasswordHasher, *, now: datetime
) -> None:
    """Replace the password and end every other session. The policy has been checked already.

    Raises RuleBroken on `current_password` or `password`, TooManyTries, or Busy.
    """
    await throttle.spend(rules.PASSWORD_TRIES, actor.email.lower(), now=now, message=rules.TOO_MANY_PASSWORDS)
    row = await fetch_one("SELECT password_hash FROM account WHERE id = {}", actor.account)
    assert row is not None
    if not await hasher.verify(row["password_hash"], current):
        raise RuleBroken("current_password", "Enter the password that you use now")
    await throttle.clear(rules.PASSWORD_TRIES, actor.email.lower())
    await refuse_recent(actor.account, new, hasher)
    hashed = await hasher.hash(new)
    async with DB.transaction():
        await replace_password(actor.account, hashed, now=now)
        await sessions.end_all(actor.account, but=session)
        await notices.queue("password_changed", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:password:changed", now=now, actor=actor)


async def end_other_sessions(actor: Actor, session: int, *, now: datetime) -> None:
    """Sign out everywhere but here."""
    async with DB.transaction():
        await sessions.end_all(actor.account, but=session)
        await audit.record("sign_in:session:others_ended", now=now, actor=actor)
