"""A forgotten password: a code by email, then a new one. The second step is still asked at sign-in."""

from collections.abc import Iterable
from datetime import datetime

from db.engine import DB, fetch_one
from portal import audit, notices, throttle
from portal.errors import RuleBroken
from portal.notices import Recipient
from portal.passwords import rules as passwords
from portal.passwords.hashing import PasswordHasher
from portal.passwords.recent import refuse_recent, replace_password
from portal.sign_in import codes, rules, sessions

PURPOSE = "reset"


async def ask(session: int, email: str, *, address: str, now: datetime) -> None:
    """Send a code to `email`, unless one has just gone there; when it has no account, do the same and send nothing.

    A try counts for the network `address`. Raises TooManyTries.
    """
    await throttle.spend(rules.CODES_BY_ADDRESS, address, now=now, message=rules.TOO_MANY_ASKED)
    if await codes.is_on_its_way(session, PURPOSE, email, now=now):
        return
    row = await fetch_one("SELECT id, email FROM account WHERE email_key = {} AND disabled_at IS NULL", email.lower())
    to = Recipient(row["email"], row["id"]) if row else Recipient(email)
    await codes.send(session, PURPOSE, to, kind="reset_code" if row else "reset_unknown", now=now, network=address)


async def choose_new(
    session: int,
    code: str,
    password: str,
    hasher: PasswordHasher,
    *,
    council_words: Iterable[str],
    address: str,
    now: datetime,
) -> None:
    """Set a new password for whoever typed the right code, and end all their sessions. They may sign in at once.

    The policy has been checked, but for what only the account knows: its own names and its last passwords.
    `council_words` may not make up a password together with the names. Wrong codes count for the network `address`.
    Raises RuleBroken on `code` or `password`, TooManyTries, or Busy.
    """
    challenge = await codes.check(session, PURPOSE, code, now=now, network=address)
    if challenge.account is None:
        raise RuleBroken("code", codes.DEAD_CODE)
    owner = Recipient(challenge.email, challenge.account)
    try:
        await _refuse_own_words(challenge.account, password, council_words)
        await refuse_recent(challenge.account, password, hasher)
        await _replace(owner, challenge.account, await hasher.hash(password), now)
    except Exception:
        await codes.restore(challenge)  # The code was right: let them choose another password with it, or try again.
        raise
    await throttle.clear(rules.PASSWORD_TRIES, challenge.email.lower())


async def _replace(owner: Recipient, account: int, hashed: str, now: datetime) -> None:
    async with DB.transaction():
        await replace_password(account, hashed, now=now)
        await sessions.end_all(account)
        await notices.queue("password_changed", owner, {}, now=now)
        await audit.record("accounts:password:reset", now=now, actor=account)


async def _refuse_own_words(account: int, password: str, council_words: Iterable[str]) -> None:
    row = await fetch_one("SELECT forename, surname, email FROM account WHERE id = {}", account)
    assert row is not None
    if passwords.is_of_own_words(password, [*row.values(), *council_words]):
        raise RuleBroken("password", passwords.NOT_OWN_WORDS.message)
