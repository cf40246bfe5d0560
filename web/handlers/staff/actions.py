"""The SEND team asks for forms, and reads what came back."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import AdultWithAccess, ChildRecord, adults_of, child_of
from portal.actions import commands, queries
from portal.actions.queries import ActionRecord
from portal.forms.switches import offered_forms
from web.access import Access
from web.dates import today
from web.forms.actions import AssignForm
from web.forms.form import Form
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page
from web.views.actions import actions_view, answers_view


@dataclass(frozen=True)
class AssignView:
    """Who can be asked, and for what."""

    child: ChildRecord
    adults: tuple[AdultWithAccess, ...]
    forms: tuple[tuple[str, str], ...]


@get("/staff/children/{child:str}/actions", access=Access.STAFF)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """Every form that was asked for, with where it stands."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await queries.actions_of(request.actor, record)
    return page(request, "pages/staff/actions/list.html", actions_view(record, found, today(now)))


@get("/staff/children/{child:str}/actions/new", access=Access.STAFF)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Ask for a form."""
    record = await child_of(request.actor, child, now=now_of(request))
    form = await kept(request, Form())
    return page(request, "pages/staff/actions/new.html", await _assign_view(record), form=form)


@post("/staff/children/{child:str}/actions/new", access=Access.STAFF)
async def assign(request: Request, child: FromPath[str]) -> Response[str]:
    """Send the request to the person, who is mailed."""
    now, offered = now_of(request), {one.key: one for one in await offered_forms()}
    record = await child_of(request.actor, child, now=now)
    form = await AssignForm.of(request, forms=frozenset(offered))

    async def act() -> str:
        asked = offered[form.form_key]
        return await commands.assign(request.actor, record, form.recipient, asked, form.due, now=now)

    if await once(request, form, act, *form.all_typed) is None:
        return page(request, "pages/staff/actions/new.html", await _assign_view(record), form=form)
    await request.auth.say(f"{offered[form.form_key].title} is on its way.", now)
    return go(request, f"/staff/children/{record.public_id}/actions")


@get("/staff/children/{child:str}/actions/{action:str}", access=Access.STAFF)
async def read(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """What came back. The answers are shown once the form has been sent, not before."""
    record, found = await _action(request, child, action)
    await commands.note_read(request.actor, record, found, now=now_of(request))
    return page(request, "pages/staff/actions/read.html", await answers_view(record, found))


@post("/staff/children/{child:str}/actions/{action:str}/withdraw", access=Access.STAFF)
async def withdraw(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """Take back a request that was not answered."""
    record, found = await _action(request, child, action)
    await commands.withdraw(request.actor, record, found, now=now_of(request))
    await request.auth.say("The request has been withdrawn.", now_of(request))
    return go(request, f"/staff/children/{record.public_id}/actions")


async def _action(request: Request, child: str, action: str) -> tuple[ChildRecord, ActionRecord]:
    record = await child_of(request.actor, child, now=now_of(request))
    return record, await queries.action_of(request.actor, record, action, now=now_of(request))


async def _assign_view(child: ChildRecord) -> AssignView:
    forms = tuple((form.key, form.title) for form in await offered_forms())
    return AssignView(child, tuple(await adults_of(child.id)), forms)
