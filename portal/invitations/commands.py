"""The SEND team's side of an invitation: send the code, check it on the phone, send the link, cancel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, ids, keys, notices
from portal.access.queries import ChildRecord
from portal.access.rules import why_not
from portal.actor import Actor
from portal.dates import london_day
from portal.errors import Refused, RuleBroken
from portal.invitations.codes import link_hash, link_token, unique_code
from portal.invitations.rules import (
    CODE_LIFETIME,
    CODE_TRIES,
    IDENTITY_CHECKS,
    LINK_LIFETIME,
    Event,
    State,
    is_locked,
    normalise_unique_code,
    states_before,
)
from portal.notices import Recipient
from portal.personal.rules import email_key

MOVED_ON = "This invitation has moved on since you opened the page. Look at where it stands now."
INVITED_ALREADY = "This email address has been invited for this child already. Look for it under Invitations"
HAS_ACCESS = "The person with this email address has access to this child already, or is waiting for it"
LOCKED = "That code does not match. 5 wrong codes were typed, so send a new code"

CANCELLABLE = states_before(Event.WITHDRAW) - {State.ACCEPTED, State.ACTIVE}
"""Once it was accepted there is access to refuse or withdraw instead."""

_INSERT = """
INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_version, code_expires_at,
    code_tries, identity_method, link_version, link_hash, created_at, created_by)
VALUES ({}, {}, {}, {}, {}, {}, {}, 1, {}, 0, '', 0, '', {}, {})
ON CONFLICT (child, email_key) WHERE state <> 'withdrawn' DO NOTHING RETURNING id, public_id, email, code_version
"""

_MARK = """
INSERT INTO request_invitation (request, adult, invitation) VALUES ({}, {}, {})
ON CONFLICT (request, adult) DO UPDATE SET invitation = excluded.invitation
"""

_NEW_CODE = """
UPDATE invitation SET state = {}, code_version = code_version + 1, code_tries = 0, code_expires_at = {},
    link_hash = '', link_expires_at = NULL
WHERE public_id = {} AND child = {} AND (state = ANY({}::text[]) OR (state = {} AND link_expires_at <= {}))
RETURNING id, public_id, email, code_version
"""

_COUNT_TRY = """
UPDATE invitation SET code_tries = code_tries + 1
WHERE public_id = {} AND child = {} AND state = {} AND code_expires_at > {} AND code_tries < {}
RETURNING id, public_id, email, code_version, code_tries
"""

_NEW_LINK = """
UPDATE invitation SET state = {}, link_version = link_version + 1, link_expires_at = {},
    answered_by = NULL, answered_at = NULL
WHERE public_id = {} AND child = {} AND state = ANY({}::text[]) AND (state <> {} OR link_expires_at > {})
RETURNING id, public_id, email, link_version
"""


@dataclass(frozen=True)
class Invitee:
    """Who is offered access: the address that asked, the adult's name, and the legal ground (`access.rules.BASES`)."""

    email: str
    adult_name: str
    basis: str


@dataclass(frozen=True)
class NamedIn:
    """Where a professional named the invitee: the id of a request for an assessment, and the place in it from 0."""

    request: int
    adult: int


async def invite(
    actor: Actor, child: ChildRecord, invitee: Invitee, *, named: NamedIn | None = None, now: datetime
) -> str:
    """Offer `invitee` access and send "Your unique code". Gives the invitation's public id.

    `named` marks the request in which they were named, so that the team sees there who has been invited.
    Raises RuleBroken on `email` when the address has been invited for this child, or has access; on `basis` when the
    ground may not be given at the child's age.
    """
    if problem := why_not(invitee.basis, child.date_of_birth, london_day(now)):
        raise RuleBroken("basis", problem)
    async with DB.transaction():
        await _check_no_access(child, invitee)
        row = await fetch_one(
            _INSERT,
            ids.public_id(),
            child.id,
            invitee.email,
            email_key(invitee.email),
            invitee.adult_name,
            invitee.basis,
            State.CODE_SENT.value,
            now + CODE_LIFETIME,
            now,
            actor.account,
        )
        if row is None:
            raise RuleBroken("email", INVITED_ALREADY)
        if named:
            await fetch(_MARK, named.request, named.adult, row["id"])
        await _owe_code(actor, child, row, now)
    return str(row["public_id"])


async def send_new_code(actor: Actor, child: ChildRecord, invitation: str, *, now: datetime) -> str:
    """Send another "Your unique code"; the one before, and any link, stop working. Gives the address.

    Raises Refused when the invitation is not waiting for a code.
    """
    async with DB.transaction():
        row = await fetch_one(
            _NEW_CODE,
            State.CODE_SENT.value,
            now + CODE_LIFETIME,
            invitation,
            child.id,
            _values(states_before(Event.SEND_CODE)),
            State.INVITED.value,
            now,
        )
        if row is None:
            raise Refused(MOVED_ON)
        await _owe_code(actor, child, row, now)
    return str(row["email"])


async def verify(
    actor: Actor, child: ChildRecord, invitation: str, code: str, *, identity_method: str, now: datetime
) -> str:
    """Check the code that was read out, and send "Accept Portal Invitation" when it matches.

    Gives an empty string when it matched, otherwise what is wrong: nothing is raised for a wrong
    code, so that the try stays counted. `identity_method` is a key of `rules.IDENTITY_CHECKS`.
    Raises Refused when the invitation is not waiting for its code.
    """
    assert identity_method in IDENTITY_CHECKS, "the form offers no other"
    async with DB.transaction():
        row = await fetch_one(_COUNT_TRY, invitation, child.id, State.CODE_SENT.value, now, CODE_TRIES)
        if row is None:
            raise Refused(MOVED_ON)
        if not keys.same(normalise_unique_code(code), unique_code(row["id"], row["code_version"])):
            return await _wrong_code(actor, child, row, now)
        await fetch(
            "UPDATE invitation SET state = {}, verified_at = {}, verified_by = {}, identity_method = {} WHERE id = {}",
            State.VERIFIED.value,
            now,
            actor.account,
            identity_method,
            row["id"],
        )
        detail = {"identity_method": identity_method}
        await audit.record(
            "staff:invitation:verified", now=now, actor=actor, child=child.id, subject=invitation, detail=detail
        )
        await send_link(actor, child, invitation, now=now)
    return ""


async def send_link(actor: Actor, child: ChildRecord, invitation: str, *, now: datetime) -> str:
    """Send "Accept Portal Invitation"; any link before stops working. Gives the address.

    Raises Refused when identity has not been checked, the invitation ran out, or it was accepted.
    """
    async with DB.transaction():
        row = await fetch_one(
            _NEW_LINK,
            State.INVITED.value,
            now + LINK_LIFETIME,
            invitation,
            child.id,
            _values(states_before(Event.SEND_LINK)),
            State.INVITED.value,
            now,
        )
        if row is None:
            raise Refused(MOVED_ON)
        hashed = link_hash(link_token(row["id"], row["link_version"]))
        await fetch("UPDATE invitation SET link_hash = {} WHERE id = {}", hashed, row["id"])
        about = {"invitation": row["public_id"], "version": row["link_version"]}
        await notices.queue("portal_invitation", Recipient(row["email"]), about, now=now)
        await audit.record("staff:invitation:link_sent", now=now, actor=actor, child=child.id, subject=invitation)
    return str(row["email"])


async def cancel(actor: Actor, child: ChildRecord, invitation: str, *, now: datetime) -> str:
    """Take back an invitation that was not accepted. Gives the address.

    Raises Refused when it was accepted, or cancelled before.
    """
    async with DB.transaction():
        row = await fetch_one(
            "UPDATE invitation SET state = {} WHERE public_id = {} AND child = {} AND state = ANY({}::text[])"
            " RETURNING email",
            State.WITHDRAWN.value,
            invitation,
            child.id,
            _values(CANCELLABLE),
        )
        if row is None:
            raise Refused(MOVED_ON)
        await audit.record("staff:invitation:cancelled", now=now, actor=actor, child=child.id, subject=invitation)
    return str(row["email"])


async def _check_no_access(child: ChildRecord, invitee: Invitee) -> None:
    has_access = await fetch_one(
        "SELECT r.id FROM relationship r JOIN account a ON a.id = r.account"
        " WHERE r.child = {} AND r.state <> 'ended' AND a.email_key = {}",
        child.id,
        email_key(invitee.email),
    )
    if has_access:
        raise RuleBroken("email", HAS_ACCESS)


async def _owe_code(actor: Actor, child: ChildRecord, row: Mapping[str, Any], now: datetime) -> None:
    about = {"invitation": row["public_id"], "version": row["code_version"]}
    await notices.queue("unique_code", Recipient(row["email"]), about, now=now)
    await audit.record("staff:invitation:code_sent", now=now, actor=actor, child=child.id, subject=row["public_id"])


async def _wrong_code(actor: Actor, child: ChildRecord, row: Mapping[str, Any], now: datetime) -> str:
    left = CODE_TRIES - row["code_tries"]
    detail = {"tries_left": left}
    await audit.record(
        "staff:invitation:code_wrong", now=now, actor=actor, child=child.id, subject=row["public_id"], detail=detail
    )
    if is_locked(row["code_tries"]):
        await fetch("UPDATE invitation SET state = {} WHERE id = {}", State.LOCKED.value, row["id"])
        return LOCKED
    return f"That code does not match. Ask them to read it again. {left} {'try is' if left == 1 else 'tries are'} left"


def _values(states: frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)
