"""The one state machine for every six-digit code that is sent by email.

One row for a browser and a purpose. A new code moves the counter on, which kills the old one;
each try is counted before the code is compared, so fifty tries at once get five. The limits of an
address are counted for each purpose, and only while the code itself may still be tried. A code proves
only the address that it was sent to: what the browser has typed or who it has become since is no part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, keys, notices, throttle
from portal.errors import RuleBroken, TooManyTries
from portal.limits import Limit
from portal.notices import Recipient
from portal.personal.rules import email_key
from portal.sign_in import one_time_codes, rules, telling

SIGN_IN = "sign_in"
"""The purpose of the code that follows the password."""

WRONG_CODE = "Enter the code from our newest email. We could not match the one you typed"
DEAD_CODE = "That code no longer works. Ask for a new code"

_NEW_CODE = """
INSERT INTO code_challenge AS c (session, purpose, account, email, secret, counter, sent_at, expires_at, tries)
VALUES ({}, {}, {}, {}, {}, 1, {}, {}, 0)
ON CONFLICT (session, purpose) DO UPDATE SET account = excluded.account, email = excluded.email,
    secret = excluded.secret, counter = c.counter + 1, sent_at = excluded.sent_at,
    expires_at = excluded.expires_at, tries = 0, used_at = NULL
RETURNING id, counter
"""

_TRY = """
UPDATE code_challenge SET tries = tries + 1
WHERE session = {} AND purpose = {} AND tries < {} AND expires_at > {} AND used_at IS NULL
RETURNING *
"""


_WAITS = """
SELECT email FROM code_challenge
WHERE session = {} AND purpose = {} AND sent_at > {} AND tries < {} AND used_at IS NULL
"""


@dataclass(frozen=True)
class Challenge:
    """A code that was sent: to which address, for which account (None when there is none)."""

    id: int
    account: int | None
    email: str
    sent_at: datetime


async def send(
    session: int, purpose: str, to: Recipient, *, kind: str, now: datetime, network: str | None = None
) -> None:
    """Send a new code of `purpose` to `to`, in an email of `kind`; any older one stops working.

    With `network` it is counted apart for the network that asks, since a stranger may ask as well as the owner.
    Raises TooManyTries within 30 seconds of the last one to the same address, or after five in an hour.
    """
    await _space_out(session, purpose, to.email, now)
    if network is None:
        await throttle.spend(rules.CODES_SENT, rules.subject(purpose, to.email), now=now, message=rules.TOO_MANY_CODES)
    else:
        apart, in_all = rules.subject_of(purpose, to.email, network), rules.subject(purpose, to.email)
        await throttle.spend(rules.CODES_SENT, apart, now=now, message=rules.TOO_MANY_CODES)
        await throttle.spend(rules.CODES_SENT_IN_ALL, in_all, now=now, message=rules.TOO_MANY_IN_ALL)
    async with DB.transaction():
        row = await fetch_one(
            _NEW_CODE,
            session,
            purpose,
            to.account,
            to.email,
            keys.encrypt(one_time_codes.new_secret()),
            now,
            now + rules.CODE_LIFETIME,
        )
        assert row is not None
        await notices.queue(kind, to, {"challenge": row["id"], "counter": row["counter"]}, now=now)


async def is_on_its_way(session: int, purpose: str, email: str, *, now: datetime) -> bool:
    """Whether this browser's newest code has just gone to `email` and waits to be typed: no other needs to follow."""
    row = await fetch_one(_WAITS, session, purpose, now - rules.CODE_RESEND_AFTER, rules.CODE_TRIES)
    return row is not None and _was_sent_to(row["email"], email)


async def check(
    session: int, purpose: str, typed: str, *, now: datetime, proves: str | None = None, network: str | None = None
) -> Challenge:
    """Use up the newest code of this browser. Raises RuleBroken on `code` when it does not match.

    `proves` is the address that the caller acts for: a code that went to any other is dead. Without it, the
    caller acts for the address or the account of the Challenge and for nothing else.
    Also raises TooManyTries after 20 wrong codes of one purpose in a day for one address; with `network`, from there.
    """
    row = await fetch_one(_TRY, session, purpose, rules.CODE_TRIES, now)
    if row is None or not _was_sent_to(row["email"], proves):
        raise RuleBroken("code", DEAD_CODE)
    counts = _counts(purpose, row["email"], network)
    wrong = min([await throttle.spend(*one, now=now, message=rules.TOO_MANY_WRONG_CODES) for one in counts])
    code = one_time_codes.code_at(keys.decrypt(row["secret"]), row["counter"])
    if not keys.same(rules.normalise_code(typed).encode(), code.encode()):
        await _note_wrong(row, purpose, wrong, now)
        raise RuleBroken("code", WRONG_CODE if row["tries"] < rules.CODE_TRIES else DEAD_CODE)
    if not await _use_up(row["id"], row["counter"], now):
        raise RuleBroken("code", DEAD_CODE)
    for one in counts:
        await throttle.give_back(*one)
    return Challenge(row["id"], row["account"], row["email"], row["sent_at"])


async def restore(challenge: Challenge) -> None:
    """Take back that a code was used: it was right, and what it was for could not be done. Its try is forgotten."""
    await fetch("UPDATE code_challenge SET used_at = NULL, tries = tries - 1 WHERE id = {}", challenge.id)


async def find(session: int, purpose: str) -> Challenge | None:
    """The code that this browser was sent, used or not."""
    row = await fetch_one(
        "SELECT id, account, email, sent_at FROM code_challenge WHERE session = {} AND purpose = {}", session, purpose
    )
    return Challenge(**row) if row else None


async def facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the email says: the code and how many minutes it works; None when a newer one was asked for."""
    row = await fetch_one("SELECT secret, counter, used_at FROM code_challenge WHERE id = {}", about["challenge"])
    if row is None or row["counter"] != about["counter"] or row["used_at"]:
        return None
    return {
        "code": one_time_codes.code_at(keys.decrypt(row["secret"]), row["counter"]),
        "minutes": int(rules.CODE_LIFETIME.total_seconds() // 60),
    }


def _counts(purpose: str, email: str, network: str | None) -> list[tuple[Limit, str]]:
    if network is None:
        return [(rules.WRONG_CODES, rules.subject(purpose, email))]
    apart = (rules.WRONG_CODES, rules.subject_of(purpose, email, network))
    return [apart, (rules.WRONG_CODES_IN_ALL, rules.subject(purpose, email))]


async def _note_wrong(row: Mapping[str, Any], purpose: str, wrong: int, now: datetime) -> None:
    await audit.record(f"sign_in:code:{purpose}_wrong", now=now, actor=row["account"])
    if purpose == SIGN_IN:
        await telling.of_wrong_codes(Recipient(row["email"], row["account"]), wrong, now=now)


def _was_sent_to(email: str, proves: str | None) -> bool:
    return proves is None or email_key(email) == email_key(proves)


async def _use_up(challenge: int, counter: int, now: datetime) -> bool:
    used = await fetch(
        "UPDATE code_challenge SET used_at = {} WHERE id = {} AND counter = {} AND used_at IS NULL RETURNING id",
        now,
        challenge,
        counter,
    )
    return bool(used)


async def _space_out(session: int, purpose: str, email: str, now: datetime) -> None:
    """The wait belongs to the address: whoever mistyped theirs sends a code to the right one at once."""
    challenge = await find(session, purpose)
    if challenge is None or not _was_sent_to(challenge.email, email):
        return
    wait = challenge.sent_at + rules.CODE_RESEND_AFTER - now
    if wait > timedelta(0):
        seconds = int(wait.total_seconds()) + 1
        raise TooManyTries(
            f"We have just sent you a code. If it has not come, ask again in {seconds} seconds.", wait_seconds=seconds
        )
