"""Registering: three steps that are kept on the server, and an account at the end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import Account
from portal import audit, throttle
from portal.errors import RuleBroken
from portal.ids import public_id
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.personal.rules import email_key
from portal.sign_in import codes, rules, sessions
from portal.sign_in.sessions import Session

DETAILS = (
    "forename surname is_professional organisation job_title property_name house street area town county"
    " postcode telephone date_of_birth is_young_person"
).split()


@dataclass(frozen=True)
class Registration:
    """What has been filled in so far."""

    details: Mapping[str, Any]
    email: str
    has_password: bool

    @property
    def next_step(self) -> str:
        """The first step that is not done: details, sign-in-details or code."""
        if not self.details:
            return "details"
        return "code" if self.has_password else "sign-in-details"


async def registration_of(session: Session | None) -> Registration:
    """What this browser has typed so far; empty when it has not begun."""
    row = session and await fetch_one("SELECT * FROM registration WHERE session = {}", session.id)
    if not row:
        return Registration({}, "", False)
    return Registration(json.loads(row["details"]), row["email"], bool(row["password_hash"]))


async def save_details(session: int, details: Mapping[str, Any], *, now: datetime) -> None:
    """Step 1: keep names and address."""
    await fetch(
        "INSERT INTO registration (session, details, email, password_hash, updated_at) VALUES ({}, {}, '', '', {})"
        " ON CONFLICT (session) DO UPDATE SET details = excluded.details, updated_at = excluded.updated_at",
        session,
        json.dumps(details, default=str),
        now,
    )


async def save_sign_in_details(
    session: int, email: str, password: str, hasher: PasswordHasher, *, address: str, now: datetime
) -> None:
    """Step 2: keep email and password, and send the code. Raises TooManyTries or Busy.

    A try counts for the network `address` before the password is hashed, so that one network keeps nobody waiting.
    An address is kept only once its code is on the way, so that the code before never proves it.
    An address that has an account gets a different email and the same page.
    """
    await throttle.spend(rules.CODES_BY_ADDRESS, address, now=now, message=rules.TOO_MANY_ASKED)
    hashed = await hasher.hash(password)
    async with DB.transaction():
        kept = await fetch(
            "UPDATE registration SET email = {}, password_hash = {}, updated_at = {} WHERE session = {} RETURNING id",
            email,
            hashed,
            now,
            session,
        )
        if not kept:
            raise RuleBroken("email", "Start with your name and address, then come back to this step")
        if not await codes.is_on_its_way(session, "register", email, now=now):
            await send_code(session, email, now=now)


async def send_code(session: int, email: str, *, now: datetime) -> None:
    """Send a (new) code to the address that is being registered. Raises TooManyTries."""
    known = await fetch_one("SELECT id FROM account WHERE email_key = {}", email.lower())
    kind = "register_known" if known else "register_code"
    await codes.send(session, "register", Recipient(email), kind=kind, now=now)


async def finish(session: Session, code: str, *, now: datetime, user_agent: str) -> str:
    """Step 3: make the account and sign the person in. Gives the token of the new session.

    Raises RuleBroken on `code`, also when it went to another address than the one that is being registered.
    Whoever holds the address proved it with the code, so an account that appeared in the meantime keeps its
    password and is not signed in.
    """
    proved = await codes.check(session.id, "register", code, now=now)
    async with DB.transaction():
        row = await fetch_one("DELETE FROM registration WHERE session = {} RETURNING *", session.id)
        account = row and email_key(row["email"]) == email_key(proved.email) and await _insert(row, now)
        if not account:
            raise RuleBroken("code", codes.DEAD_CODE)
        await audit.record("accounts:account:registered", now=now, actor=account)
        return await sessions.open_session("full", account, now=now, user_agent=user_agent, before=session)


async def _insert(row: Mapping[str, Any], now: datetime) -> int | None:
    details = json.loads(row["details"])
    if born := details["date_of_birth"]:
        details["date_of_birth"] = date.fromisoformat(born)
    account = Account(
        public_id=public_id(),
        role="family",
        email=row["email"],
        email_key=row["email"].lower(),
        password_hash=row["password_hash"],
        password_changed_at=now,
        created_at=now,
        **{name: details[name] for name in DETAILS},
    )
    made = (
        await Account.insert(account).on_conflict(target=Account.email_key, action="DO NOTHING").returning(Account.id)
    )
    return int(made[0]["id"]) if made else None
