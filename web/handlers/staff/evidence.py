"""What became of a document or a letter for one recipient: it was posted, its email came back, it is taken back."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.documents import commands as documents
from portal.documents.staff_queries import document_of
from portal.errors import NotFound
from portal.evidence import commands
from portal.evidence.commands import Kind, Place
from portal.evidence.queries import RecipientLine, recipients_of_letter
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.forms.evidence import PostedForm
from web.forms.form import Form
from web.forms.staff_children import ReasonForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page
from web.views.decisions import letter_view

DOCUMENT = "/staff/children/{child:str}/documents/{document:str}/recipients/{adult:str}"
LETTER = "/staff/children/{child:str}/timeline/letters/{decision:str}/recipients/{adult:str}"


@dataclass(frozen=True)
class RecipientView:
    """One recipient of one document or letter, and the addresses of this page and of the one before."""

    child: ChildRecord
    title: str
    line: RecipientLine
    place: Place
    state: str
    here: str
    back: str

    @property
    def is_document(self) -> bool:
        return self.place.kind == Kind.DOCUMENT


@get([DOCUMENT, f"{DOCUMENT}/posted", f"{DOCUMENT}/recall", LETTER, f"{LETTER}/posted"], access=Access.STAFF)
async def show(request: Request) -> Response[str]:
    """The evidence for one recipient of a document, or of a letter about a decision, and what can be done."""
    view = await _recipient(request)
    on = view.line.posted_on or today(now_of(request))
    typed = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    return _page(request, view, await kept(request, Form.showing(**typed)))


@post([f"{DOCUMENT}/posted", f"{LETTER}/posted"], access=Access.STAFF)
async def posted(request: Request) -> Response[str]:
    """Write down on which day it was posted to somebody."""
    view, now = await _recipient(request), now_of(request)
    form = await PostedForm.of(request, may_undo=view.line.posted_on is not None)

    async def act() -> str:
        return await commands.record_posted(request.actor, view.child, view.place, form.on, today=today(now), now=now)

    if await once(request, form, act) is None:
        return _page(request, view, form)
    return await _done(request, view, "The day is kept." if form.on else "It counts as not posted.")


@post([f"{DOCUMENT}/came-back", f"{LETTER}/came-back"], access=Access.STAFF)
async def came_back(request: Request) -> Response[str]:
    """Write down that the email about it came back."""
    view, form, now = await _recipient(request), await Form.of(request), now_of(request)
    key = once_key(request, form)
    await only_once(key, lambda: commands.note_came_back(request.actor, view.child, view.place, now=now), now=now)
    return await _done(request, view, "We have noted that the email came back. A task opens soon.")


@post(f"{DOCUMENT}/recall", access=Access.STAFF)
async def recall(request: Request, document: FromPath[str], adult: FromPath[str]) -> Response[str]:
    """Take a document back from one person; the others keep it."""
    view, form, now = await _recipient(request), await ReasonForm.of(request), now_of(request)
    done = await once(
        request, form, lambda: documents.recall_from(request.actor, view.child, document, adult, form.reason, now=now)
    )
    if done is None:
        return _page(request, view, form)
    return await _done(request, view, f"{view.line.name} cannot open the document any more. The others can.")


@post("/staff/children/{child:str}/invitations/{invitation:str}/came-back", access=Access.STAFF)
async def invitation_came_back(request: Request, child: FromPath[str], invitation: FromPath[str]) -> Response[str]:
    """Write down that the last email of an invitation came back."""
    now, form = now_of(request), await Form.of(request)
    found = await child_of(request.actor, child, now=now)
    key = once_key(request, form)
    await only_once(key, lambda: commands.note_invitation_came_back(request.actor, found, invitation, now=now), now=now)
    await request.auth.say("We have noted that the email came back. A task opens soon.", now)
    return go(request, f"/staff/children/{child}")


async def _recipient(request: Request) -> RecipientView:
    """The one whom the address names. Raises NotFound."""
    asked = request.path_params
    if "document" in asked:
        return await _of_document(request, asked["child"], asked["document"], asked["adult"])
    return await _of_letter(request, asked["child"], asked["decision"], asked["adult"])


async def _of_document(request: Request, child: str, document: str, adult: str) -> RecipientView:
    record = await child_of(request.actor, child, now=now_of(request))
    found = await document_of(record, document)
    line, state = found.has_now(adult), found.state(now_of(request))
    if line is None or state == "recalled":
        raise NotFound
    back = f"/staff/children/{child}/documents"
    here = f"{back}/{document}/recipients/{adult}"
    return RecipientView(record, found.description, line, Place(Kind.DOCUMENT, document, adult), state, here, back)


async def _of_letter(request: Request, child: str, decision: str, adult: str) -> RecipientView:
    record = await child_of(request.actor, child, now=now_of(request))
    letter = await letter_view(request.actor, record, decision, now=now_of(request))
    lines = await recipients_of_letter(record, decision)
    line = next((one for one in lines if one.account == adult), None)
    if line is None:
        raise NotFound
    back = f"/staff/children/{child}/timeline/letters/{decision}"
    here = f"{back}/recipients/{adult}"
    return RecipientView(
        record, letter.letter.title, line, Place(Kind.LETTER, decision, adult), "published", here, back
    )


def _page(request: Request, view: RecipientView, form: Form) -> Response[str]:
    return page(request, "pages/staff/evidence.html", view, form=form)


async def _done(request: Request, view: RecipientView, said: str) -> Response[str]:
    await request.auth.say(said, now_of(request))
    return go(request, view.back)
