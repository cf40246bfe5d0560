"""Whether somebody reads the mailbox of their account's address now, and not only when they registered.

An address may outlive its owner: a school gives the same one to the next SENCO. Whoever signs in with a code by
email has just read it there. An authenticator app asks for no mailbox, so before something is given to an address
its owner types a code that went there.
"""

from datetime import datetime

from db.engine import fetch_one
from portal.actor import Actor
from portal.errors import Refused
from portal.notices import Recipient
from portal.personal.rules import email_key
from portal.sign_in import codes, rules

PURPOSE = "mailbox"

_READ = """
SELECT id FROM code_challenge WHERE session = {} AND used_at > {} AND lower(email) = {} LIMIT 1
"""
"""A code of any purpose shows it. Codes move on with the browser when it signs in again, so each counts for a while."""


class NotShown(Refused):
    """The account's address was invited, and nothing shows that this person reads what comes there."""

    message = "First show that you read your email. We send you a code."


async def is_read(actor: Actor, session: int, *, now: datetime) -> bool:
    """Whether a code that went to the actor's address was typed in this browser, no longer ago than a session lasts."""
    return await fetch_one(_READ, session, now - rules.SESSION_LIFETIME, email_key(actor.email)) is not None


async def ask(actor: Actor, session: int, *, now: datetime) -> None:
    """Send a code to the actor's address. Raises TooManyTries."""
    await codes.send(session, PURPOSE, Recipient.of(actor), kind="mailbox_code", now=now)


async def was_sent(actor: Actor, session: int) -> bool:
    """Whether this browser was sent one."""
    sent = await codes.find(session, PURPOSE)
    return sent is not None and email_key(sent.email) == email_key(actor.email)


async def confirm(actor: Actor, session: int, code: str, *, now: datetime) -> None:
    """Take the code. Raises RuleBroken on `code`, or TooManyTries."""
    await codes.check(session, PURPOSE, code, now=now, proves=actor.email)
