"""The family's side of an invitation: say yes or no, or ask for a new link when the old one ran out."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, notices, throttle
from portal.access.after_work import begin_to_wait
from portal.actor import Actor
from portal.errors import NotFound, Refused, TooManyTries
from portal.invitations.codes import link_hash
from portal.invitations.rules import State
from portal.limits import Limit
from portal.notices import Recipient
from portal.personal.rules import email_key

ANSWERED_ALREADY = "This invitation has been answered or has run out. If that surprises you, phone the SEND team."

ASKED_AGAIN = Limit("invitation_asked_again", tries=1, window=timedelta(days=1))
"""The team is told once a day that a link which ran out was opened."""

_ANSWER = """
UPDATE invitation SET state = {}, answered_by = {}, answered_at = {}
WHERE public_id = ANY({}::text[]) AND email_key = {} AND state = 'invited' AND link_expires_at > {}
RETURNING id, public_id, child, basis, (SELECT case_reference FROM child c WHERE c.id = child) AS reference
"""

_ANSWERED_SO = """
SELECT count(*) AS so FROM invitation
WHERE public_id = ANY({}::text[]) AND answered_by = {} AND (state <> 'declined') = {} AND state <> 'withdrawn'
"""

_HAS = """
SELECT state = 'active' AND organisation IS NULL AS is_given FROM relationship
WHERE account = {} AND child = {} AND state <> 'ended' FOR UPDATE
"""
"""Held, so that access which ends at this moment is either there still or seen to have ended."""


async def accept(actor: Actor, invitations: Collection[str], *, now: datetime) -> str:
    """Say yes to `invitations` (public ids): access then waits for the SEND team. "Portal Activation" is sent.

    Whoever has access through work keeps that; the yes waits until it ends (`access.after_work`).
    All of them or none; gives their new state. Answering the same again changes nothing. Raises Refused when one was
    answered otherwise, cancelled, ran out, or was sent to another address.
    """
    async with DB.transaction():
        rows = await _answer(actor, invitations, State.ACCEPTED, now)
        for row in rows:
            await _wait(actor, row, now)
        for row in rows:
            await _record("family:invitation:accepted", actor, row, now)
        if rows:
            about = {"references": sorted(row["reference"] for row in rows)}
            await notices.queue("portal_activation", Recipient.of(actor), about, now=now)
    return State.ACCEPTED.value


async def decline(actor: Actor, invitations: Collection[str], *, now: datetime) -> str:
    """Say no to `invitations`; the SEND team sees it at the child's page. Gives and raises what `accept` does."""
    async with DB.transaction():
        for row in await _answer(actor, invitations, State.DECLINED, now):
            await _record("family:invitation:declined", actor, row, now)
    return State.DECLINED.value


async def ask_again(token: str, *, now: datetime) -> None:
    """Tell the SEND team that the link with this token ran out and a new one is wished for.

    Whoever asks, nothing goes to anyone but the team, once a day. Raises NotFound for an unknown link.
    """
    row = await fetch_one(
        "SELECT i.public_id, i.child, c.public_id AS child_id, c.case_reference, t.email FROM invitation i"
        " JOIN child c ON c.id = i.child JOIN team t ON t.id = c.team"
        " WHERE i.link_hash = {} AND i.state = 'invited' AND i.link_expires_at <= {}",
        link_hash(token),
        now,
    )
    if row is None:
        raise NotFound
    try:
        await throttle.spend(ASKED_AGAIN, row["public_id"], now=now, message="")
    except TooManyTries:
        return
    async with DB.transaction():
        about = {"reference": row["case_reference"], "child": row["child_id"]}
        await notices.queue("invitation_asked_again", Recipient(row["email"]), about, now=now)
        await audit.record("family:invitation:asked_again", now=now, child=row["child"], subject=row["public_id"])


async def _wait(actor: Actor, row: Mapping[str, Any], now: datetime) -> None:
    has = await fetch_one(_HAS, actor.account, row["child"])
    if has is None:
        await begin_to_wait(actor.account, row["child"], row["basis"], now=now)
    elif has["is_given"]:
        await fetch("UPDATE invitation SET state = {} WHERE id = {}", State.ACTIVE.value, row["id"])


async def _answer(actor: Actor, invitations: Collection[str], state: State, now: datetime) -> list[dict[str, Any]]:
    """Of many at once exactly one wins each invitation; the others find it answered."""
    asked = sorted(set(invitations))
    rows = await fetch(_ANSWER, state.value, actor.account, now, asked, email_key(actor.email), now)
    if len(rows) == len(asked) or (not rows and await _answered_so(actor, asked, state)):
        return rows
    raise Refused(ANSWERED_ALREADY)


async def _answered_so(actor: Actor, asked: list[str], state: State) -> bool:
    row = await fetch_one(_ANSWERED_SO, asked, actor.account, state != State.DECLINED)
    return row is not None and row["so"] == len(asked)


async def _record(event: str, actor: Actor, row: Mapping[str, Any], now: datetime) -> None:
    await audit.record(event, now=now, actor=actor, child=row["child"], subject=row["public_id"])
