"""What people want otherwise than usual: no emails about a topic, or letters on paper."""

from collections.abc import Collection
from datetime import datetime

from db.engine import DB, fetch
from portal import audit
from portal.actor import Actor
from portal.wishes.queries import wishes_of
from portal.wishes.rules import ONLINE, PAPER, WISHES, with_answer_kept


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
