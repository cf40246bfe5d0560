"""The password once more, before something that only its owner may do (ASVS 5.0 V7.5.1)."""

from datetime import datetime

from db.engine import fetch_one
from portal import throttle
from portal.actor import Actor
from portal.errors import RuleBroken
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import rules

FIELD = "current_password"


async def prove(actor: Actor, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """Hold `password` against the actor's own. Wrong ones count together with those at sign-in.

    Raises RuleBroken on `current_password`, TooManyTries, or Busy.
    """
    subject = actor.email.lower()
    await throttle.spend(rules.PASSWORD_TRIES, subject, now=now, message=rules.TOO_MANY_PASSWORDS)
    row = await fetch_one("SELECT password_hash FROM account WHERE id = {}", actor.account)
    if row is None or not await hasher.verify(row["password_hash"], password):
        raise RuleBroken(FIELD, "Enter the password that you use now")
    await throttle.clear(rules.PASSWORD_TRIES, subject)
