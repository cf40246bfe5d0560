"""The SEND team gives access to a child's record, refuses it, and withdraws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, ids, notices
from portal.access.queries import ChildRecord
from portal.access.rules import BASES_IN_SHORT, why_not
from portal.actor import Actor
from portal.dates import london_day
from portal.errors import PortalError, Refused, RuleBroken
from portal.invitations.rules import State
from portal.notices import Recipient
from portal.relationships.waiting import AccessRequest

MOVED_ON = "This request has been dealt with since you opened the page. Look at the child’s record."
ENDED_ALREADY = "This access has ended already. Look at the child’s record."
THROUGH_WORK = "This access comes from the person’s workplace. Change it at the organisation."
SAME_BASIS = "Choose another relationship than the one that is recorded"

_END = """
UPDATE relationship SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE public_id = {} AND child = {} AND state = {} RETURNING account, child
"""

_CHOOSE = """
UPDATE relationship SET basis = {} WHERE public_id = {} AND state = 'waiting' AND basis = {} RETURNING account, child
"""

_CHANGE = """
UPDATE relationship SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE public_id = {} AND child = {} AND state = 'active' AND organisation IS NULL AND basis <> {}
RETURNING account, child, accepted_at, basis, whereabouts_secret
"""

_BEGIN = """
INSERT INTO relationship (public_id, account, child, basis, state, accepted_at, activated_at, activated_by,
    whereabouts_secret, end_reason)
VALUES ({}, {}, {}, {}, 'active', {}, {}, {}, {}, '')
"""


@dataclass(frozen=True)
class Ground:
    """On what legal ground access goes on (`access.rules.GOES_ON_AS`), and why it changes."""

    basis: str
    reason: str


async def activate(actor: Actor, request: AccessRequest, *, now: datetime) -> str:
    """Give the access that waits, and send "Portal access to customer SEND record". Gives the child's public id.

    Raises Refused when it does not wait any more, or when the ground may not be given at the child's age.
    """
    if request.not_now:
        raise Refused(f"{request.not_now}.")
    async with DB.transaction():
        row = await fetch_one(
            "UPDATE relationship SET state = 'active', activated_at = {}, activated_by = {}"
            " WHERE public_id = {} AND state = 'waiting' AND basis = {} RETURNING account, child",
            now,
            actor.account,
            request.public_id,
            request.basis,
        )
        if row is None:
            raise Refused(MOVED_ON)
        await move_invitation(row, State.ACTIVE)
        about = {"reference": request.case_reference, "child": request.child}
        await notices.queue("portal_access", Recipient(request.email, row["account"]), about, now=now)
        await _record("staff:access:activated", actor, row, request.public_id, now)
    return request.child


async def choose_ground(actor: Actor, request: AccessRequest, to: Ground, *, now: datetime) -> str:
    """Say on which ground somebody waits for access, since the recorded one is not right. Gives the relationship.

    Raises RuleBroken on `basis` for the same ground or one that may not be given, Refused when it does not wait.
    """
    _check_age(request.child_born, to, now)
    if to.basis == request.basis:
        raise RuleBroken("basis", SAME_BASIS)
    async with DB.transaction():
        row = await fetch_one(_CHOOSE, to.basis, request.public_id, request.basis)
        if row is None:
            raise Refused(MOVED_ON)
        detail = {"account": row["account"], "was": request.basis, "is": to.basis, "reason": to.reason}
        event, subject = "staff:access:ground_chosen", request.public_id
        await audit.record(event, now=now, actor=actor, child=row["child"], subject=subject, detail=detail)
    return subject


async def refuse(actor: Actor, request: AccessRequest, reason: str, *, now: datetime) -> str:
    """Do not give the access that waits; the adult is told, without the reason. Gives the child's public id.

    Raises what `activate` raises.
    """
    async with DB.transaction():
        row = await fetch_one(_END, now, actor.account, reason, request.public_id, request.child_id, "waiting")
        if row is None:
            raise Refused(MOVED_ON)
        await move_invitation(row, State.WITHDRAWN)
        about = {"reference": request.case_reference}
        await notices.queue("access_refused", Recipient(request.email, row["account"]), about, now=now)
        await _record("staff:access:refused", actor, row, request.public_id, now)
    return request.child


async def withdraw(actor: Actor, child: ChildRecord, relationship: str, reason: str, *, now: datetime) -> str:
    """End active access at once: the adult's next request finds nothing. The adult is told, without the reason.

    Their session goes on, since they may see other children. Gives the child's public id.
    Raises Refused when it has ended already.
    """
    async with DB.transaction():
        row = await fetch_one(_END, now, actor.account, reason, relationship, child.id, "active")
        if row is None:
            raise Refused(ENDED_ALREADY)
        await move_invitation(row, State.WITHDRAWN)
        email = await fetch_one("SELECT email FROM account WHERE id = {}", row["account"])
        assert email is not None, "the relationship refers to it"
        about = {"reference": child.case_reference}
        await notices.queue("access_withdrawn", Recipient(email["email"], row["account"]), about, now=now)
        await _record("staff:access:withdrawn", actor, row, relationship, now)
    return child.public_id


async def rebase(actor: Actor, child: ChildRecord, relationship: str, to: Ground, *, now: datetime) -> str:
    """End active access and begin it again on another legal ground, at the same moment. The adult is told.

    So it stays on record on which ground they saw what: after compulsory school age a parent's own right
    ends, and what they may do comes from the young person (CFA 2014 s.83; SEND Code of Practice 8.15).
    Gives the public id of the new relationship. Raises RuleBroken on `basis` when it is recorded so
    already or may not be given at the child's age, Refused when the access has ended or comes from a workplace.
    """
    async with DB.transaction():
        reason = f"Changed to “{BASES_IN_SHORT[to.basis]}”: {to.reason}"
        old = await fetch_one(_CHANGE, now, actor.account, reason, relationship, child.id, to.basis)
        if old is None:
            raise await _why_not(child, relationship)
        _check_age(child.date_of_birth, to, now)
        begun, account = ids.public_id(), old["account"]
        went_on = (old["accepted_at"], now, actor.account, old["whereabouts_secret"])
        await fetch(_BEGIN, begun, account, child.id, to.basis, *went_on)
        email = await fetch_one("SELECT email FROM account WHERE id = {}", account)
        assert email is not None, "the relationship refers to it"
        about = {"reference": child.case_reference, "child": child.public_id}
        await notices.queue("access_changed", Recipient(email["email"], account), about, now=now)
        detail = {"account": account, "from": old["basis"], "to": to.basis, "ended": relationship}
        await audit.record("staff:access:changed", now=now, actor=actor, child=child.id, subject=begun, detail=detail)
    return begun


async def move_invitation(row: Mapping[str, Any], state: State) -> None:
    """Access may also come from a request for an assessment: then there is no invitation to move."""
    await fetch(
        "UPDATE invitation SET state = {} WHERE child = {} AND answered_by = {} AND state IN ('accepted', 'active')",
        state.value,
        row["child"],
        row["account"],
    )


def _check_age(born: date, to: Ground, now: datetime) -> None:
    if problem := why_not(to.basis, born, london_day(now)):
        raise RuleBroken("basis", problem)


async def _why_not(child: ChildRecord, relationship: str) -> PortalError:
    row = await fetch_one(
        "SELECT organisation FROM relationship WHERE public_id = {} AND child = {} AND state = 'active'",
        relationship,
        child.id,
    )
    if row is None:
        return Refused(ENDED_ALREADY)
    if row["organisation"]:
        return Refused(THROUGH_WORK)
    return RuleBroken("basis", SAME_BASIS)


async def _record(event: str, actor: Actor, row: Mapping[str, Any], relationship: str, now: datetime) -> None:
    detail = {"account": row["account"]}
    await audit.record(event, now=now, actor=actor, child=row["child"], subject=relationship, detail=detail)
