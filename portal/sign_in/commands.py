"""Signing in and out. First the password, then a code by email or from an authenticator app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, keys, throttle
from portal.actor import STAFF_ROLES, Actor
from portal.errors import Refused, RuleBroken, TooManyTries
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import codes, one_time_codes, rules, sessions, telling
from portal.sign_in.sessions import Session

NO_MATCH = "Check your email address and password. We could not match them"


@dataclass(frozen=True)
class Attempt:
    """Somebody at the sign-in page: what they typed, and the browser they typed it in."""

    email: str
    password: str
    staff: bool
    address: str
    user_agent: str
    before: Session | None


async def check_password(attempt: Attempt, hasher: PasswordHasher, *, now: datetime) -> str:
    """First step. Gives the token of a half-signed-in session of 15 minutes, its code on the way.

    An unknown address takes the same time and gives the same answer as a wrong password.
    Raises RuleBroken on `email`, TooManyTries, or Busy when too many people sign in at once.
    """
    await _count(attempt, now)
    account = await _account(attempt)
    if account is None:
        await hasher.verify_dummy(attempt.password)
    if account is None or not await hasher.verify(account["password_hash"], attempt.password):
        await audit.record("sign_in:password:wrong", now=now, actor=account["id"] if account else None)
        raise RuleBroken("email", NO_MATCH)
    await _rehash(account, attempt.password, hasher)
    await _forgive(attempt)
    async with DB.transaction():
        token = await sessions.open_session(
            "half", account["id"], now=now, user_agent=attempt.user_agent, before=attempt.before
        )
        await audit.record("sign_in:password:right", now=now, actor=account["id"])
    if not uses_authenticator(account):
        await _send_first_code(token, now)
    return token


async def finish(session: Session, code: str, *, now: datetime, user_agent: str) -> str:
    """Second step. Gives the token of a full session; the half one is gone.

    Raises RuleBroken on `code`, or TooManyTries.
    """
    assert session.actor is not None
    account = await fetch_one("SELECT * FROM account WHERE id = {}", session.actor.account)
    assert account is not None
    if uses_authenticator(account):
        await check_authenticator(account, code, now=now)
    else:
        await codes.check(session.id, codes.SIGN_IN, code, now=now, proves=account["email"])
    async with DB.transaction():
        token = await sessions.open_session("full", account["id"], now=now, user_agent=user_agent, before=session)
        await audit.record("sign_in:session:opened", now=now, actor=account["id"])
    return token


async def send_new_code(session: Session, *, now: datetime) -> None:
    """Send another code for the second step; the one before stops working.

    Raises TooManyTries, or Refused for somebody whose codes come from an authenticator app.
    """
    assert session.actor is not None
    account = await fetch_one("SELECT role, totp_secret FROM account WHERE id = {}", session.actor.account)
    if account is None or uses_authenticator(account):
        raise Refused("Your code comes from your authenticator app, not by email.")
    await codes.send(session.id, codes.SIGN_IN, Recipient.of(session.actor), kind="sign_in_code", now=now)


async def note_sign_out(actor: Actor, *, now: datetime) -> None:
    """Write down that `actor` signed out; the session itself is ended by the caller."""
    await audit.record("sign_in:session:ended", now=now, actor=actor)


def uses_authenticator(account: dict[str, Any]) -> bool:
    """Staff always do; families when they have set one up."""
    return bool(account["totp_secret"]) or account["role"] in STAFF_ROLES


async def check_authenticator(account: dict[str, Any], typed: str, *, now: datetime) -> None:
    """Accept a code of the account's authenticator app, each once (RFC 6238 section 5.2)."""
    if not account["totp_secret"]:
        raise Refused("Set up your authenticator app first.")
    subject = rules.subject(codes.SIGN_IN, account["email_key"])
    wrong = await throttle.spend(rules.WRONG_CODES, subject, now=now, message=rules.TOO_MANY_WRONG_CODES)
    step = one_time_codes.matching_step(keys.decrypt(account["totp_secret"]), typed, at=now)
    if step is None or not await _use_step(account["id"], step):
        await audit.record("sign_in:code:authenticator_wrong", now=now, actor=account["id"])
        await telling.of_wrong_codes(Recipient(account["email"], account["id"]), wrong, now=now)
        raise RuleBroken("code", "Enter the code that your authenticator app shows now")
    await throttle.give_back(rules.WRONG_CODES, subject)


async def _use_step(account: int, step: int) -> bool:
    used = await fetch(
        "UPDATE account SET totp_last_step = {} WHERE id = {} AND totp_last_step < {} RETURNING id",
        step,
        account,
        step,
    )
    return bool(used)


async def _count(attempt: Attempt, now: datetime) -> None:
    await throttle.spend(rules.PASSWORD_TRIES_BY_ADDRESS, attempt.address, now=now, message=rules.TOO_MANY_SIGN_INS)
    try:
        await throttle.spend(rules.PASSWORD_TRIES, attempt.email.lower(), now=now, message=rules.TOO_MANY_PASSWORDS)
    except TooManyTries:
        await _tell_owner(attempt, now)
        raise


async def _forgive(attempt: Attempt) -> None:
    """A right password is no try to guess one: many people share the network address of a school."""
    await throttle.clear(rules.PASSWORD_TRIES, attempt.email.lower())
    await throttle.give_back(rules.PASSWORD_TRIES_BY_ADDRESS, attempt.address)


async def _tell_owner(attempt: Attempt, now: datetime) -> None:
    account = await _account(attempt)
    if account:
        await telling.of_wrong_passwords(Recipient(account["email"], account["id"]), now=now)


async def _account(attempt: Attempt) -> dict[str, Any] | None:
    return await fetch_one(
        "SELECT * FROM account WHERE email_key = {} AND disabled_at IS NULL AND (role <> 'family') = {}",
        attempt.email.lower(),
        attempt.staff,
    )


async def _rehash(account: dict[str, Any], password: str, hasher: PasswordHasher) -> None:
    if hasher.needs_rehash(account["password_hash"]):
        new = await hasher.hash(password)
        await fetch("UPDATE account SET password_hash = {} WHERE id = {}", new, account["id"])


async def _send_first_code(token: str, now: datetime) -> None:
    """A code that cannot be sent (too many already) is asked for again on the next page."""
    session = await sessions.find(token, now=now)
    assert session is not None
    try:
        await send_new_code(session, now=now)
    except TooManyTries as error:
        await sessions.remember(session.id, flash=error.message)
