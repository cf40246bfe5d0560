"""Asking for a form, filling it page by page, sending it in, reading what came back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import Action
from portal import audit, notices
from portal.access.queries import ChildRecord
from portal.actions.queries import ActionRecord
from portal.actions.rules import wants_paper, wrong_audience
from portal.actor import Actor
from portal.cover.telling import tell_team
from portal.dates import london_day
from portal.errors import Refused, RuleBroken
from portal.forms import engine
from portal.forms.definition import FormDefinition
from portal.ids import public_id, readable
from portal.notices import Recipient
from portal.wishes.commands import keep_letters

SENT_ALREADY = "This form has been sent in already. Phone the SEND team if something in it should change."
REFERENCE_LENGTH = 8


async def assign(
    actor: Actor, child: ChildRecord, adult: str, form: FormDefinition, due_on: date | None, *, now: datetime
) -> str:
    """Ask one adult (by the account's public id) to fill `form`, and mail them. Gives the action's id.

    Raises RuleBroken on `recipient` when this adult has no access, on `form` when the same
    form is still open with them or is not meant for them, or on `due` when the day has passed.
    """
    async with DB.transaction():
        to = await _adult(child, adult)
        if wrong := wrong_audience(to["basis"], form.audiences):
            raise RuleBroken("form", wrong)
        if due_on is not None and due_on < london_day(now):
            raise RuleBroken("due", "The due date must be today or later")
        await _refuse_second(child, to["id"], form)
        action = Action(
            public_id=public_id(),
            child=child.id,
            account=to["id"],
            form_key=form.key,
            form_version=form.version,
            due_on=due_on,
            state="to_do",
            assigned_by=actor.account,
            assigned_at=now,
        )
        await action.save()
        about = {"reference": child.case_reference, "child": child.public_id, "action": action.public_id}
        await notices.queue("new_action", Recipient(to["email"], to["id"]), about, now=now)
        await audit.record(
            "staff:action:assigned",
            now=now,
            actor=actor,
            child=child.id,
            subject=action.public_id,
            detail={"form": form.key, "version": form.version, "to": to["id"]},
        )
    return str(action.public_id)


async def save_page(actor: Actor, action: ActionRecord, answers: Mapping[str, Any], *, now: datetime) -> None:
    """Keep the answers of one page. Raises Refused when the form has been sent in meanwhile."""
    kept = await fetch(
        "UPDATE action SET answers = answers || {}::jsonb, state = 'in_progress', saved_at = {}"
        " WHERE id = {} AND account = {} AND state IN ('to_do', 'in_progress') RETURNING id",
        json.dumps(answers),
        now,
        action.id,
        actor.account,
    )
    if not kept:
        raise Refused(SENT_ALREADY)


async def submit(actor: Actor, child: ChildRecord, action: ActionRecord, form: FormDefinition, *, now: datetime) -> str:
    """Send the form in, once. Gives its reference. Answers to questions no longer asked are left out.

    What the consent form says about letters on paper becomes the account's wish.

    Raises RuleBroken when an answer is missing (the page says which), Refused when it was sent already.
    """
    if engine.check_all(form, action.answers):
        raise RuleBroken("", "Some questions still need an answer before you can send the form")
    final = engine.answers_shown(form, action.answers)
    async with DB.transaction():
        sent = await fetch_one(
            "UPDATE action SET answers = {}::jsonb, state = 'submitted', submitted_at = {}, reference = {}"
            " WHERE id = {} AND account = {} AND state IN ('to_do', 'in_progress') RETURNING reference",
            json.dumps(final),
            now,
            readable(REFERENCE_LENGTH),
            action.id,
            actor.account,
        )
        if sent is None:
            raise Refused(SENT_ALREADY)
        await audit.record(
            "family:form:submitted", now=now, actor=actor, child=child.id, subject=action.public_id,
            detail={"form": form.key, "version": form.version},
        )  # fmt: skip
        on_paper = wants_paper(form.key, final)
        if on_paper is not None:
            await keep_letters(actor, on_paper=on_paper, now=now)
        await tell_team("form_returned", child, {"action": action.public_id}, now=now)
    return str(sent["reference"])


async def withdraw(actor: Actor, child: ChildRecord, action: ActionRecord, *, now: datetime) -> None:
    """Take back a request that has not been answered yet. Raises Refused when it has."""
    async with DB.transaction():
        taken = await fetch(
            "UPDATE action SET state = 'withdrawn' WHERE id = {} AND state IN ('to_do', 'in_progress') RETURNING id",
            action.id,
        )
        if not taken:
            raise Refused("This form has been sent in already, so it cannot be withdrawn.")
        await audit.record("staff:action:withdrawn", now=now, actor=actor, child=child.id, subject=action.public_id)


async def note_read(actor: Actor, child: ChildRecord, action: ActionRecord, *, now: datetime) -> None:
    """Remember that the SEND team has read a form that came back; the family sees the day."""
    if action.state != "submitted":
        return
    async with DB.transaction():
        await fetch(
            "UPDATE action SET read_at = {}, read_by = {} WHERE id = {} AND read_at IS NULL",
            now,
            actor.account,
            action.id,
        )
        await audit.record("staff:form:read", now=now, actor=actor, child=child.id, subject=action.public_id)


async def _adult(child: ChildRecord, public_id: str) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT a.id, a.email, r.basis FROM account a JOIN relationship r ON r.account = a.id"
        " WHERE a.public_id = {} AND r.child = {} AND r.state = 'active'",
        public_id,
        child.id,
    )
    if row is None:
        raise RuleBroken("recipient", "Choose somebody who has access to this child's record now")
    return row


async def _refuse_second(child: ChildRecord, account: int, form: FormDefinition) -> None:
    open_one = await fetch(
        "SELECT id FROM action WHERE child = {} AND account = {} AND form_key = {}"
        " AND state IN ('to_do', 'in_progress')",
        child.id,
        account,
        form.key,
    )
    if open_one:
        raise RuleBroken("form", "This person has this form already and has not sent it in yet")
