"""What comes back when access through work ends: an invitation to which the same person said yes meanwhile.

Nobody has two accesses to one child at once, so the yes is kept with the invitation until then.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from db.engine import fetch
from portal import audit, ids
from portal.actor import Actor

_SAID_YES = """
SELECT DISTINCT ON (i.answered_by, i.child) i.answered_by AS account, i.child, i.basis
FROM unnest({}::bigint[], {}::bigint[]) w (account, child)
JOIN invitation i ON i.answered_by = w.account AND i.child = w.child AND i.state = 'accepted'
ORDER BY i.answered_by, i.child, i.answered_at DESC
"""

_WAIT = """
INSERT INTO relationship (public_id, account, child, basis, state, accepted_at, end_reason)
VALUES ({}, {}, {}, {}, 'waiting', {}, '')
ON CONFLICT (account, child) WHERE state <> 'ended' DO NOTHING RETURNING account, child, public_id
"""


async def begin_to_wait(account: int, child: int, basis: str, *, now: datetime) -> list[dict[str, Any]]:
    """Let access wait for the SEND team, unless the account has some already. Gives the row that waits, if any."""
    return await fetch(_WAIT, ids.public_id(), account, child, basis, now)


async def wait_again(lost: Iterable[Mapping[str, Any]], *, now: datetime) -> list[dict[str, Any]]:
    """Let those of `lost` (account and child) wait for the SEND team who said yes to an invitation of their own.

    Whoever has access still, for example through another workplace, does not wait. Part of the caller's transaction.
    Gives whoever waits now: account, child and the public id of what waits, to be audited with `record_waiting`.
    """
    pairs = [(one["account"], one["child"]) for one in lost]
    found = await fetch(_SAID_YES, [account for account, _ in pairs], [child for _, child in pairs])
    kept = [await begin_to_wait(one["account"], one["child"], one["basis"], now=now) for one in found]
    return [row for rows in kept for row in rows]


async def record_waiting(actor: Actor, waiting: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Audit what `wait_again` gave."""
    for one in waiting:
        subject, detail = one["public_id"], {"account": one["account"]}
        await audit.record(
            "staff:access:waits_again", now=now, actor=actor, child=one["child"], subject=subject, detail=detail
        )
