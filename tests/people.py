"""The cast. Amal and Ben are the parents of Priya and live apart; Carol is a stranger to her.

Dee is the caseworker of Priya's team, Ed of another team, Mo manages. Nobody sees what is not theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pyotp

from db.engine import fetch
from db.tables import Account, Case, Child, MessageType, Relationship, Team
from portal import keys
from portal.actor import Actor
from portal.ids import public_id
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import sessions
from tests.client import Client

PASSWORD = "Correct horse battery 9"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HASHER = PasswordHasher(threads=1)
_TYPED = """
INSERT INTO code_challenge (session, purpose, account, email, secret, counter, sent_at, expires_at, tries, used_at)
SELECT s.id, 'sign_in', a.id, a.email, '', 1, {}, {}, 1, {} FROM session s JOIN account a ON a.id = s.account
WHERE s.token_hash = {} AND a.totp_secret = ''
"""
"""The code of the second step, of an account that uses no app."""

_hashed: dict[str, str] = {}


@dataclass
class Cast:
    """Everybody, with the children and who may see them."""

    north: Team
    south: Team
    amal: Actor
    ben: Actor
    carol: Actor
    dee: Actor
    ed: Actor
    mo: Actor
    priya: Child
    omar: Child


async def gather(now: datetime) -> Cast:
    """Put the cast into the database. Priya (North team) has both parents; Omar (South team) has Carol."""
    north, south = await team("North"), await team("South")
    amal, ben, carol = [await person(name, now) for name in ("Amal Khan", "Ben Khan", "Carol Jones")]
    dee, ed = await person("Dee Shaw", now, "caseworker", north), await person("Ed Moss", now, "caseworker", south)
    mo = await person("Mo Bell", now, "manager", north)
    priya = await child("Priya Khan", north, dee, now)
    omar = await child("Omar Jones", south, ed, now)
    for parent, of in ((amal, priya), (ben, priya), (carol, omar)):
        await give_access(parent, of, now)
    await MessageType(name="Annual Review", position=1, active=True).save()
    return Cast(north, south, amal, ben, carol, dee, ed, mo, priya, omar)


async def team(name: str) -> Team:
    made = Team(name=name, phone="01632 960150", email=f"{name.lower()}@westmere.example")
    await made.save()
    return made


async def person(name: str, now: datetime, role: str = "family", team: Team | None = None) -> Actor:
    """An account whose password is PASSWORD and whose address is `forename@example.com`."""
    forename, surname = name.split()
    account = Account(
        public_id=public_id(),
        role=role,
        team=team.id if team else None,
        forename=forename,
        surname=surname,
        email=f"{forename.lower()}@example.com",
        email_key=f"{forename.lower()}@example.com",
        password_hash=await hashed(PASSWORD),
        password_changed_at=now,
        created_at=now,
        totp_secret="" if role == "family" else keys.encrypt(TOTP_SECRET),
    )
    await account.save()
    return Actor(account.id, account.public_id, role, forename, surname, account.email, team.id if team else None)


async def child(name: str, team: Team, caseworker: Actor, now: datetime, received: date = date(2026, 1, 5)) -> Child:
    """A child with a case that was received on `received`."""
    forename, surname = name.split()
    made = Child(
        public_id=public_id(),
        case_reference=forename[:3].upper() + "42",
        forename=forename,
        surname=surname,
        date_of_birth=date(2018, 4, 2),
        team=team.id,
        caseworker=caseworker.account,
        created_at=now,
    )
    await made.save()
    await Case(
        public_id=public_id(),
        child=made.id,
        received_on=received,
        source="parent",
        stage="request",
        opened_at=now,
        updated_at=now,
    ).save()
    return made


async def give_access(
    adult: Actor, child: Child, now: datetime, basis: str = "parental_responsibility"
) -> Relationship:
    """Active access, as if it had been invited, accepted and activated."""
    made = Relationship(
        public_id=public_id(),
        account=adult.account,
        child=child.id,
        basis=basis,
        state="active",
        accepted_at=now,
        activated_at=now,
    )
    await made.save()
    return made


async def sign_in(client: Client, who: Actor, now: datetime, stage: str = "full") -> Client:
    """Put a session into the client's cookie, as both steps of signing in would."""
    token = await sessions.open_session(stage, who.account, now=now)
    client.http.cookies.set("portal", token)
    if stage == "full":
        await fetch(_TYPED, now, now, now, keys.digest(token))
    return client


def authenticator_code(now: datetime) -> str:
    """What the staff's authenticator app shows at `now`."""
    return pyotp.TOTP(TOTP_SECRET).at(now)


async def hashed(password: str) -> str:
    """The hash of a password, made once for all tests."""
    if password not in _hashed:
        _hashed[password] = await HASHER.hash(password)
    return _hashed[password]
