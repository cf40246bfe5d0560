"""Closing one's own account. The child's record stays: the law asks the council for it."""

from datetime import datetime

from db.engine import DB, fetch
from portal import audit, notices
from portal.access import leaving
from portal.accounts.passwords import PasswordHasher
from portal.accounts.proving import prove
from portal.actor import Actor
from portal.errors import Refused
from portal.notices import Recipient
from portal.sign_in import sessions

STAFF_CANNOT = "An account of the SEND team is closed by a manager."
REASON = "They closed their account"

_CLOSE = """
UPDATE account SET disabled_at = {}, email_key = 'closed:' || public_id, password_hash = '', totp_secret = ''
WHERE id = {} AND disabled_at IS NULL RETURNING id
"""
"""The address is set free, so that the same person may register again one day, as somebody new."""


async def close(actor: Actor, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """End the account: every session, every access to a child's record, every way to sign in. The owner is told.

    Name, address and what was written stay beside the child's record; secrets are deleted (UK GDPR article 5(1)(e)).
    Raises Refused for the SEND team, RuleBroken on `current_password`, TooManyTries, or Busy.
    """
    if actor.is_staff:
        raise Refused(STAFF_CANNOT)
    await prove(actor, password, hasher, now=now)
    async with DB.transaction():
        if not await fetch(_CLOSE, now, actor.account):
            return
        await leaving.end_own_access(actor, REASON, now=now)
        for table in ("previous_password", "code_challenge", "account_wish"):
            await fetch(f"DELETE FROM {table} WHERE account = {{}}", actor.account)
        await sessions.end_all(actor.account)
        await notices.queue("account_closed", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:account:closed", now=now, actor=actor)
