"""The SEND team's buttons beside an invitation: invite another person, send again, cancel."""

from dataclasses import dataclass
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.access.rules import BASES, may_be_given
from portal.invitations import commands
from portal.once import only_once
from portal.requests.staff_queries import Named, named_in
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.staff_children import InviteeForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class NewInvitation:
    """The form for another adult of a child, on a day that says which grounds there are."""

    child: ChildRecord
    today: date

    @property
    def bases(self) -> tuple[tuple[str, str], ...]:
        return tuple((basis, BASES[basis]) for basis in may_be_given(self.child.date_of_birth, self.today))


@get("/staff/children/{child:str}/invitations/new", access=Access.STAFF)
async def new_invitation(request: Request, child: FromPath[str]) -> Response[str]:
    """A form for another adult; filled in when the address says where a professional named them."""
    found = await child_of(request.actor, child, now=now_of(request))
    asked = request.query_params
    named = await _named(found, asked.get("request", ""), asked.get("adult", ""))
    return _form_page(request, found, await kept(request, _filled_in(named)))


@post("/staff/children/{child:str}/invitations/new", access=Access.STAFF)
async def invite(request: Request, child: FromPath[str]) -> Response[str]:
    """Send "Your unique code" to another adult."""
    now, form = now_of(request), await InviteeForm.of(request)
    found = await child_of(request.actor, child, now=now)
    named = await _named(found, form.value("request"), form.value("adult"))
    done = await once(request, form, lambda: _invite(request, found, form, named))
    if done is None:
        return _form_page(request, found, form)
    return await _back(request, child, f"“Your unique code” goes to {form.invitee.email}.")


@post("/staff/children/{child:str}/invitations/{invitation:str}/code", access=Access.STAFF)
async def resend_code(request: Request, child: FromPath[str], invitation: FromPath[str]) -> Response[str]:
    """Send code to somebody who was kept, or resend it: a new one, the one before stops working."""
    now, key = now_of(request), once_key(request, await Form.of(request))
    found = await child_of(request.actor, child, now=now)
    email = await only_once(key, lambda: commands.send_new_code(request.actor, found, invitation, now=now), now=now)
    return await _back(request, child, f"A new code goes to {email}. Any code from before does not work any more.")


@post("/staff/children/{child:str}/invitations/{invitation:str}/link", access=Access.STAFF)
async def resend_link(request: Request, child: FromPath[str], invitation: FromPath[str]) -> Response[str]:
    """Resend invitation: a new link, the one before stops working."""
    now, key = now_of(request), once_key(request, await Form.of(request))
    found = await child_of(request.actor, child, now=now)
    email = await only_once(key, lambda: commands.send_link(request.actor, found, invitation, now=now), now=now)
    return await _back(request, child, f"A new link goes to {email}. The one before does not work any more.")


@post("/staff/children/{child:str}/invitations/{invitation:str}/cancel", access=Access.STAFF)
async def cancel(request: Request, child: FromPath[str], invitation: FromPath[str]) -> Response[str]:
    """Cancel invitation: its code and link stop working."""
    now, key = now_of(request), once_key(request, await Form.of(request))
    found = await child_of(request.actor, child, now=now)
    email = await only_once(key, lambda: commands.cancel(request.actor, found, invitation, now=now), now=now)
    return await _back(request, child, f"The invitation to {email} is cancelled.")


async def _named(child: ChildRecord, asked: str, place: str) -> Named | None:
    """Who was named at this place of a request, None without a request. Raises NotFound when nobody was."""
    return await named_in(child, asked, place) if asked else None


def _filled_in(named: Named | None) -> Form:
    """No personal data stands in the address, so what is known of them is read from the request."""
    if named is None:
        return Form()
    place = {"request": named.request, "adult": str(named.place)}
    return Form.showing(email=named.adult.email, adult_name=named.adult.name, basis=named.adult.basis, **place)


async def _invite(request: Request, child: ChildRecord, form: InviteeForm, named: Named | None) -> str:
    place = commands.NamedIn(named.request_id, named.place) if named else None
    return await commands.invite(request.actor, child, form.invitee, named=place, now=now_of(request))


def _form_page(request: Request, child: ChildRecord, form: Form) -> Response[str]:
    return page(request, "pages/staff/children/invite.html", NewInvitation(child, today(now_of(request))), form=form)


async def _back(request: Request, child: str, sentence: str) -> Response[str]:
    await request.auth.say(sentence, now_of(request))
    return go(request, f"/staff/children/{child}")
