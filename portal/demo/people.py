"""The people of the demo: the SEND team of an invented council, and families who live there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.engine import fetch, fetch_one
from db.tables import Account
from portal import audit, keys
from portal.actor import Actor
from portal.ids import public_id
from portal.passwords.hashing import PasswordHasher
from portal.sign_in import one_time_codes
from portal.staff.commands import NewStaff, add_staff, check_password, team_called

FAMILY_PASSWORD = "Quiet heron paddles 7"  # noqa: S105 -- shown to everybody, in the demo alone
STAFF_PASSWORD = "Amber lantern drifts 9"  # noqa: S105

NORTH, SOUTH = "Westmere North", "Westmere South"
TEAMS = {
    NORTH: ("01632 960 151", "send.north@westmere.example"),
    SOUTH: ("01632 960 152", "send.south@westmere.example"),
}


@dataclass(frozen=True)
class Staff:
    """Somebody in the SEND team."""

    name: str
    role: str
    team: str

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@westmere.example"


@dataclass(frozen=True)
class Adult:
    """Somebody with an account of their own. `age` is given for a young person, the job for a professional."""

    name: str
    role: str = "parent"
    age: int = 0
    organisation: str = ""
    job_title: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.com"


HELEN = Staff("Helen Marsh", "manager", NORTH)
PRIYA = Staff("Priya Nair", "caseworker", NORTH)
TOM = Staff("Tom Ellis", "caseworker", NORTH)
GRACE = Staff("Grace Obi", "caseworker", SOUTH)
STAFF = (PRIYA, TOM, GRACE, HELEN)

SOFIA, AMARA, DAVID = Adult("Sofia Rossi"), Adult("Amara Okoye"), Adult("David Okoye")
DANIEL, CHLOE, FATIMA = Adult("Daniel Hughes"), Adult("Chloe Turner"), Adult("Fatima Begum")
JOANNE, WEI, RACHEL, MEGAN = Adult("Joanne Bennett"), Adult("Wei Chen"), Adult("Rachel Cooper"), Adult("Megan Price")
TYLER, KAREN = Adult("Tyler Brooks", role="young person", age=18), Adult("Karen Walsh")
GEMMA = Adult("Gemma Brooks")
SIMON = Adult("Simon Clarke", role="professional", organisation="Lakeside Primary School", job_title="SENCO")
ADULTS = (SOFIA, AMARA, DAVID, DANIEL, CHLOE, FATIMA, JOANNE, WEI, RACHEL, MEGAN, TYLER, GEMMA, SIMON, KAREN)

LILY_S_MOTHER, ZAIN_S_MOTHER = Adult("Jordan Avery", role="invited parent"), Adult("Nadia Aziz", role="invited parent")
INVITED = (LILY_S_MOTHER, ZAIN_S_MOTHER)
"""Just invited: they have no account yet. The first has got the link, the second the code."""


async def add_team(hasher: PasswordHasher, *, now: datetime) -> dict[str, Actor]:
    """The SEND team, by email address. Everybody has an authenticator app already."""
    teams = {name: await team_called(name, phone=phone, email=email) for name, (phone, email) in TEAMS.items()}
    added: dict[str, Actor] = {}
    for one in STAFF:
        forename, surname = one.name.split()
        person = NewStaff(forename, surname, one.email, one.role, teams[one.team], STAFF_PASSWORD)
        added[one.email] = await add_staff(None, person, hasher, now=now)
        secret = keys.encrypt(one_time_codes.new_secret())
        await fetch("UPDATE account SET totp_secret = {} WHERE id = {}", secret, added[one.email].account)
    return added


async def register(adult: Adult, hashed: str, *, today: date, now: datetime) -> Actor:
    """The account of `adult`, as if registered at `now`."""
    forename, surname = adult.name.split()
    account = Account(
        public_id=public_id(),
        role="family",
        forename=forename,
        surname=surname,
        email=adult.email,
        email_key=adult.email,
        password_hash=hashed,
        password_changed_at=now,
        is_professional=adult.role == "professional",
        organisation=adult.organisation,
        job_title=adult.job_title,
        house="12",
        street="Mill Lane",
        town="Westmere",
        postcode="WM2 4AB",
        telephone="07700 900 123",
        date_of_birth=born(adult.age, today) if adult.age else None,
        is_young_person=adult.role == "young person",
        created_at=now,
    )
    await account.save()
    await audit.record("accounts:account:registered", now=now, actor=account.id)
    return Actor(account.id, account.public_id, "family", forename, surname, adult.email)


async def family_password_hash(hasher: PasswordHasher) -> str:
    """The hash of the password that every family of the demo has; it keeps to the policy like any other."""
    for adult in ADULTS:
        check_password(FAMILY_PASSWORD, own_words=[*adult.name.split(), adult.email])
    return await hasher.hash(FAMILY_PASSWORD)


async def is_here() -> bool:
    """Whether the database has people already."""
    return await fetch_one("SELECT id FROM account LIMIT 1") is not None


def born(age: float, today: date) -> date:
    """A birthday that made somebody `age` years old five months ago."""
    return (today - timedelta(days=150)).replace(day=14) - timedelta(days=round(365.25 * age))
