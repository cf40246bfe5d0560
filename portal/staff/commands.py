"""Adding people to the SEND team. Each sets up an authenticator app when they first sign in."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import DB, fetch_one
from db.tables import Account
from portal import audit
from portal.actor import Actor
from portal.errors import RuleBroken
from portal.ids import public_id
from portal.passwords import policy
from portal.passwords.hashing import PasswordHasher
from portal.passwords.rules import policy_messages
from portal.personal.rules import check_email, check_name


@dataclass(frozen=True)
class NewStaff:
    """Somebody who joins the SEND team. `role` is caseworker, manager or administrator; `team` an id."""

    forename: str
    surname: str
    email: str
    role: str
    team: int
    password: str


async def add_first_manager(
    *, forename: str, surname: str, email: str, team_name: str, password: str, now: datetime
) -> None:
    """From the command line: add a manager, and the team when there is none of that name.

    Raises RuleBroken on the first of forename, surname, email and password that breaks a rule.
    """
    hasher = PasswordHasher(threads=1)
    try:
        async with DB.transaction():
            team = await team_called(team_name)
            person = NewStaff(forename, surname, email, "manager", team, password)
            await add_staff(None, person, hasher, now=now)
    finally:
        hasher.close()


async def add_staff(actor: Actor | None, person: NewStaff, hasher: PasswordHasher, *, now: datetime) -> Actor:
    """Add one member of the team and give them as an actor. `actor` is None on the command line.

    Raises RuleBroken on the field that breaks a rule, or on `email` when the address has an account.
    """
    forename, surname = checked_name("forename", person.forename), checked_name("surname", person.surname)
    email = _checked_email(person.email)
    check_password(person.password, own_words=[forename, surname, email])
    hashed = await hasher.hash(person.password)
    account = Account(
        public_id=public_id(),
        role=person.role,
        team=person.team,
        forename=forename,
        surname=surname,
        email=email,
        email_key=email.lower(),
        password_hash=hashed,
        password_changed_at=now,
        created_at=now,
    )
    async with DB.transaction():
        made = (
            await Account.insert(account)
            .on_conflict(target=Account.email_key, action="DO NOTHING")
            .returning(Account.id)
        )
        if not made:
            raise RuleBroken("email", "This address has an account already. Use another one")
        await audit.record(
            "staff:account:added", now=now, actor=actor, subject=account.public_id, detail={"role": person.role}
        )
    return Actor(made[0]["id"], account.public_id, person.role, forename, surname, email, person.team)


async def team_called(name: str, *, phone: str = "", email: str = "") -> int:
    """The id of the team with this name, which is made when there is none."""
    row = await fetch_one(
        "INSERT INTO team (name, phone, email) VALUES ({}, {}, {})"
        " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
        name,
        phone,
        email,
    )
    assert row is not None
    return int(row["id"])


def check_password(password: str, *, own_words: list[str]) -> None:
    """Hold a password against the whole policy. Raises RuleBroken on `password` with the first thing to mend."""
    results = policy.check(password, own_words)
    if messages := policy_messages(results):
        raise RuleBroken("password", messages[0])


def checked_name(field: str, typed: str) -> str:
    """A forename or surname as it is kept. Raises RuleBroken on `field` when it is none."""
    try:
        return check_name(typed, what=field)
    except ValueError as error:
        raise RuleBroken(field, str(error)) from error


def _checked_email(typed: str) -> str:
    try:
        return check_email(typed)
    except ValueError as error:
        raise RuleBroken("email", str(error)) from error
