"""The SEND team's documents: prepare, publish after a confirmation, recall, see who opened what."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adults_of, child_of
from portal.dates import LONDON
from portal.documents import commands, staff_queries
from portal.documents.staff_queries import StaffDocument
from portal.errors import Refused
from portal.evidence.queries import ByPost, by_post_only
from portal.files.commands import check_chosen
from portal.files.rules import MAX_SIZE, FileRefused
from portal.once import only_once
from web.access import Access
from web.dates import day, today
from web.forms.documents import PrepareForm, PublishForm, RecallForm
from web.forms.form import Form
from web.handlers.documents import hand_over
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page

MAX_BODY = 32 * 1024 * 1024
"""Bytes: somebody whose scan is a little too large is told so beside the field, with all they typed still there."""
OPENS = time(9)
"""When a document that is planned for a day is shown, in London."""


@dataclass(frozen=True)
class PublishView:
    """A document, who can get it, and in the confirmation who will."""

    child: ChildRecord
    document: StaffDocument
    adults: tuple[AdultWithAccess, ...]
    chosen: tuple[AdultWithAccess, ...] = ()
    when: datetime | None = None
    by_post: tuple[ByPost, ...] = ()


@dataclass(frozen=True)
class DocumentView:
    """One document of a child."""

    child: ChildRecord
    document: StaffDocument | None = None


@get("/staff/children/{child:str}/documents", access=Access.STAFF)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """The documents, with the evidence for each recipient."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    before = request.query_params.get("before", "")
    found = await staff_queries.documents_of(record, before=before, now=now)
    view = replace(found, by_post=await by_post_only(record))
    return page(request, "pages/staff/documents/list.html", view)


@get("/staff/children/{child:str}/documents/new", access=Access.STAFF)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Choose a file."""
    record = await child_of(request.actor, child, now=now_of(request))
    return page(request, "pages/staff/documents/new.html", DocumentView(record), form=await kept(request, Form()))


@post("/staff/children/{child:str}/documents/new", access=Access.STAFF, request_max_body_size=MAX_BODY)
async def prepare(request: Request, child: FromPath[str]) -> Response[str]:
    """Keep the file; publishing is the next step."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    form = await PrepareForm.of(request, today=today(now))
    if form.ok:
        try:
            document = await _prepare(request, record, form)
            return go(request, f"/staff/children/{record.public_id}/documents/{document}/publish")
        except FileRefused as error:
            form.refuse("file", error.message)
    return page(request, "pages/staff/documents/new.html", DocumentView(record), form=form)


@get("/staff/children/{child:str}/documents/{document:str}", access=Access.STAFF, is_download=True)
async def open_document(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """Download a document."""
    return await hand_over(request, child, document)


@get("/staff/children/{child:str}/documents/{document:str}/publish", access=Access.STAFF)
async def choose(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Who should get it, and when."""
    view = await _publish_view(request, child, document)
    _refuse_unless(view.document, ("prepared",), request, "This document has been published already.")
    form = await kept(request, Form.showing(when="now"))
    return page(request, "pages/staff/documents/publish.html", view, form=form)


@post("/staff/children/{child:str}/documents/{document:str}/publish", access=Access.STAFF)
async def publish(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """First show child, file and each recipient once more; then publish."""
    view, now = await _publish_view(request, child, document), now_of(request)
    adults = {one.public_id for one in view.adults}
    form = await PublishForm.of(request, document=document, adults=adults, today=today(now))
    if not form.ok:
        return page(request, "pages/staff/documents/publish.html", view, form=form)
    at = datetime.combine(form.later, OPENS, LONDON) if form.later else None
    if not form.is_confirmed:
        chosen = tuple(one for one in view.adults if one.public_id in form.recipients)
        return page(request, "pages/staff/documents/confirm.html", replace(view, chosen=chosen, when=at), form=form)

    async def act() -> str:
        return await commands.publish(request.actor, view.child, document, form.recipients, at=at or now, now=now)

    done = await once(request, form, act)
    if done is None:
        return page(request, "pages/staff/documents/publish.html", view, form=form)
    await request.auth.say(f"The document will be published on {day(at)}." if at else "The document is published.", now)
    return go(request, f"/staff/children/{view.child.public_id}/documents")


@get("/staff/children/{child:str}/documents/{document:str}/recall", access=Access.STAFF)
async def ask_recall(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Why it is taken back."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await staff_queries.document_of(record, document)
    _refuse_unless(found, ("planned", "published"), request, "This document is not with the family.")
    return page(
        request, "pages/staff/documents/recall.html", DocumentView(record, found), form=await kept(request, Form())
    )


@post("/staff/children/{child:str}/documents/{document:str}/recall", access=Access.STAFF)
async def recall(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Take it back at once."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    form, found = await RecallForm.of(request), await staff_queries.document_of(record, document)
    if not form.ok:
        return page(request, "pages/staff/documents/recall.html", DocumentView(record, found), form=form)

    async def act() -> str:
        return await commands.recall(request.actor, record, document, form.reason, now=now)

    await only_once(once_key(request, form), act, now=now)
    await request.auth.say("The document is recalled. Nobody in the family can open it any more.", now)
    return go(request, f"/staff/children/{record.public_id}/documents")


async def _prepare(request: Request, child: ChildRecord, form: PrepareForm) -> str:
    """Check the file first, because that can take seconds; then keep it in one transaction. Raises FileRefused."""
    assert form.upload is not None, "the form is ok"
    assert form.document_date is not None, "the form is ok"
    now, day_on_it = now_of(request), form.document_date
    content = await form.upload.read(MAX_SIZE + 1)
    checked = await check_chosen(request.actor, form.upload.filename, content, now=now)

    async def act() -> str:
        return await commands.prepare(
            request.actor,
            child,
            checked,
            description=form.description,
            document_date=day_on_it,
            store=request.app.state.files,
            now=now,
        )

    return await only_once(once_key(request, form), act, now=now)


async def _publish_view(request: Request, child: str, document: str) -> PublishView:
    record = await child_of(request.actor, child, now=now_of(request))
    found = await staff_queries.document_of(record, document)
    adults = tuple(await adults_of(record.id))
    return PublishView(record, found, adults, by_post=await by_post_only(record))


def _refuse_unless(document: StaffDocument, states: Collection[str], request: Request, otherwise: str) -> None:
    if document.state(now_of(request)) not in states:
        raise Refused(otherwise)
