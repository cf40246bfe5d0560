"""The SEND team's documents: prepare, publish after a confirmation, recall, see who opened what."""

from dataclasses import dataclass
from datetime import datetime, time

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adults_of, child_of
from portal.documents import commands, staff_queries
from portal.documents.staff_queries import StaffDocument
from portal.errors import RuleBroken
from portal.files.check import FileRefused
from portal.once import only_once
from web.access import Access
from web.dates import LONDON, today
from web.forms.documents import PrepareForm, PublishForm, RecallForm
from web.forms.form import Form
from web.handlers.documents import hand_over
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class PublishView:
    """A document, who can get it, and in the confirmation who will."""

    child: ChildRecord
    document: StaffDocument
    adults: tuple[AdultWithAccess, ...]
    chosen: tuple[AdultWithAccess, ...] = ()
    when: datetime | None = None


@dataclass(frozen=True)
class DocumentView:
    """One document of a child."""

    child: ChildRecord
    document: StaffDocument | None = None


@get("/staff/children/{child:str}/documents", access=Access.STAFF)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """Every document, with the evidence for each recipient."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    return page(request, "pages/staff/documents/list.html", await staff_queries.documents_of(record, now=now))


@get("/staff/children/{child:str}/documents/new", access=Access.STAFF)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Choose a file."""
    record = await child_of(request.actor, child, now=now_of(request))
    return page(request, "pages/staff/documents/new.html", DocumentView(record), form=await kept(request, Form()))


@post("/staff/children/{child:str}/documents/new", access=Access.STAFF)
async def prepare(request: Request, child: FromPath[str]) -> Response[str]:
    """Keep the file; publishing is the next step."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    form = await PrepareForm.of(request)
    if form.ok and form.upload is not None and form.document_date is not None:
        content, filename, day = await form.upload.read(), form.upload.filename, form.document_date
        try:
            document = await only_once(
                once_key(request, form),
                lambda: commands.prepare(
                    request.actor,
                    record,
                    filename=filename,
                    content=content,
                    description=form.description,
                    document_date=day,
                    store=request.app.state.files,
                    now=now,
                ),
                now=now,
            )
            return go(request, f"/staff/children/{record.public_id}/documents/{document}/publish")
        except FileRefused as error:
            form.refuse("file", error.message)
    return page(request, "pages/staff/documents/new.html", DocumentView(record), form=form)


@get("/staff/children/{child:str}/documents/{document:str}", access=Access.STAFF)
async def open_document(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """Download a document."""
    return await hand_over(request, child, document)


@get("/staff/children/{child:str}/documents/{document:str}/publish", access=Access.STAFF)
async def choose(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Who should get it, and when."""
    view = await _publish_view(request, child, document)
    form = await kept(request, Form.showing(when="now"))
    return page(request, "pages/staff/documents/publish.html", view, form=form)


@post("/staff/children/{child:str}/documents/{document:str}/publish", access=Access.STAFF)
async def publish(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """First show child, file and each recipient once more; then publish."""
    view, now = await _publish_view(request, child, document), now_of(request)
    form = await PublishForm.of(request, adults={one.public_id for one in view.adults}, today=today(now))
    at = datetime.combine(form.later, time(9), LONDON) if form.later else None
    if not form.ok:
        return page(request, "pages/staff/documents/publish.html", view, form=form)
    if not form.is_confirmed:
        chosen = tuple(one for one in view.adults if one.public_id in form.recipients)
        shown = PublishView(view.child, view.document, view.adults, chosen, at)
        return page(request, "pages/staff/documents/confirm.html", shown, form=form)
    try:
        await commands.publish(request.actor, view.child, document, form.recipients, at=at or now, now=now)
    except RuleBroken as error:
        form.refuse(error.field, error.message)
        return page(request, "pages/staff/documents/publish.html", view, form=form)
    await request.auth.say("The document is published." if at is None else "The document will be published.", now)
    return go(request, f"/staff/children/{view.child.public_id}/documents")


@get("/staff/children/{child:str}/documents/{document:str}/recall", access=Access.STAFF)
async def ask_recall(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Why it is taken back."""
    record = await child_of(request.actor, child, now=now_of(request))
    view = DocumentView(record, await staff_queries.document_of(record, document))
    return page(request, "pages/staff/documents/recall.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/documents/{document:str}/recall", access=Access.STAFF)
async def recall(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Take it back at once."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    form, found = await RecallForm.of(request), await staff_queries.document_of(record, document)
    if not form.ok:
        return page(request, "pages/staff/documents/recall.html", DocumentView(record, found), form=form)
    await commands.recall(request.actor, record, document, form.reason, now=now)
    await request.auth.say("The document is recalled. Nobody in the family can open it any more.", now)
    return go(request, f"/staff/children/{record.public_id}/documents")


async def _publish_view(request: Request, child: str, document: str) -> PublishView:
    record = await child_of(request.actor, child, now=now_of(request))
    found = await staff_queries.document_of(record, document)
    return PublishView(record, found, tuple(await adults_of(record.id)))
