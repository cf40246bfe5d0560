"""One thing of each kind that belongs to one adult of a child: what nobody else of the family may read."""

import json
from dataclasses import dataclass
from datetime import datetime

from db.engine import fetch_one
from db.tables import (
    Action,
    ActionFile,
    AdviserWish,
    Attachment,
    Conversation,
    Document,
    DocumentRecipient,
    DraftPlan,
    DraftPlanRecipient,
    DraftPlanResponse,
    Message,
    MessageDraft,
    StoredFile,
)
from portal.actor import Actor
from portal.ids import public_id


@dataclass(frozen=True)
class Belongings:
    """The public ids of what one adult has. `mark` stands in the text of each thing."""

    mark: str
    message: str
    answer: str
    file: str
    document: str
    action: str
    form_file: str
    draft_plan: str
    response: str
    wish: str


async def give_belongings(adult: Actor, child: int, staff: Actor, now: datetime) -> Belongings:
    """Put them there, as if both had written and sent everything at `now`; `child` is the child's id."""
    mark = f"for {adult.name} only, about child {child}."
    message, answer, file = await _letters(adult, child, staff, mark, now)
    document, document_id = await _document(adult, child, staff, mark, now)
    action, form_file = await _form(adult, child, staff, mark, now)
    draft_plan, response = await _draft(adult, child, staff, document_id, mark, now)
    wish = await _wish(adult, child, mark, now)
    return Belongings(mark, message, answer, file, document, action, form_file, draft_plan, response, wish)


async def _letters(adult: Actor, child: int, staff: Actor, mark: str, now: datetime) -> tuple[str, str, str]:
    conversation = Conversation(
        public_id=public_id(),
        child=child,
        account=adult.account,
        message_type="Annual Review",
        subject=f"Subject {mark}",
        started_at=now,
        last_message_at=now,
        waiting_since=now,
    )
    await conversation.save()
    file = await _file(adult, child, mark, now)
    sent = [await _message(conversation.id, sender, f"Letter {mark}", now) for sender in (adult, staff)]
    await Attachment(message=sent[0].id, file=file.id).save()
    draft = MessageDraft(public_id=public_id(), account=adult.account, child=child, subject=f"Begun {mark}")
    draft.body, draft.updated_at = mark, now
    await draft.save()
    return sent[0].public_id, sent[1].public_id, file.public_id


async def _message(conversation: int, sender: Actor, body: str, now: datetime) -> Message:
    made = Message(public_id=public_id(), conversation=conversation, sender=sender.account, body=body, sent_at=now)
    made.from_staff = sender.is_staff
    await made.save()
    return made


async def _file(owner: Actor, child: int, mark: str, now: datetime) -> StoredFile:
    made = StoredFile(
        public_id=public_id(),
        child=child,
        uploaded_by=owner.account,
        name=f"{mark}.pdf",
        media_type="application/pdf",
        size=1,
        sha256="",
        stored_as=public_id(),
        scan_state="clean",
        scan_detail="",
        created_at=now,
    )
    await made.save()
    return made


async def _document(adult: Actor, child: int, staff: Actor, mark: str, now: datetime) -> tuple[str, int]:
    file = await _file(staff, child, mark, now)
    made = Document(
        public_id=public_id(),
        child=child,
        file=file.id,
        description=f"Document {mark}",
        document_date=now.date(),
        uploaded_by=staff.account,
        uploaded_at=now,
        published_at=now,
        published_by=staff.account,
    )
    await made.save()
    await DocumentRecipient(document=made.id, account=adult.account, served_at=now).save()
    return made.public_id, int(made.id)


async def _form(adult: Actor, child: int, staff: Actor, mark: str, now: datetime) -> tuple[str, str]:
    made = Action(
        public_id=public_id(),
        child=child,
        account=adult.account,
        form_key="parent_views",
        form_version=1,
        state="submitted",
        answers=json.dumps({"anything_else": f"Answer {mark}"}),
        assigned_by=staff.account,
        assigned_at=now,
        submitted_at=now,
        reference=public_id(),
    )
    await made.save()
    file = await _file(adult, child, mark, now)
    await ActionFile(action=made.id, file=file.id).save()
    return made.public_id, file.public_id


async def _draft(adult: Actor, child: int, staff: Actor, document: int, mark: str, now: datetime) -> tuple[str, str]:
    plan = DraftPlan(
        public_id=public_id(),
        child=child,
        ehc_case=await _case(child),
        document=document,
        created_by=staff.account,
        created_at=now,
    )
    await plan.save()
    await DraftPlanRecipient(
        draft_plan=plan.id, account=adult.account, served_on=now.date(), recorded_by=staff.account, recorded_at=now
    ).save()
    said = DraftPlanResponse(
        public_id=public_id(), draft_plan=plan.id, account=adult.account, part="B", body=f"Comment {mark}"
    )
    said.saved_at = said.sent_at = now
    await said.save()
    return plan.public_id, said.public_id


async def _wish(adult: Actor, child: int, mark: str, now: datetime) -> str:
    made = AdviserWish(
        public_id=public_id(),
        ehc_case=await _case(child),
        account=adult.account,
        name=f"Adviser {mark}",
        organisation="Clinic",
        why=mark,
        asked_at=now,
        answer="",
        reason="",
    )
    await made.save()
    return made.public_id


async def _case(child: int) -> int:
    row = await fetch_one("SELECT id FROM ehc_case WHERE child = {} ORDER BY id DESC LIMIT 1", child)
    assert row
    return int(row["id"])
