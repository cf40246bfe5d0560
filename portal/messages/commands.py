"""Sending, answering and opening messages between one adult and the SEND team."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Conversation, Message, MessageType
from portal import audit, notices, throttle
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.answers.rules import unfilled
from portal.audit import Happened
from portal.cover.telling import tell_team
from portal.errors import Refused, RuleBroken
from portal.ids import public_id
from portal.messages import drafts, rules
from portal.messages.drafts import Place
from portal.messages.queries import ConversationView
from portal.notices import Recipient

NO_ACCESS = "This person has no access to the record any more, so they could not read it. Write to them by post."

_OPENED = """
UPDATE message SET read_at = {}, read_by = {} WHERE conversation = {} AND public_id = ANY({}::text[])
AND read_at IS NULL RETURNING public_id
"""

_ANSWERED = """
UPDATE conversation SET waiting_since = (
    SELECT min(m.sent_at) FROM message m WHERE m.conversation = {} AND NOT m.from_staff
        AND (m.sent_at, m.id) > (SELECT s.sent_at, s.id FROM message s WHERE s.conversation = {} AND s.public_id = {})
) WHERE id = {} RETURNING waiting_since
"""


async def start(
    actor: Actor, child: ChildRecord, *, message_type: str, subject: str, body: str, to: str = "", now: datetime
) -> str:
    """Begin a conversation. Families write to the SEND team; staff to the adult `to` (the account's public id).

    The files of the draft go with it. Gives the message's public id. Raises RuleBroken on `recipient` when that
    adult has no access, on `message` when staff left a template's field in it, or TooManyTries.
    """
    _check(actor, body)
    async with DB.transaction():
        await _begin(actor, now)
        adult = await _adult(child, to) if actor.is_staff else Recipient.of(actor)
        conversation = Conversation(
            public_id=public_id(),
            child=child.id,
            account=adult.account,
            message_type=message_type,
            subject=subject,
            started_at=now,
            last_message_at=now,
        )
        await conversation.save()
        message = await _add(actor, Place(child), conversation.id, body, now)
        await _note_waiting(actor, conversation.id, message, now)
        await _tell(actor, child, adult, message, None, now)
    return message


async def reply(actor: Actor, conversation: ConversationView, *, body: str, seen: str = "", now: datetime) -> str:
    """Answer in a conversation that the actor may see. Gives the message's public id.

    `seen` is the newest message that staff had before them; what came after it still waits for an answer.
    Raises TooManyTries, RuleBroken on `message` when staff left a template's field in it, Refused when they
    answer somebody who lost access.
    """
    _check(actor, body)
    if actor.is_staff and not conversation.reads:
        raise Refused(NO_ACCESS)
    async with DB.transaction():
        await _begin(actor, now)
        adult = await fetch_one("SELECT id, email FROM account WHERE id = {}", conversation.account)
        assert adult is not None
        to, place = Recipient(adult["email"], adult["id"]), Place(conversation.child, conversation.id)
        message = await _add(actor, place, conversation.id, body, now)
        await _note_waiting(actor, conversation.id, seen or conversation.newest, now)
        await _tell(actor, conversation.child, to, message, conversation.answerer, now)
    return message


async def note_opened(actor: Actor, conversation: ConversationView, *, now: datetime) -> None:
    """Remember when the other side's messages were first opened: those that are shown, and no later ones."""
    shown = [one.public_id for one in conversation.letters if one.from_staff != actor.is_staff and not one.read_at]
    if not shown:
        return
    event, child = f"{'staff' if actor.is_staff else 'family'}:message:opened", conversation.child.id
    async with DB.transaction():
        opened = await fetch(_OPENED, now, actor.account, conversation.id, shown)
        happened = [Happened(event, child, row["public_id"]) for row in opened]
        await audit.record_many(happened, now=now, actor=actor.account)


async def no_answer_needed(actor: Actor, conversation: ConversationView, *, seen: str, now: datetime) -> bool:
    """Take a conversation out of the team's inbox without writing.

    Only what was `seen` (the newest message on the page, its public id) needs no answer: gives whether anything
    that came since still waits.
    """
    async with DB.transaction():
        waits = await _still_waits(conversation.id, seen)
        await audit.record(
            "staff:message:no_answer_needed",
            now=now,
            actor=actor,
            child=conversation.child.id,
            subject=conversation.opened,
        )
    return waits


async def add_first_message_types(names: Sequence[str]) -> None:
    """Give an empty list of message types the council's first ones, in their order."""
    async with DB.transaction():
        if not await fetch("SELECT id FROM message_type LIMIT 1"):
            await MessageType.insert(
                *(MessageType(name=name, position=number, active=True) for number, name in enumerate(names))
            )


def _check(actor: Actor, body: str) -> None:
    left = unfilled(body) if actor.is_staff else []
    if left:
        raise RuleBroken("message", f"Put the right words in place of {left[0]}, or take it out")


async def _begin(actor: Actor, now: datetime) -> None:
    await drafts.hold(actor)
    await throttle.spend(rules.SENT_MESSAGES, str(actor.account), now=now, message=rules.TOO_MANY)


async def _add(actor: Actor, place: Place, conversation: int, body: str, now: datetime) -> str:
    message = Message(
        public_id=public_id(),
        conversation=conversation,
        sender=actor.account,
        from_staff=actor.is_staff,
        body=body,
        sent_at=now,
    )
    await message.save()
    await _take_files(actor, place, message.id)
    await fetch("UPDATE conversation SET last_message_at = {} WHERE id = {}", now, conversation)
    side, child = "staff" if actor.is_staff else "family", place.child.id
    await audit.record(f"{side}:message:sent", now=now, actor=actor, child=child, subject=message.public_id)
    return str(message.public_id)


async def _note_waiting(actor: Actor, conversation: int, seen: str, now: datetime) -> None:
    """A family's message waits for an answer; the team's answers what had been seen."""
    if actor.is_staff:
        await _still_waits(conversation, seen)
    else:
        await fetch("UPDATE conversation SET waiting_since = coalesce(waiting_since, {}) WHERE id = {}",
                    now, conversation)  # fmt: skip


async def _still_waits(conversation: int, seen: str) -> bool:
    row = await fetch_one(_ANSWERED, conversation, conversation, seen, conversation)
    return row is not None and row["waiting_since"] is not None


async def _take_files(actor: Actor, place: Place, message: int) -> None:
    draft = await drafts.draft_at(actor, place)
    if draft:
        await fetch("UPDATE attachment SET message = {}, draft = NULL WHERE draft = {}", message, draft.id)
        await fetch("DELETE FROM message_draft WHERE id = {}", draft.id)


async def _tell(
    actor: Actor, child: ChildRecord, adult: Recipient, message: str, answerer: int | None, now: datetime
) -> None:
    if actor.is_staff:
        about = {"reference": child.case_reference, "child": child.public_id, "message": message}
        await notices.queue("new_message", adult, about, now=now)
    else:
        await tell_team("new_message_for_staff", child, {"message": message}, answerer=answerer, now=now)


async def _adult(child: ChildRecord, to: str) -> Recipient:
    row = await fetch_one(
        "SELECT a.id, a.email FROM account a JOIN relationship r ON r.account = a.id"
        " WHERE a.public_id = {} AND r.child = {} AND r.state = 'active'",
        to,
        child.id,
    )
    if row is None:
        raise RuleBroken("recipient", "Choose somebody who has access to this child's record now")
    return Recipient(row["email"], row["id"])
