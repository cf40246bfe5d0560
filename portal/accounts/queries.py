"""What people see of their own account."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch, fetch_one
from portal.actor import Actor

ADDRESS = ("property_name", "house", "street", "area", "town", "county", "postcode")


@dataclass(frozen=True)
class SignedInPlace:
    """A browser in which the account is signed in."""

    id: int
    user_agent: str
    signed_in_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class AccountView:
    """An account as its owner sees it."""

    name: str
    email: str
    address: tuple[str, ...]
    telephone: str
    work: str
    uses_authenticator: bool
    password_changed_at: datetime
    places: tuple[SignedInPlace, ...]


async def account_of(actor: Actor) -> AccountView:
    """The actor's own account, with where it is signed in, newest first."""
    row = await fetch_one("SELECT * FROM account WHERE id = {}", actor.account)
    assert row is not None
    places = await fetch(
        "SELECT id, user_agent, created_at AS signed_in_at, seen_at FROM session"
        " WHERE account = {} AND stage = 'full' ORDER BY seen_at DESC",
        actor.account,
    )
    return AccountView(
        name=actor.name,
        email=row["email"],
        address=tuple(row[part] for part in ADDRESS if row[part]),
        telephone=row["telephone"],
        work=", ".join(part for part in (row["job_title"], row["organisation"]) if part),
        uses_authenticator=bool(row["totp_secret"]),
        password_changed_at=row["password_changed_at"],
        places=tuple(SignedInPlace(**place) for place in places),
    )
