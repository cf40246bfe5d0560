"""Another email address: the password, then a code that only the new address gets.

Nobody learns here whether an address has an account: an address that has one gets another email and
the same page, and no code of it works.
"""

from datetime import datetime, timedelta

from asyncpg import UniqueViolationError

from db.engine import DB, fetch, fetch_one
from portal import audit, notices, throttle
from portal.actor import Actor
from portal.errors import RuleBroken
from portal.limits import Limit
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.personal.rules import email_key
from portal.sign_in import codes, sessions
from portal.sign_in.proving import prove

PURPOSE = "change_email"
ADDRESSES = Limit("addresses_tried", tries=10, window=timedelta(days=1))
"""New addresses that one account may write to in a day."""
TOO_MANY = "You have tried to change your email address 10 times today. Try again tomorrow, or phone the SEND team."


async def ask(actor: Actor, session: int, email: str, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """Send a code to the new address. Raises RuleBroken on `email` or `current_password`, TooManyTries, or Busy."""
    if email_key(email) == email_key(actor.email):
        raise RuleBroken("email", "This is the address that you use now. Enter another one")
    await prove(actor, password, hasher, now=now)
    if not await codes.is_on_its_way(session, PURPOSE, email, now=now):
        await _send(actor, session, email, now)


async def send_again(actor: Actor, session: int, *, now: datetime) -> None:
    """Send another code to the address that was asked for; the one before stops working. Raises TooManyTries."""
    email = await waiting(actor, session)
    if email:
        await _send(actor, session, email, now)


async def waiting(actor: Actor, session: int) -> str:
    """The new address that a code was sent to from this browser; empty when there is none."""
    challenge = await codes.find(session, PURPOSE)
    if challenge is None or email_key(challenge.email) == email_key(actor.email):
        return ""
    return challenge.email


async def confirm(actor: Actor, session: int, code: str, *, now: datetime) -> None:
    """Use the new address from now on. Every other session ends; the old and the new address are told.

    Raises RuleBroken on `code`, also when somebody else took the address meanwhile, or TooManyTries.
    """
    challenge = await codes.check(session, PURPOSE, code, now=now)
    if challenge.account != actor.account:
        raise RuleBroken("code", codes.DEAD_CODE)
    try:
        async with DB.transaction():
            await _change(actor, challenge.email)
            await sessions.end_all(actor.account, but=session)
            for email in (actor.email, challenge.email):
                await notices.queue("email_changed", Recipient(email, actor.account), {}, now=now)
            await audit.record("accounts:email:changed", now=now, actor=actor)
    except UniqueViolationError:
        raise RuleBroken("code", codes.DEAD_CODE) from None


async def _send(actor: Actor, session: int, email: str, now: datetime) -> None:
    await throttle.spend(ADDRESSES, actor.public_id, now=now, message=TOO_MANY)
    known = await fetch_one("SELECT id FROM account WHERE email_key = {}", email_key(email))
    to = Recipient(email) if known else Recipient(email, actor.account)
    await codes.send(session, PURPOSE, to, kind="change_email_known" if known else "change_email_code", now=now)


async def _change(actor: Actor, email: str) -> None:
    """Codes for a new password that went to the old address must not work any more."""
    await fetch("UPDATE account SET email = {}, email_key = {} WHERE id = {}", email, email_key(email), actor.account)
    await fetch("DELETE FROM code_challenge WHERE account = {} AND purpose <> {}", actor.account, PURPOSE)
