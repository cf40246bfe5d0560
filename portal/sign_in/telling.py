"""Telling the owner of an account that somebody keeps trying to get in: each kind of email once a day."""

from datetime import datetime

from portal import notices, throttle
from portal.errors import TooManyTries
from portal.notices import Recipient
from portal.sign_in import rules


async def of_wrong_passwords(owner: Recipient, *, now: datetime) -> None:
    """Somebody had to stop trying passwords."""
    await _once_a_day("sign_in_blocked", owner, now)


async def of_wrong_codes(owner: Recipient, wrong: int, *, now: datetime) -> None:
    """Somebody typed the right password and then `wrong` wrong codes today; up to 4 may be the owner's own slips."""
    if wrong >= rules.TELL_AFTER_WRONG_CODES:
        await _once_a_day("sign_in_codes_wrong", owner, now)


async def _once_a_day(kind: str, owner: Recipient, now: datetime) -> None:
    try:
        await throttle.spend(rules.BLOCKED_NOTICES, rules.subject(kind, owner.email), now=now, message="")
    except TooManyTries:
        return
    await notices.queue(kind, owner, {}, now=now)
