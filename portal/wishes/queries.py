"""What somebody wants otherwise than usual."""

from datetime import datetime

from db.engine import fetch, fetch_one
from portal.wishes.rules import ONLINE, PAPER, topic_of


async def wishes_of(account: int) -> frozenset[str]:
    """Every wish of one account, by its id."""
    rows = await fetch("SELECT wish FROM account_wish WHERE account = {}", account)
    return frozenset(row["wish"] for row in rows)


async def said_about_letters(account: int) -> tuple[str, datetime] | None:
    """`PAPER` or `ONLINE`, and since when; None while they have not said how they want formal letters."""
    row = await fetch_one(
        "SELECT wish, since FROM account_wish WHERE account = {} AND wish = ANY({}::text[])", account, [PAPER, ONLINE]
    )
    return (row["wish"], row["since"]) if row else None


async def wants_no_email(account: int | None, kind: str) -> bool:
    """Whether the account with this id has turned off emails of `kind`; those that must be sent never are."""
    topic = topic_of(kind)
    if account is None or topic is None:
        return False
    return bool(await fetch_one("SELECT id FROM account_wish WHERE account = {} AND wish = {}", account, topic.wish))
