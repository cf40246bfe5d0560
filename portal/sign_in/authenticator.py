"""Setting up an authenticator app: a secret that only this browser has seen, proved by its first code.

The secret waits in the browser's own session, encrypted. Somebody else who knows the password
gets another one, so nobody can know a secret before its owner starts to use it.
"""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, keys, notices
from portal.actor import Actor
from portal.errors import Refused, RuleBroken
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import one_time_codes, rules, sessions
from portal.sign_in.proving import prove
from portal.sign_in.sessions import Session

WRONG_CODE = "Enter the code that your authenticator app shows now. We could not match the one you typed"
HAS_ONE = "Your account has an authenticator app already. Sign in with its code."

_PENDING = """
UPDATE session SET totp_pending = CASE WHEN totp_pending = '' THEN {} ELSE totp_pending END
WHERE id = {} RETURNING totp_pending
"""


@dataclass(frozen=True)
class Enrolment:
    """What goes into the app: the secret in groups of four, and the address that its QR code holds."""

    secret_in_groups: str
    address: str


async def begin(session: Session, password: str, hasher: PasswordHasher, *, now: datetime) -> None:
    """Let somebody who is signed in set up an app: their password once more, then a secret for this browser.

    Raises RuleBroken on `current_password`, Refused when the account has an app already, TooManyTries, or Busy.
    """
    await prove(_person(session), password, hasher, now=now)
    if await has_app(session):
        raise Refused(HAS_ONE)
    await _pending(session)


async def has_begun(session: Session) -> bool:
    """Whether this browser holds a secret that waits for its first code, of an account without an app."""
    row = await fetch_one("SELECT totp_pending <> '' AS begun FROM session WHERE id = {}", session.id)
    return bool(row and row["begun"]) and not await has_app(session)


async def enrolment(session: Session, *, issuer: str) -> Enrolment:
    """The secret that this browser is setting up, made when it is first asked for. `issuer` names the service."""
    secret = await _pending(session)
    address = one_time_codes.authenticator_address(secret, email=_person(session).email, issuer=issuer)
    return Enrolment(rules.in_groups(secret), address)


async def enrol(session: Session, code: str, *, now: datetime, user_agent: str) -> str:
    """Use the app from now on and sign in. Gives the token of a full session; every other one is ended.

    Raises RuleBroken on `code`, or Refused when the account has an app already.
    """
    actor, secret = _person(session), await _pending(session)
    step = one_time_codes.matching_step(secret, code, at=now)
    if step is None:
        raise RuleBroken("code", WRONG_CODE)
    async with DB.transaction():
        await _keep(actor, secret, step)
        await sessions.end_all(actor.account, but=session.id)
        token = await sessions.open_session("full", actor.account, now=now, user_agent=user_agent, before=session)
        await notices.queue("new_second_factor", Recipient.of(actor), {}, now=now)
        await audit.record("sign_in:authenticator:added", now=now, actor=actor)
        await audit.record("sign_in:session:opened", now=now, actor=actor)
    return token


async def has_app(session: Session) -> bool:
    """Whether the account of a session uses an authenticator app already."""
    row = await fetch_one("SELECT totp_secret <> '' AS has_app FROM account WHERE id = {}", _person(session).account)
    return bool(row and row["has_app"])


async def _pending(session: Session) -> str:
    row = await fetch_one(_PENDING, keys.encrypt(one_time_codes.new_secret()), session.id)
    assert row is not None, "the session was found by this request"
    return keys.decrypt(row["totp_pending"])


async def _keep(actor: Actor, secret: str, step: int) -> None:
    kept = await fetch(
        "UPDATE account SET totp_secret = {}, totp_last_step = {} WHERE id = {} AND totp_secret = '' RETURNING id",
        keys.encrypt(secret),
        step,
        actor.account,
    )
    if not kept:
        raise Refused(HAS_ONE)


def _person(session: Session) -> Actor:
    assert session.actor is not None, "only sessions whose password was right come here"
    return session.actor
