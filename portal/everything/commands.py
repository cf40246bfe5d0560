"""Handing over everything about oneself: the password first. What is handed over: packing.py."""

from datetime import datetime, timedelta

from db.engine import DB
from portal import audit, notices, throttle
from portal.actor import Actor
from portal.limits import Limit
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.sign_in.proving import prove

A_DAY = Limit("everything_taken", tries=5, window=timedelta(days=1))
TOO_OFTEN = "You have taken everything 5 times today. You can do it again tomorrow."


async def allow(actor: Actor, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """Check the password, count this time, write it down and tell the owner.

    Raises RuleBroken on `current_password`, TooManyTries, or Busy.
    """
    await prove(actor, password, hasher, now=now)
    await throttle.spend(A_DAY, actor.public_id, now=now, message=TOO_OFTEN)
    async with DB.transaction():
        await notices.queue("everything_taken", Recipient.of(actor), {}, now=now)
        await audit.record("accounts:everything:taken", now=now, actor=actor)
