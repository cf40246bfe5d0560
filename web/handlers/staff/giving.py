"""The SEND team gives a published document to somebody else, after a second look."""

from dataclasses import dataclass, replace

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adults_of, child_of
from portal.documents import giving
from portal.documents.giving import OfferedDocument, offered_to
from portal.documents.staff_queries import StaffDocument, document_of
from portal.errors import NotFound, Refused
from portal.evidence.queries import ByPost, by_post_only
from web.access import Access
from web.forms.form import Form
from web.forms.giving import GiveForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

DOCUMENT = "/staff/children/{child:str}/documents/{document:str}/give"
ADULT = "/staff/children/{child:str}/access/{relationship:str}/documents"
PAGES = "pages/staff/documents"
NOT_THERE = "This document is not with the family, so it cannot be given to anybody else."


@dataclass(frozen=True)
class GiveView:
    """A document and the people who do not have it; in the confirmation those who were `chosen`."""

    child: ChildRecord
    document: StaffDocument
    adults: tuple[AdultWithAccess, ...]
    chosen: tuple[AdultWithAccess, ...] = ()
    by_post: tuple[ByPost, ...] = ()


@dataclass(frozen=True)
class EarlierView:
    """A person and the documents that they do not have; in the confirmation those that were chosen."""

    child: ChildRecord
    adult: AdultWithAccess
    documents: tuple[OfferedDocument, ...]
    going: tuple[OfferedDocument, ...] = ()

    @property
    def chosen(self) -> tuple[AdultWithAccess, ...]:
        return (self.adult,)


@get(DOCUMENT, access=Access.STAFF)
async def choose_people(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """Who else should get a document."""
    view = await _give_view(request, child, document)
    return page(request, f"{PAGES}/give.html", view, form=await kept(request, Form()))


@post(DOCUMENT, access=Access.STAFF)
async def give(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[str]:
    """First show child, document and each recipient once more; then give it."""
    view, now = await _give_view(request, child, document), now_of(request)
    people = {one.public_id for one in view.adults}
    form = await GiveForm.of(
        request, what="recipient", of_one=document, offered=people, missing="Choose who else gets the document"
    )
    if form.ok and not form.is_confirmed:
        chosen = tuple(one for one in view.adults if one.public_id in form.chosen)
        return page(request, f"{PAGES}/give_confirm.html", replace(view, chosen=chosen), form=form)
    done = await once(request, form, lambda: giving.give(request.actor, view.child, document, form.chosen, now=now))
    if done is None:
        return page(request, f"{PAGES}/give.html", view, form=form)
    await request.auth.say("The document is given. They are told by email.", now)
    return go(request, f"/staff/children/{child}/documents")


@get(ADULT, access=Access.STAFF)
async def choose_documents(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Which of the documents that are published already somebody gets."""
    view = await _earlier_view(request, child, relationship)
    return page(request, f"{PAGES}/earlier.html", view, form=await kept(request, Form()))


@post(ADULT, access=Access.STAFF)
async def give_earlier(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """First show child, recipient and each document once more; then give them."""
    view, now = await _earlier_view(request, child, relationship), now_of(request)
    offered, adult = {one.public_id for one in view.documents}, view.adult.public_id
    form = await GiveForm.of(
        request, what="document", of_one=adult, offered=offered, missing="Choose the documents that they get"
    )
    if form.ok and not form.is_confirmed:
        going = tuple(one for one in view.documents if one.public_id in form.chosen)
        return page(request, f"{PAGES}/earlier_confirm.html", replace(view, going=going), form=form)
    done = await once(
        request, form, lambda: giving.give_several(request.actor, view.child, form.chosen, adult, now=now)
    )
    if done is None:
        return page(request, f"{PAGES}/earlier.html", view, form=form)
    await request.auth.say(f"{view.adult.name} gets the documents, and is told by email.", now)
    return go(request, f"/staff/children/{child}")


async def _give_view(request: Request, child: str, document: str) -> GiveView:
    record = await child_of(request.actor, child, now=now_of(request))
    found = await document_of(record, document)
    if found.state(now_of(request)) not in ("planned", "published"):
        raise Refused(NOT_THERE)
    adults = tuple(one for one in await adults_of(record.id) if not found.has_now(one.public_id))
    return GiveView(record, found, adults, by_post=await by_post_only(record))


async def _earlier_view(request: Request, child: str, relationship: str) -> EarlierView:
    record = await child_of(request.actor, child, now=now_of(request))
    adult = next((one for one in await adults_of(record.id) if one.relationship == relationship), None)
    if adult is None:
        raise NotFound
    return EarlierView(record, adult, await offered_to(record, adult.account, now=now_of(request)))
