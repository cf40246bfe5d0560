"""What people want otherwise than usual: no emails about a topic, or letters on paper."""

from collections.abc import Collection
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.accounts.topics import WISHES, topic_of
from portal.actor import Actor


async def wishes_of(account: int) -> frozenset[str]:
    """Every wish of one account, by its id."""
    rows = await fetch("SELECT wish FROM account_wish WHERE account = {}", account)
    return frozenset(row["wish"] for row in rows)


async def keep(actor: Actor, wishes: Collection[str], *, now: datetime) -> None:
    """Put `wishes` in place of those kept before; one that stays keeps its date."""
    wanted = sorted(WISHES.intersection(wishes))
    async with DB.transaction():
        await fetch("DELETE FROM account_wish WHERE account = {} AND wish <> ALL({}::text[])", actor.account, wanted)
        await fetch(
            "INSERT INTO account_wish (account, wish, since) SELECT {}, wish, {} FROM unnest({}::text[]) wish"
            " ON CONFLICT (account, wish) DO NOTHING",
            actor.account,
            now,
            wanted,
        )
        await audit.record("accounts:wishes:changed", now=now, actor=actor, detail={"wishes": wanted})


async def wants_no_email(account: int | None, kind: str) -> bool:
    """Whether the account with this id has turned off emails of `kind`; those that must be sent never are."""
    topic = topic_of(kind)
    if account is None or topic is None:
        return False
    return bool(await fetch_one("SELECT id FROM account_wish WHERE account = {} AND wish = {}", account, topic.wish))
