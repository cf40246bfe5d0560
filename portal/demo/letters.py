"""The letters of a child's story: messages both ways, read and unread, answered and waiting."""

from datetime import timedelta

from db.engine import fetch, fetch_one
from db.tables import Conversation, Message
from portal import audit
from portal.actor import Actor
from portal.demo.play import Scene
from portal.demo.steps import Wrote
from portal.ids import public_id

_LAST = """
UPDATE conversation SET last_message_at = {},
    waiting_since = CASE WHEN {}::timestamptz IS NULL THEN NULL ELSE coalesce(waiting_since, {}) END
WHERE id = {}
"""

READ_AFTER = timedelta(hours=3)


async def wrote(scene: Scene, step: Wrote) -> None:
    """Put one message into its conversation, on the day when it was written."""
    adult = scene.families[step.adult]
    sender = adult if step.from_family else scene.caseworker
    conversation = await _conversation(scene, step, adult)
    await _insert(scene, step, conversation, sender, adult)
    waiting = scene.now if step.from_family else None
    await fetch(_LAST, scene.now, waiting, waiting, conversation)


async def _conversation(scene: Scene, step: Wrote, adult: Actor) -> int:
    """The conversation with this subject, begun now if this is its first message."""
    row = await fetch_one(
        "SELECT id FROM conversation WHERE child = {} AND account = {} AND subject = {}",
        scene.child.id,
        adult.account,
        step.subject,
    )
    if row:
        return int(row["id"])
    begun = Conversation(
        public_id=public_id(),
        child=scene.child.id,
        account=adult.account,
        message_type=step.message_type,
        subject=step.subject,
        started_at=scene.now,
        last_message_at=scene.now,
        assigned_to=scene.caseworker.account,
    )
    await begun.save()
    return int(begun.id)


async def _insert(scene: Scene, step: Wrote, conversation: int, sender: Actor, adult: Actor) -> None:
    reader = scene.caseworker if step.from_family else adult
    message = Message(
        public_id=public_id(),
        conversation=conversation,
        sender=sender.account,
        from_staff=sender.is_staff,
        body=step.body,
        sent_at=scene.now,
        read_at=scene.now + READ_AFTER if step.read else None,
        read_by=reader.account if step.read else None,
    )
    await message.save()
    event = "staff:message:sent" if sender.is_staff else "family:message:sent"
    await audit.record(event, now=scene.now, actor=sender, child=scene.child.id, subject=message.public_id)
