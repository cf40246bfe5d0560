"""The documents of a child's story: real PDF files, published to named people, some of them opened."""

import json
from datetime import timedelta

from db.tables import Document, DocumentRecipient, Notice
from portal import audit
from portal.demo.pdf import letter
from portal.demo.play import Scene
from portal.demo.steps import Published
from portal.files.check import check
from portal.files.commands import keep_checked
from portal.ids import public_id

OPENED_AFTER = timedelta(hours=5)


async def published(scene: Scene, step: Published) -> None:
    """Keep the file, publish it and serve it, on the day of the step."""
    file = await _keep(scene, step)
    document = Document(
        public_id=public_id(),
        child=scene.child.id,
        file=file,
        description=step.description,
        document_date=scene.on(step.day),
        uploaded_by=scene.caseworker.account,
        uploaded_at=scene.now,
        published_at=scene.now,
        published_by=scene.caseworker.account,
    )
    await document.save()
    await audit.record(
        "staff:document:published",
        now=scene.now,
        actor=scene.caseworker,
        child=scene.child.id,
        subject=document.public_id,
    )
    for adult in step.adults:
        await _serve(scene, document, adult, opened=adult in step.opened_by)


async def _keep(scene: Scene, step: Published) -> int:
    head = [f"Case {scene.child.case_reference}: {scene.child.name}", f"{scene.on(step.day):%d %B %Y}".lstrip("0"), ""]
    content, name = letter(step.description, [*head, *step.text]), f"{step.description}.pdf"
    checked = await check(name, content)
    file = await keep_checked(scene.caseworker, scene.child.id, checked, scene.files, now=scene.now)
    return int(file.id)


async def _serve(scene: Scene, document: Document, adult: str, *, opened: bool) -> None:
    account = scene.families[adult]
    opened_at = scene.now + OPENED_AFTER if opened else None
    about = json.dumps({"document": document.public_id})
    notice = Notice(
        kind="new_document",
        account=account.account,
        email=account.email,
        about=about,
        queued_at=scene.now,
        sent_at=scene.now,
        result="sent",
        tries=1,
    )
    await notice.save()
    await DocumentRecipient(
        document=document.id,
        account=account.account,
        served_at=scene.now,
        notice=notice.id,
        first_opened_at=opened_at,
    ).save()
    if opened_at:
        await audit.record(
            "family:document:opened", now=opened_at, actor=account, child=scene.child.id, subject=document.public_id
        )
