"""What people want otherwise than usual: no emails about a topic, or letters on paper."""

from collections.abc import Collection
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.accounts.topics import ONLINE, PAPER, WISHES, topic_of, with_answer_kept
from portal.actor import Actor


async def wishes_of(account: int) -> frozenset[str]:
    """Every wish of one account, by its id."""
    rows = await fetch("SELECT wish FROM account_wish WHERE account = {}", account)
    return frozenset(row["wish"] for row in rows)


async def keep(actor: Actor, wishes: Collection[str], *, now: datetime) -> None:
    """Put `wishes` in place of those kept before; one that stays keeps its date. The audit trail keeps each change.

    Whoever had asked for letters on paper, and does no more, agrees to the portal from `now` on.
    """
    async with DB.transaction():
        before = await wishes_of(actor.account)
        wanted = sorted(WISHES.intersection(with_answer_kept(wishes, before)))
        await fetch("DELETE FROM account_wish WHERE account = {} AND wish <> ALL({}::text[])", actor.account, wanted)
        await fetch(
            "INSERT INTO account_wish (account, wish, since) SELECT {}, wish, {} FROM unnest({}::text[]) wish"
            " ON CONFLICT (account, wish) DO NOTHING",
            actor.account,
            now,
            wanted,
        )
        await audit.record("accounts:wishes:changed", now=now, actor=actor, detail={"wishes": wanted})


async def keep_letters(actor: Actor, *, on_paper: bool, now: datetime) -> None:
    """Keep how somebody who was asked wants formal letters: on paper, or through the portal alone."""
    others = await wishes_of(actor.account) - {PAPER, ONLINE}
    await keep(actor, others | {PAPER if on_paper else ONLINE}, now=now)


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
