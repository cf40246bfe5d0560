"""The SEND team adds a child, looks at its record, and checks a unique code on the phone."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.access.rules import BASES
from portal.children import commands
from portal.children.queries import SameChild, child_page, same_children
from portal.children.rules import SOURCES
from portal.errors import Refused
from portal.invitations import commands as invitations
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.staff_children import NewChildForm, VerifyForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class NewChildPage:
    """The form for a new child. `same` are children of the team with the same name and day of birth."""

    same: tuple[SameChild, ...] = ()
    sources: tuple[tuple[str, str], ...] = tuple(SOURCES.items())
    bases: tuple[tuple[str, str], ...] = tuple(BASES.items())


@get("/staff/children/new", access=Access.STAFF)
async def new_child(request: Request) -> Response[str]:
    """A form for a child, the request and the adult who asked."""
    return page(request, "pages/staff/children/new.html", NewChildPage(), form=await kept(request, Form()))


@post("/staff/children/new", access=Access.STAFF)
async def add_child(request: Request) -> Response[str]:
    """Open the record and send "Your unique code"; the same child twice is warned about first."""
    now = now_of(request)
    form = await NewChildForm.of(request, today=today(now))
    made = await once(request, form, lambda: _add(request, form))
    if made is None:
        return page(request, "pages/staff/children/new.html", NewChildPage(await _same(request, form)), form=form)
    await request.auth.say(f"The record is open. “Your unique code” goes to {form.invitee.email}.", now)
    return go(request, f"/staff/children/{made}")


@get(["/staff/children/{child:str}", "/staff/children/{child:str}/verify"], access=Access.STAFF)
async def record(request: Request, child: FromPath[str]) -> Response[str]:
    """The child's record, who has access, and the invitations."""
    found = await child_of(request.actor, child, now=now_of(request))
    return await _record(request, found, await kept(request, Form()))


@post("/staff/children/{child:str}/verify", access=Access.STAFF)
async def verify(request: Request, child: FromPath[str]) -> Response[str]:
    """Verify identity: check the code that somebody reads out on the phone."""
    now = now_of(request)
    found = await child_of(request.actor, child, now=now)
    known = (await child_page(request.actor, found, now=now)).invitations
    form = await VerifyForm.of(request, verifiable=[invitation.public_id for invitation in known])
    if form.error("invitation") and len([invitation for invitation in known if invitation.may_verify]) < 2:
        raise Refused(invitations.MOVED_ON)
    if form.ok:
        key = once_key(request, form, form.invitation, form.code, form.identity_method)
        if not (problem := await only_once(key, lambda: _verify(request, found, form), now=now)):
            await request.auth.say("The code matches. “Accept Portal Invitation” is on its way to them.", now)
            return go(request, f"/staff/children/{child}")
        form.refuse(await _place_of(request, found), problem)
    return await _record(request, found, form)


async def _add(request: Request, form: NewChildForm) -> str:
    return await commands.add_child(
        request.actor, form.child, form.invitee, is_another_child=form.is_another_child, now=now_of(request)
    )


async def _same(request: Request, form: NewChildForm) -> tuple[SameChild, ...]:
    if not (form.is_another_child or form.error("is_another_child")):
        return ()
    child = form.child
    return await same_children(request.actor, child.forename, child.surname, child.date_of_birth)


async def _verify(request: Request, child: ChildRecord, form: VerifyForm) -> str:
    return await invitations.verify(
        request.actor, child, form.invitation, form.code, identity_method=form.identity_method, now=now_of(request)
    )


async def _place_of(request: Request, child: ChildRecord) -> str:
    """Where a wrong code is told: at the code, or where a new one can be sent when no try is left."""
    view = await child_page(request.actor, child, now=now_of(request))
    return "code" if view.verifiable else "child-invitations"


async def _record(request: Request, child: ChildRecord, form: Form) -> Response[str]:
    view = await child_page(request.actor, child, now=now_of(request))
    return page(request, "pages/staff/children/record.html", view, form=form)
