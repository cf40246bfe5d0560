"""Organisations: who works there, which children they work with, and the access that follows from both.

Access stays what it is everywhere: a dated relationship of one account and one child. Each act here ends
with `_settle`, which makes and ends those relationships so that they match who works where.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import audit, ids, notices
from portal.access.after_work import record_waiting, wait_again
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.telling import tell_of_many
from portal.errors import NotFound, Refused, RuleBroken
from portal.notices import Recipient
from portal.organisations import rules
from portal.organisations.rules import LEFT
from portal.organisations.telling import tell_family, tell_managers
from portal.personal.rules import email_key
from portal.sign_in import mailbox

ANSWERED = "This invitation has run out or has been answered. Ask the SEND team for a new one."

_ADD = """
INSERT INTO organisation (public_id, name, kind, created_at, created_by) VALUES ({}, {}, {}, {}, {})
ON CONFLICT DO NOTHING RETURNING public_id
"""

_INVITE = """
INSERT INTO organisation_member AS m (public_id, organisation, email, email_key, name, identity_method, state,
    invited_at, invited_by, expires_at, end_reason)
VALUES ({}, {}, {}, {}, {}, {}, 'invited', {}, {}, {}, '')
ON CONFLICT (organisation, email_key) WHERE state <> 'ended' DO UPDATE SET
    email = excluded.email, name = excluded.name, identity_method = excluded.identity_method,
    expires_at = excluded.expires_at, invited_at = excluded.invited_at, invited_by = excluded.invited_by
WHERE m.state = 'invited' RETURNING public_id
"""

_OPEN = """
SELECT m.id, m.organisation, m.name, o.name AS place, o.public_id AS place_id
FROM organisation_member m JOIN organisation o ON o.id = m.organisation
WHERE m.public_id = {} AND m.email_key = {} AND m.state = 'invited' AND m.expires_at > {} FOR UPDATE OF m
"""

_WAITS = """
SELECT m.id, m.organisation, m.account FROM organisation_member m
JOIN account a ON a.id = m.account AND a.disabled_at IS NULL
WHERE m.public_id = {} AND m.organisation = {} AND m.state = 'waiting' FOR UPDATE OF m
"""

_JOIN = "UPDATE organisation_member SET state = 'active', account = {}, joined_at = {} WHERE id = {}"

_MOVE_ON = """
UPDATE organisation_member SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE organisation = {} AND account = {} AND state = 'active'
"""

_LEAVE = """
UPDATE organisation_member SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE public_id = {} AND organisation = {} AND state <> 'ended' RETURNING account
"""

_LEAVE_ONESELF = """
UPDATE organisation_member m SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
FROM organisation o WHERE m.public_id = {} AND m.account = {} AND m.state = 'active' AND o.id = m.organisation
RETURNING o.id, o.public_id, o.name
"""

_PLACE = """
INSERT INTO organisation_child (organisation, child, since, added_by) VALUES ({}, {}, {}, {})
ON CONFLICT DO NOTHING RETURNING id
"""

_LEAVE_PLACE = """
UPDATE organisation_child SET ended_at = {}, ended_by = {}
WHERE organisation = {} AND child = {} AND ended_at IS NULL RETURNING id
"""

_END = """
UPDATE relationship r SET state = 'ended', ended_at = {}, ended_by = {}, end_reason = {}
WHERE r.organisation = {} AND r.state <> 'ended' AND NOT (
    EXISTS (SELECT FROM organisation_member m
            WHERE m.organisation = r.organisation AND m.account = r.account AND m.state = 'active')
    AND EXISTS (SELECT FROM organisation_child c
                WHERE c.organisation = r.organisation AND c.child = r.child AND c.ended_at IS NULL)
) RETURNING r.account, r.child, r.public_id
"""

_WORKPLACES = """
SELECT DISTINCT organisation FROM organisation_member WHERE account = ANY({}::bigint[]) AND state = 'active'
"""

_TAKE_OVER = """
UPDATE relationship r SET organisation = {}, state = 'active', activated_at = coalesce(r.activated_at, {}),
    activated_by = coalesce(r.activated_by, {})
FROM relationship was JOIN child c ON c.id = was.child JOIN account a ON a.id = was.account
JOIN organisation_member m ON m.account = a.id AND m.state = 'active'
JOIN organisation_child p ON p.child = c.id AND p.organisation = m.organisation AND p.ended_at IS NULL
WHERE was.id = r.id AND m.organisation = {} AND r.organisation IS NULL AND r.basis = 'professional'
    AND r.state <> 'ended' AND EXISTS (
        SELECT FROM assessment_request q JOIN ehc_case k ON k.id = q.ehc_case
        WHERE q.organisation = m.organisation AND q.account = r.account AND k.child = r.child)
RETURNING r.account, r.child, r.public_id, was.state AS state_before, a.email, c.case_reference, c.public_id AS child_id
"""
"""Whoever asked for an assessment through this organisation sees the child as one who works there, not by a grant of
their own: it ends when they leave."""

_DUE = """
SELECT DISTINCT ON (m.account, c.child) m.account, c.child, m.organisation
FROM organisation_member m JOIN account a ON a.id = m.account AND a.disabled_at IS NULL
JOIN organisation_child c ON c.organisation = m.organisation AND c.ended_at IS NULL
WHERE m.organisation = ANY({}::bigint[]) AND m.state = 'active' AND NOT EXISTS (
    SELECT FROM relationship r WHERE r.account = m.account AND r.child = c.child AND (
        r.state <> 'ended' OR (r.end_reason <> {} AND r.ended_at >= c.since)
    )
)
ORDER BY m.account, c.child, m.organisation
"""
"""Who should have access and has none. What ended for one person by name, withdrawn by the team or given up, comes
back with no workplace, only when the child is placed anew: whoever places has then been shown that it ended.
"""

_GIVE = """
INSERT INTO relationship (public_id, account, child, organisation, basis, state, accepted_at, activated_at,
    activated_by, end_reason)
VALUES ({}, {}, {}, {}, 'professional', 'active', {}, {}, {}, '')
ON CONFLICT (account, child) WHERE state <> 'ended' DO NOTHING RETURNING account, child, public_id
"""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class NewMember:
    """Somebody who is to be asked to join: their work address, name, and how the team knows them."""

    email: str
    name: str
    identity_method: str


async def add(actor: Actor, name: str, kind: str, *, now: datetime) -> str:
    """Add an organisation. Gives its public id. Raises RuleBroken on `name`."""
    name = rules.check_name(name)
    async with DB.transaction():
        row = await fetch_one(_ADD, ids.public_id(), name, kind, now, actor.account)
        if row is None:
            raise RuleBroken("name", "There is an organisation with this name already")
        await audit.record("staff:organisation:added", now=now, actor=actor, subject=row["public_id"])
    return str(row["public_id"])


async def invite(actor: Actor, organisation: int, name: str, member: NewMember, *, now: datetime) -> str:
    """Ask somebody to join, or ask again. `name` is the organisation's. Gives the member's public id.

    Raises Refused for anyone but a manager, RuleBroken on `email` when they have joined already.
    """
    rules.check_may_invite(actor)
    async with DB.transaction():
        row = await fetch_one(
            _INVITE,
            ids.public_id(),
            organisation,
            member.email,
            email_key(member.email),
            member.name,
            member.identity_method,
            now,
            actor.account,
            now + rules.INVITATION_LIFETIME,
        )
        if row is None:
            raise RuleBroken("email", "Somebody with this address works there already")
        await notices.queue("organisation_invitation", Recipient(member.email), {"organisation": name}, now=now)
        detail = {"identity_method": member.identity_method}
        await audit.record("staff:member:invited", now=now, actor=actor, subject=row["public_id"], detail=detail)
    return str(row["public_id"])


async def join(actor: Actor, member: str, *, reads_mailbox: bool, now: datetime) -> bool:
    """Say yes: the account's confirmed address must be the invited one. Gives whether they work there from now on.

    Whoever has another name than the invited one waits for a manager (`confirm`), who is told.
    `reads_mailbox`: they have shown that they read what goes to this address (`sign_in.mailbox`); raises NotShown else.
    Raises Refused when the account is not a professional's, or when the invitation is not open.
    """
    if not reads_mailbox:
        raise mailbox.NotShown
    async with DB.transaction():
        account = await fetch_one("SELECT is_professional FROM account WHERE id = {}", actor.account)
        rules.check_may_join(is_professional=bool(account and account["is_professional"]))
        row = await fetch_one(_OPEN, member, email_key(actor.email), now)
        if row is None:
            raise Refused(ANSWERED)
        state = rules.state_after_yes(row["name"], actor.name)
        if state == "waiting":
            await fetch(
                "UPDATE organisation_member SET state = {}, account = {} WHERE id = {}", state, actor.account, row["id"]
            )
            await tell_managers("member_waits", {"organisation": row["place"], "place": row["place_id"]}, now=now)
        else:
            await _begin(actor, {**row, "account": actor.account}, now)
        await audit.record("family:member:joined", now=now, actor=actor, subject=member, detail={"state": state})
    return state == "active"


async def confirm(actor: Actor, organisation: int, member: str, *, now: datetime) -> str:
    """Confirm that somebody who said yes under another name works there: they see the children now.

    Gives the member's public id. Raises Refused for anyone but a manager, or when nobody waits so any more.
    """
    rules.check_may_invite(actor)
    async with DB.transaction():
        row = await fetch_one(_WAITS, member, organisation)
        if row is None:
            raise Refused(rules.WAITS_NO_MORE)
        await _begin(actor, row, now)
        await audit.record("staff:member:confirmed", now=now, actor=actor, subject=member)
    return member


async def leave(actor: Actor, organisation: int, member: str, reason: str, *, now: datetime) -> str:
    """End somebody's work there, and with it the access that came of it. Gives the member's public id.

    Raises Refused for anyone but a manager, NotFound when it has ended already.
    """
    rules.check_may_invite(actor)
    async with DB.transaction():
        if await fetch_one(_LEAVE, now, actor.account, reason, member, organisation) is None:
            raise NotFound
        await _settle(actor, organisation, now)
        await audit.record("staff:member:ended", now=now, actor=actor, subject=member)
    return member


async def leave_oneself(actor: Actor, member: str, *, now: datetime) -> str:
    """Say that one works there no more: what came of it ends at once, and those who have the children are told.

    Gives the name of the organisation. Raises NotFound for anybody else's work, or when it has ended already.
    """
    async with DB.transaction():
        left = await fetch_one(_LEAVE_ONESELF, now, actor.account, rules.SAID_SO, member, actor.account)
        if left is None:
            raise NotFound
        lost = await _settle(actor, left["id"], now)
        await audit.record("family:member:left", now=now, actor=actor, subject=member)
        about = {"organisation": left["name"], "place": left["public_id"]}
        await tell_of_many("member_left", lost, about, now=now)
    return str(left["name"])


async def place(actor: Actor, organisation: int, child: ChildRecord, *, now: datetime) -> str:
    """Say that the organisation works with the child; the family is told. Gives the child's public id.

    Doing it again changes nothing.
    """
    async with DB.transaction():
        if await fetch_one(_PLACE, organisation, child.id, now, actor.account):
            taken = await fetch(_TAKE_OVER, organisation, now, actor.account, organisation)
            await _settle(actor, organisation, now)
            await _tell_taken_over(actor, taken, now)
            await _record_place("staff:organisation:child_added", actor, organisation, child, now)
            await tell_family("organisation_added", child, now=now)
    return child.public_id


async def unplace(actor: Actor, organisation: int, child: ChildRecord, *, now: datetime) -> str:
    """Say that it works with the child no more: the access that came of it ends, and the family is told.

    Gives the child's public id.
    """
    async with DB.transaction():
        if await fetch_one(_LEAVE_PLACE, now, actor.account, organisation, child.id):
            await _settle(actor, organisation, now)
            await _record_place("staff:organisation:child_ended", actor, organisation, child, now)
            await tell_family("organisation_left", child, now=now)
    return child.public_id


async def _begin(actor: Actor, member: Mapping[str, Any], now: datetime) -> None:
    """An account works at an organisation once: a part that it had under another address ends as this one begins."""
    await _lock(member["organisation"])
    await fetch(_MOVE_ON, now, actor.account, rules.JOINED_AGAIN, member["organisation"], member["account"])
    await fetch(_JOIN, member["account"], now, member["id"])
    await _settle(actor, member["organisation"], now)


async def _record_place(event: str, actor: Actor, organisation: int, child: ChildRecord, now: datetime) -> None:
    await audit.record(event, now=now, actor=actor, child=child.id, detail={"organisation": organisation})


async def _settle(actor: Actor, organisation: int, now: datetime) -> list[int]:
    """Make the relationships match who works here and with which children. Gives the children (ids) somebody lost.

    Whoever loses a child here may still work with the same child elsewhere: access goes on from there. Otherwise
    a yes to an invitation of their own begins to wait.

    What is audited is audited last: whoever holds the end of the trail must wait for nobody who wants it too.
    """
    await _lock(organisation)
    lost = await fetch(_END, now, actor.account, LEFT, organisation)
    given = await _give(actor, organisation, lost, now)
    waiting = await wait_again(lost, now=now)
    await _tell("staff:access:withdrawn" if actor.is_staff else "family:access:given_up", actor, lost, now)
    await _tell("staff:access:activated", actor, given, now)
    await record_waiting(actor, waiting, now=now)
    return [gone["child"] for gone in lost]


async def _give(actor: Actor, organisation: int, lost: Rows, now: datetime) -> Rows:
    """Give what is due here, and at the other workplaces of those who have `lost` something."""
    elsewhere = await fetch(_WORKPLACES, [gone["account"] for gone in lost])
    due = await fetch(_DUE, [organisation, *(one["organisation"] for one in elsewhere)], LEFT)
    given = [
        await fetch(_GIVE, ids.public_id(), one["account"], one["child"], one["organisation"], now, now, actor.account)
        for one in due
    ]
    return [row for rows in given for row in rows]


async def _tell_taken_over(actor: Actor, rows: Rows, now: datetime) -> None:
    """Those who waited were promised an email for when they see the record."""
    await _tell("staff:access:through_work", actor, rows, now)
    for taken in rows:
        if taken["state_before"] == "waiting":
            about = {"reference": taken["case_reference"], "child": taken["child_id"]}
            await notices.queue("portal_access", Recipient(taken["email"], taken["account"]), about, now=now)


async def _lock(organisation: int) -> None:
    await fetch_one("SELECT id FROM organisation WHERE id = {} FOR UPDATE", organisation)


async def _tell(event: str, actor: Actor, rows: Rows, now: datetime) -> None:
    """Audit what happened to each relationship of `rows`."""
    for row in rows:
        detail = {"account": row["account"], "through": "organisation"}
        await audit.record(event, now=now, actor=actor, child=row["child"], subject=row["public_id"], detail=detail)
