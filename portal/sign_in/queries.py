"""What the sign-in pages need to know."""

from dataclasses import dataclass

from db.engine import fetch_one
from portal.sign_in.sessions import Session


@dataclass(frozen=True)
class SecondStep:
    """How the second step is done: by an authenticator app, or by a code in an email."""

    by_app: bool


async def second_step(session: Session) -> SecondStep:
    """The second step that a half-signed-in session still has to take."""
    assert session.actor is not None
    row = await fetch_one("SELECT totp_secret <> '' AS by_app FROM account WHERE id = {}", session.actor.account)
    return SecondStep(bool(row and row["by_app"]))
