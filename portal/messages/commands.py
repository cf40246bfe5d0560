"""Sending, answering and opening messages between one adult and the SEND team."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import DB, fetch, fetch_one
from db.tables import Conversation, Message, MessageType
from portal import audit, notices, throttle
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cover.telling import tell_team
from portal.errors import RuleBroken
from portal.ids import public_id
from portal.messages import drafts, rules
from portal.messages.drafts import Place
from portal.messages.queries import ConversationView
from portal.notices import Recipient


async def start(
    actor: Actor, child: ChildRecord, *, message_type: str, subject: str, body: str, to: str = "", now: datetime
) -> str:
    """Begin a conversation. Families write to the SEND team; staff to the adult `to` (the account's public id).

    The files of the draft go with it. Gives the message's public id. Raises RuleBroken on
    `recipient` when that adult has no access, or TooManyTries.
    """
    await throttle.spend(rules.SENT_MESSAGES, str(actor.account), now=now, message=rules.TOO_MANY)
    async with DB.transaction():
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
        return await _add(actor, child, conversation.id, adult, None, body, now)


async def reply(actor: Actor, conversation: ConversationView, *, body: str, now: datetime) -> str:
    """Answer in a conversation that the actor may see. Gives the message's public id. Raises TooManyTries."""
    await throttle.spend(rules.SENT_MESSAGES, str(actor.account), now=now, message=rules.TOO_MANY)
    async with DB.transaction():
        adult = await fetch_one("SELECT id, email FROM account WHERE id = {}", conversation.account)
        assert adult is not None
        to = Recipient(adult["email"], adult["id"])
        return await _add(actor, conversation.child, conversation.id, to, conversation.id, body, now)


async def note_opened(actor: Actor, conversation: ConversationView, *, now: datetime) -> None:
    """Remember when the other side's messages were first opened."""
    opened = await fetch(
        "UPDATE message SET read_at = {}, read_by = {} WHERE conversation = {} AND from_staff = {}"
        " AND read_at IS NULL RETURNING public_id",
        now,
        actor.account,
        conversation.id,
        not actor.is_staff,
    )
    for row in opened:
        side = "staff" if actor.is_staff else "family"
        await audit.record(
            f"{side}:message:opened", now=now, actor=actor, child=conversation.child.id, subject=row["public_id"]
        )


async def no_answer_needed(actor: Actor, conversation: ConversationView, *, now: datetime) -> None:
    """Take a conversation out of the team's inbox without writing."""
    async with DB.transaction():
        await fetch("UPDATE conversation SET waiting_since = NULL WHERE id = {}", conversation.id)
        await audit.record(
            "staff:message:no_answer_needed",
            now=now,
            actor=actor,
            child=conversation.child.id,
            subject=conversation.opened,
        )


async def add_first_message_types(names: Sequence[str]) -> None:
    """Give an empty list of message types the council's first ones, in their order."""
    async with DB.transaction():
        if not await fetch("SELECT id FROM message_type LIMIT 1"):
            await MessageType.insert(
                *(MessageType(name=name, position=number, active=True) for number, name in enumerate(names))
            )


async def _add(
    actor: Actor, child: ChildRecord, conversation: int, adult: Recipient, place: int | None, body: str, now: datetime
) -> str:
    message = Message(
        public_id=public_id(),
        conversation=conversation,
        sender=actor.account,
        from_staff=actor.is_staff,
        body=body,
        sent_at=now,
    )
    await message.save()
    await _take_files(actor, Place(child, place), message.id)
    await fetch(
        "UPDATE conversation SET last_message_at = {}, waiting_since = CASE WHEN {} THEN NULL"
        " ELSE coalesce(waiting_since, {}::timestamptz) END WHERE id = {}",
        now,
        actor.is_staff,
        now,
        conversation,
    )
    side = "staff" if actor.is_staff else "family"
    await audit.record(f"{side}:message:sent", now=now, actor=actor, child=child.id, subject=message.public_id)
    await _tell(actor, child, adult, message.public_id, now)
    return str(message.public_id)


async def _take_files(actor: Actor, place: Place, message: int) -> None:
    draft = await drafts.draft_at(actor, place)
    if draft:
        await fetch("UPDATE attachment SET message = {}, draft = NULL WHERE draft = {}", message, draft.id)
        await fetch("DELETE FROM message_draft WHERE id = {}", draft.id)


async def _tell(actor: Actor, child: ChildRecord, adult: Recipient, message: str, now: datetime) -> None:
    if actor.is_staff:
        about = {"reference": child.case_reference, "child": child.public_id, "message": message}
        await notices.queue("new_message", adult, about, now=now)
    else:
        await tell_team("new_message_for_staff", child, {"message": message}, now=now)


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
