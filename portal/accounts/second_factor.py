"""A family uses its authenticator app no more. (Setting one up: portal/sign_in/authenticator.py.)"""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.access.queries import AdultWithAccess, ChildRecord
from portal.accounts.rules import IdentityCheck
from portal.actor import Actor
from portal.errors import Refused
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import sessions
from portal.sign_in.commands import check_authenticator
from portal.sign_in.proving import prove

STAFF_KEEP_IT = "The SEND team signs in with an authenticator app. It cannot be turned off."


async def turn_off(
    actor: Actor, session: int, password: str, code: str, hasher: PasswordHasher, *, now: datetime
) -> None:
    """Go back to codes by email. Every other session ends and the owner is told.

    Raises Refused for the SEND team, RuleBroken on `current_password` or `code`, TooManyTries, or Busy.
    """
    if actor.is_staff:
        raise Refused(STAFF_KEEP_IT)
    await prove(actor, password, hasher, now=now)
    account = await fetch_one("SELECT * FROM account WHERE id = {}", actor.account)
    assert account is not None
    await check_authenticator(account, code, now=now)
    async with DB.transaction():
        await _forget(Recipient.of(actor), actor.account, now)
        await sessions.end_all(actor.account, but=session)
        await audit.record("sign_in:authenticator:removed", now=now, actor=actor)


async def forget_lost(
    actor: Actor, child: ChildRecord, adult: AdultWithAccess, check: IdentityCheck, *, now: datetime
) -> str:
    """Codes come by email again for an adult who lost their telephone. Gives the child's public id.

    Every session of the adult ends and they are told. How they were checked first stays in the audit trail.
    """
    async with DB.transaction():
        await _forget_lost(Recipient(adult.email, adult.account), adult.account, now)
        event, detail = "staff:access:app_forgotten", {"account": adult.account, **check.detail}
        await audit.record(event, now=now, actor=actor, child=child.id, subject=adult.relationship, detail=detail)
    return child.public_id


async def forget_lost_of_account(
    actor: Actor, account: int, public_id: str, email: str, check: IdentityCheck, *, now: datetime
) -> str:
    """The same for an account of a family that a manager looked up. Gives its public id."""
    async with DB.transaction():
        await _forget_lost(Recipient(email, account), account, now)
        event = "staff:account:app_forgotten"
        await audit.record(event, now=now, actor=actor, subject=public_id, detail=check.detail)
    return public_id


async def _forget_lost(owner: Recipient, account: int, now: datetime) -> None:
    await _forget(owner, account, now)
    await sessions.end_all(account)


async def _forget(owner: Recipient, account: int, now: datetime) -> None:
    await fetch("UPDATE account SET totp_secret = '', totp_last_step = 0 WHERE id = {}", account)
    await notices.queue("second_factor_removed", owner, {}, now=now)
