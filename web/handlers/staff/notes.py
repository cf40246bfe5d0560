"""Notes about a child that only the SEND team sees."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.notes import notes
from portal.once import only_once
from web.access import Access
from web.forms.form import Form
from web.forms.inbox import NoteForm
from web.forms.staff_children import ReasonForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class StrikePage:
    """The note that is to be struck out."""

    child: ChildRecord
    here: str


@get("/staff/children/{child:str}/notes", access=Access.STAFF)
async def index(request: Request, child: FromPath[str]) -> Response[str]:
    """Every note, newest first, and the form for a new one."""
    record = await child_of(request.actor, child, now=now_of(request))
    return await _show(request, record, await kept(request, Form()))


@post("/staff/children/{child:str}/notes", access=Access.STAFF)
async def write(request: Request, child: FromPath[str]) -> Response[str]:
    """Add a note."""
    form, now = await NoteForm.of(request), now_of(request)
    record = await child_of(request.actor, child, now=now)
    done = await once(request, form, lambda: notes.write(request.actor, record, form.body, now=now), form.body)
    if done is None:
        return await _show(request, record, form)
    await request.auth.say("The note is kept. No family sees it.", now)
    return go(request, f"/staff/children/{child}/notes")


@get("/staff/children/{child:str}/notes/{note:str}/strike-out", access=Access.MANAGER)
async def striking(request: Request, child: FromPath[str], note: FromPath[str]) -> Response[str]:
    """Ask for the reason."""
    record = await child_of(request.actor, child, now=now_of(request))
    view = StrikePage(record, f"/staff/children/{child}/notes/{note}/strike-out")
    return page(request, "pages/staff/notes/strike_out.html", view, form=await kept(request, Form()))


@post("/staff/children/{child:str}/notes/{note:str}/strike-out", access=Access.MANAGER)
async def strike(request: Request, child: FromPath[str], note: FromPath[str]) -> Response[str]:
    """Strike a note out; it stays to be read."""
    form, now = await ReasonForm.of(request), now_of(request)
    record = await child_of(request.actor, child, now=now)
    if not form.ok:
        view = StrikePage(record, f"/staff/children/{child}/notes/{note}/strike-out")
        return page(request, "pages/staff/notes/strike_out.html", view, form=form)
    key = once_key(request, form)
    await only_once(key, lambda: notes.strike(request.actor, record, note, form.reason, now=now), now=now)
    return go(request, f"/staff/children/{child}/notes")


async def _show(request: Request, child: ChildRecord, form: Form) -> Response[str]:
    view = await notes.notes_of(request.actor, child, before=request.query_params.get("before", ""))
    return page(request, "pages/staff/notes/index.html", view, form=form)
