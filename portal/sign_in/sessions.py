"""What a browser is remembered by: a random token in its cookie, the token's digest in a row.

A new token is made at each change of privilege and when somebody proves who they are once more, so a
value planted or stolen before is worth nothing after (session fixation, ASVS 5.0 V7.2.4).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import DB, fetch, fetch_one
from portal.actor import STAFF_ROLES, Actor
from portal.keys import digest, mac
from portal.sign_in import rules

_FIND = """
SELECT s.id, s.stage, s.created_at, s.seen_at, s.ends_at, s.next_url, s.invitation, s.flash,
    a.id AS account, a.public_id, a.role, a.forename, a.surname, a.email, a.team, a.is_professional
FROM session s LEFT JOIN account a ON a.id = s.account
WHERE s.token_hash = {} AND a.disabled_at IS NULL
"""


LIVE = "stage = 'full' AND ends_at > {} AND seen_at > {}"
"""Which sessions of an account are still open; its two values are those of `live`."""


@dataclass(frozen=True)
class Session:
    """One remembered browser. `actor` is who signed in; only `stage == "full"` may act as them."""

    id: int
    stage: str
    actor: Actor | None
    seen_at: datetime
    ends_at: datetime
    next_url: str
    invitation: str
    flash: str

    @property
    def idle(self) -> timedelta:
        """How long it may lie unused."""
        return idle_limit(self.stage, self.actor)

    def lapses_at(self) -> datetime:
        """When it ends if nothing more is done."""
        return min(self.seen_at + self.idle, self.ends_at)


def idle_limit(stage: str, actor: Actor | None) -> timedelta:
    """Visitors keep a half-filled registration for a day; signed-in people have minutes."""
    if stage == "visitor" or actor is None:
        return rules.VISITOR_LIFETIME
    if stage == "half":
        return rules.HALF_SIGNED_IN_LIFETIME
    return rules.STAFF_IDLE if actor.role in STAFF_ROLES else rules.FAMILY_IDLE


def live(actor: Actor, now: datetime) -> tuple[datetime, datetime]:
    """The values for LIVE: what a session of `actor` has to outlast, and since when it has to have been used."""
    return now, now - idle_limit("full", actor)


def lifetime(stage: str) -> timedelta:
    """When a session ends however much it is used."""
    return {"visitor": rules.VISITOR_LIFETIME, "half": rules.HALF_SIGNED_IN_LIFETIME}.get(stage, rules.SESSION_LIFETIME)


async def find(token: str, *, now: datetime) -> Session | None:
    """The live session with this token, or None. One query, nothing written."""
    row = await fetch_one(_FIND, digest(token))
    if row is None:
        return None
    actor = _actor(row) if row["account"] else None
    kept = {name: row[name] for name in Session.__annotations__ if name != "actor"}
    session = Session(actor=actor, **kept)
    return session if session.lapses_at() > now else None


async def touch(session: Session, *, now: datetime) -> None:
    """Note that the person did something, at most once in half a minute."""
    if now - session.seen_at > timedelta(seconds=30):
        await fetch("UPDATE session SET seen_at = {} WHERE id = {}", now, session.id)


async def open_session(
    stage: str, account: int | None, *, now: datetime, user_agent: str = "", before: Session | None = None
) -> str:
    """Start a session and give its token. `before` is ended; what it was doing is carried over.

    A registration begun, the page that was wanted and the invitation that was opened move along.
    """
    token = _token(secrets.token_urlsafe(16))
    async with DB.transaction():
        if stage == "full" and account is not None:
            await _make_room(account)
        row = await fetch_one(
            "INSERT INTO session (token_hash, stage, account, created_at, seen_at, ends_at, user_agent,"
            " next_url, invitation, flash) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, '') RETURNING id",
            digest(token),
            stage,
            account,
            now,
            now,
            now + lifetime(stage),
            user_agent[:200],
            before.next_url if before else "",
            before.invitation if before else "",
        )
        assert row is not None
        if before:
            await _move(before.id, row["id"])
    return token


async def renew(token: str) -> str:
    """A new token for the session of `token`, which opens nothing from now on. What goes on is in `that_stays`."""
    new = _token(that_stays(token))
    await fetch("UPDATE session SET token_hash = {} WHERE token_hash = {}", digest(new), digest(token))
    return new


def that_stays(token: str) -> str:
    """The part of a token that `renew` keeps. Forms are bound to it, so that those in other tabs can still be sent."""
    return token.partition(".")[0]


def handle(session_id: int) -> str:
    """What a session is called in a page's address. It signs nobody in, and says nothing about other sessions."""
    return mac("session", str(session_id)).hex()[:16]


async def end(session_id: int) -> None:
    """End one session."""
    await fetch("DELETE FROM session WHERE id = {}", session_id)


async def end_all(account: int, *, but: int | None = None) -> None:
    """End every session of an account, except `but`: after a new password, or when disabled."""
    await fetch("DELETE FROM session WHERE account = {} AND id <> {}", account, but or 0)


async def remember(
    session_id: int, *, next_url: str | None = None, invitation: str | None = None, flash: str | None = None
) -> None:
    """Keep where the person was going, the invitation they opened, or a sentence for the next page."""
    await fetch(
        "UPDATE session SET next_url = coalesce({}, next_url), invitation = coalesce({}, invitation),"
        " flash = coalesce({}, flash) WHERE id = {}",
        next_url,
        invitation,
        flash,
        session_id,
    )


def _token(stays: str) -> str:
    return f"{stays}.{secrets.token_urlsafe(32)}"


async def _make_room(account: int) -> None:
    await fetch(
        "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE account = {} AND stage = 'full'"
        " ORDER BY seen_at DESC OFFSET {})",
        account,
        rules.MAX_SESSIONS - 1,
    )


async def _move(old: int, new: int) -> None:
    await fetch("UPDATE registration SET session = {} WHERE session = {}", new, old)
    await fetch("UPDATE code_challenge SET session = {} WHERE session = {}", new, old)
    await fetch("UPDATE kept_form SET session = {} WHERE session = {}", new, old)
    await fetch("DELETE FROM session WHERE id = {}", old)


def _actor(row: dict[str, object]) -> Actor:
    return Actor(**{name: row[name] for name in Actor.__annotations__})  # type: ignore[arg-type]
