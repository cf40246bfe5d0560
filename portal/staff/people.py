"""The SEND team itself: who is in it, adding a colleague, changing one, ending and giving back their sign-in."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit, notices
from portal.accounts.rules import IdentityCheck
from portal.actor import Actor
from portal.cover import leaving
from portal.dates import london_day
from portal.errors import NotFound, RuleBroken
from portal.messages.assigning import let_go
from portal.notices import Recipient
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import sessions
from portal.staff import moving, rules
from portal.staff.commands import NewStaff, add_staff, checked_name

_PEOPLE = """
SELECT a.id, a.public_id, a.forename, a.surname, a.email, a.role, t.id AS team, t.name AS team_name, a.disabled_at,
    a.disabled_reason, a.totp_secret <> '' AS has_app,
    (SELECT count(*) FROM child WHERE caseworker = a.id) AS cases,
    (SELECT max(seen_at) FROM session WHERE account = a.id AND stage = 'full') AS seen_at
FROM account a JOIN team t ON t.id = a.team WHERE a.role <> 'family'
"""


@dataclass(frozen=True)
class Colleague:
    """One member of the SEND team. `id` and `team` are for commands; `seen_at` is None when not signed in now."""

    id: int
    public_id: str
    forename: str
    surname: str
    email: str
    role: str
    team: int
    team_name: str
    disabled_at: datetime | None
    disabled_reason: str
    has_app: bool
    cases: int
    seen_at: datetime | None

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def role_in_words(self) -> str:
        return rules.ROLES[self.role]


async def people() -> tuple[Colleague, ...]:
    """Everybody, those who still work here first, by team and name; at most 1,000."""
    rows = await fetch(f"{_PEOPLE} ORDER BY a.disabled_at IS NOT NULL, t.name, a.forename, a.surname, a.id LIMIT 1000")
    return tuple(Colleague(**row) for row in rows)


async def colleague(public_id: str) -> Colleague:
    """One of them. Raises NotFound."""
    row = await fetch_one(f"{_PEOPLE} AND a.public_id = {{}}", public_id)
    if row is None:
        raise NotFound
    return Colleague(**row)


@dataclass(frozen=True)
class Details:
    """What a manager types about a colleague. `team` is the team's id."""

    forename: str
    surname: str
    email: str
    role: str
    team: int


async def welcome(actor: Actor, details: Details, hasher: PasswordHasher, *, now: datetime) -> str:
    """Add a colleague, who is mailed how to choose a password. Gives their public id.

    Nobody knows the password that the account begins with. Raises RuleBroken on the field that breaks a rule.
    """
    rules.check_role(actor.role, details.role)
    unknown = f"A1 {secrets.token_urlsafe(32)}"
    new = NewStaff(details.forename, details.surname, details.email, details.role, details.team, unknown)
    async with DB.transaction():
        made = await add_staff(actor, new, hasher, now=now)
        await notices.queue("staff_welcome", Recipient(made.email, made.account), {}, now=now)
    return made.public_id


async def change(actor: Actor, person: Colleague, details: Details, *, cases: str = "", now: datetime) -> str:
    """Change name, role or team; the address stays. Gives the public id.

    With the team, their children change team, too: `cases` is what `moving.seen_of` said when it was asked about.

    Raises RuleBroken on a name that is none, on `role`, on `team` while they cover for a colleague of the old one, or
    on `cases` when these are not their children now.
    """
    forename, surname = checked_name("forename", details.forename), checked_name("surname", details.surname)
    details = replace(details, forename=forename, surname=surname)
    rules.check_change(actor.role, person.role, details.role, is_self=person.id == actor.account)
    async with DB.transaction():
        await _keep_somebody_who_manages(person, details.role)
        if details.team != person.team:
            await leaving.refuse_while_covering(person.id, today=london_day(now))
            await let_go(person.id)
            await moving.take_along(actor, person.id, details.team, seen=cases, now=now)
        await fetch(
            "UPDATE account SET forename = {}, surname = {}, role = {}, team = {} WHERE id = {}",
            details.forename,
            details.surname,
            details.role,
            details.team,
            person.id,
        )
        if details.role != person.role:
            await sessions.end_all(person.id)
        detail = _changes(person, details)
        await audit.record("staff:account:changed", now=now, actor=actor, subject=person.public_id, detail=detail)
    return person.public_id


def _changes(person: Colleague, details: Details) -> dict[str, str | int]:
    """What was and what is, of what was changed."""
    changed = [
        name for name in ("forename", "surname", "role", "team") if getattr(person, name) != getattr(details, name)
    ]
    return {
        f"{name}_{when}": getattr(one, name) for name in changed for when, one in (("was", person), ("is", details))
    }


async def disable(actor: Actor, person: Colleague, reason: str, *, now: datetime) -> str:
    """End somebody's sign-in at once, their absences and their cover. Their cases stay, and a task opens for each.

    Gives the public id. Raises RuleBroken on `reason`.
    """
    rules.check_disable(actor.role, person.role, is_self=person.id == actor.account)
    async with DB.transaction():
        await _keep_somebody_who_manages(person, "")
        await fetch("UPDATE account SET disabled_at = {}, disabled_reason = {} WHERE id = {}", now, reason, person.id)
        await sessions.end_all(person.id)
        await leaving.leave(actor, person.id, now=now)
        await let_go(person.id)
        detail = {"reason": reason}
        await audit.record("staff:account:disabled", now=now, actor=actor, subject=person.public_id, detail=detail)
    return person.public_id


async def enable(actor: Actor, person: Colleague, *, now: datetime) -> str:
    """Let somebody sign in again. Gives the public id. Raises RuleBroken on `role`."""
    rules.check_role(actor.role, person.role)
    async with DB.transaction():
        await fetch("UPDATE account SET disabled_at = NULL, disabled_reason = '' WHERE id = {}", person.id)
        await audit.record("staff:account:enabled", now=now, actor=actor, subject=person.public_id)
    return person.public_id


async def reset_authenticator(actor: Actor, person: Colleague, check: IdentityCheck, *, now: datetime) -> str:
    """For a lost telephone: the next sign-in sets up an authenticator app anew. Gives the public id.

    Every session ends, and the person is mailed. How they were checked first stays in the audit trail.
    Raises RuleBroken on `role`.
    """
    rules.check_role(actor.role, person.role)
    async with DB.transaction():
        await fetch("UPDATE account SET totp_secret = '', totp_last_step = 0 WHERE id = {}", person.id)
        await sessions.end_all(person.id)
        await notices.queue("authenticator_reset", Recipient(person.email, person.id), {}, now=now)
        event, detail = "staff:account:authenticator_reset", check.detail
        await audit.record(event, now=now, actor=actor, subject=person.public_id, detail=detail)
    return person.public_id


async def _keep_somebody_who_manages(person: Colleague, becomes: str) -> None:
    if person.role == "caseworker" or becomes in {"manager", "administrator"}:
        return
    others = await fetch(
        "SELECT id FROM account WHERE role IN ('manager', 'administrator') AND disabled_at IS NULL AND id <> {}"
        " FOR UPDATE",
        person.id,
    )
    if not others:
        raise RuleBroken("role" if becomes else "reason", "Somebody who can manage must stay")
