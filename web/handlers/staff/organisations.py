"""The SEND team's side of organisations: who works there, and which children they work with."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.access.rules import AT_WORK, hidden_in_words
from portal.once import only_once
from portal.organisations import commands
from portal.organisations.left import Former, LeftBehind, left_behind, left_lately
from portal.organisations.queries import (
    MOST_CHOICES,
    OfChild,
    OrganisationPage,
    WouldSee,
    choices,
    is_known,
    organisation_page,
    organisations,
    organisations_of,
    who_would_see,
)
from portal.organisations.rules import IDENTITY_CHECKS, KINDS
from web.access import Access
from web.forms.form import Form
from web.forms.organisations import MemberForm, OrganisationForm, PlaceForm
from web.forms.staff_children import ReasonForm
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page

PAGES = "pages/staff/organisations"
LIST = "/staff/organisations"


@dataclass(frozen=True)
class NewOrganisation:
    """The choices of the form."""

    kinds: tuple[tuple[str, str], ...] = tuple(KINDS.items())


@dataclass(frozen=True)
class ShownOrganisation:
    """One organisation, and who has left it lately."""

    organisation: OrganisationPage
    left: tuple[Former, ...]


@dataclass(frozen=True)
class StillSees:
    """What somebody who left an organisation still sees."""

    organisation: OrganisationPage
    person: LeftBehind


@dataclass(frozen=True)
class MemberPage:
    """The form for somebody who is asked to join."""

    organisation: OrganisationPage
    checks: tuple[tuple[str, str], ...] = tuple(IDENTITY_CHECKS.items())


@dataclass(frozen=True)
class Places:
    """The organisations that work with one child, and those that could: all, or those with `search` in the name."""

    child: ChildRecord
    current: tuple[OfChild, ...]
    others: tuple[tuple[str, str], ...]
    search: str
    may_search: bool


@dataclass(frozen=True)
class Placing:
    """The second look before a child is placed: who would see the child, and what they would not see.

    `has_changed`: other people work there than on the page that was pressed.
    """

    child: ChildRecord
    organisation: OrganisationPage
    people: tuple[WouldSee, ...]
    seal: str
    has_changed: bool

    @property
    def working(self) -> tuple[WouldSee, ...]:
        return tuple(one for one in self.people if one.has_joined)

    @property
    def asked(self) -> tuple[WouldSee, ...]:
        return tuple(one for one in self.people if not one.has_joined)

    @property
    def hidden(self) -> tuple[str, ...]:
        return hidden_in_words(AT_WORK)


@get(LIST, access=Access.STAFF)
async def index(request: Request) -> Response[str]:
    """Every organisation, by name."""
    asked = request.query_params
    view = await organisations(asked.get("search", "").strip()[:100], asked.get("after", ""))
    return page(request, f"{PAGES}/index.html", view, form=Form.showing(search=view.search))


@get(f"{LIST}/new", access=Access.STAFF)
async def new(request: Request) -> Response[str]:
    """The form for a new organisation."""
    return page(request, f"{PAGES}/new.html", NewOrganisation(), form=await kept(request, Form()))


@post(f"{LIST}/new", access=Access.STAFF)
async def add(request: Request) -> Response[str]:
    """Add an organisation."""
    form, now = await OrganisationForm.of(request), now_of(request)
    made = await once(request, form, lambda: commands.add(request.actor, form.name, form.kind, now=now))
    if made is None:
        return page(request, f"{PAGES}/new.html", NewOrganisation(), form=form)
    await request.auth.say(f"{form.name} has been added.", now)
    return go(request, f"{LIST}/{made}")


@get(f"{LIST}/{{organisation:str}}", access=Access.STAFF)
async def show(request: Request, organisation: FromPath[str]) -> Response[str]:
    """Who works there, and its children."""
    typed = request.query_params.get("after", "")
    after = int(typed) if typed.isdecimal() and len(typed) < 18 else 0
    now = now_of(request)
    found = await organisation_page(request.actor, organisation, now=now, after=after)
    view = ShownOrganisation(found, await left_lately(found.id, now=now))
    return page(request, f"{PAGES}/show.html", view)


@get(f"{LIST}/{{organisation:str}}/members/new", access=Access.MANAGER)
async def new_member(request: Request, organisation: FromPath[str]) -> Response[str]:
    """The form to ask somebody to join."""
    view = MemberPage(await organisation_page(request.actor, organisation, now=now_of(request)))
    return page(request, f"{PAGES}/member.html", view, form=await kept(request, Form()))


@post(f"{LIST}/{{organisation:str}}/members/new", access=Access.MANAGER)
async def invite(request: Request, organisation: FromPath[str]) -> Response[str]:
    """Ask somebody to join, by email."""
    form, now = await MemberForm.of(request), now_of(request)
    found = await organisation_page(request.actor, organisation, now=now_of(request))
    done = await once(request, form, lambda: commands.invite(request.actor, found.id, found.name, form.member, now=now))
    if done is None:
        return page(request, f"{PAGES}/member.html", MemberPage(found), form=form)
    await request.auth.say(f"We have emailed {form.member.email}. They see the children after a yes.", now)
    return go(request, f"{LIST}/{organisation}")


@post(f"{LIST}/{{organisation:str}}/members/{{member:str}}/confirm", access=Access.MANAGER)
async def confirm(request: Request, organisation: FromPath[str], member: FromPath[str]) -> Response[str]:
    """Somebody who said yes under another name does work there."""
    form, now = await Form.of(request), now_of(request)
    found = await organisation_page(request.actor, organisation, now=now)
    key = once_key(request, form)
    await only_once(key, lambda: commands.confirm(request.actor, found.id, member, now=now), now=now)
    await request.auth.say("They see the children of this organisation now.", now)
    return go(request, f"{LIST}/{organisation}")


@get(f"{LIST}/{{organisation:str}}/members/{{member:str}}/end", access=Access.MANAGER)
async def ending(request: Request, organisation: FromPath[str], member: FromPath[str]) -> Response[str]:
    """Ask for the reason."""
    view = await organisation_page(request.actor, organisation, now=now_of(request))
    return page(request, f"{PAGES}/end.html", view, form=await kept(request, Form()))


@post(f"{LIST}/{{organisation:str}}/members/{{member:str}}/end", access=Access.MANAGER)
async def end(request: Request, organisation: FromPath[str], member: FromPath[str]) -> Response[str]:
    """End somebody's work there, and the access that came of it."""
    form, now = await ReasonForm.of(request), now_of(request)
    found = await organisation_page(request.actor, organisation, now=now_of(request))
    done = await once(request, form, lambda: commands.leave(request.actor, found.id, member, form.reason, now=now))
    if done is None:
        return page(request, f"{PAGES}/end.html", found, form=form)
    await request.auth.say("They no longer see the children of this organisation.", now)
    left = await left_behind(found.id, member)
    return go(request, f"{LIST}/{organisation}/members/{member}/left" if left.children else f"{LIST}/{organisation}")


@get(f"{LIST}/{{organisation:str}}/members/{{member:str}}/left", access=Access.MANAGER)
async def left(request: Request, organisation: FromPath[str], member: FromPath[str]) -> Response[str]:
    """The records that somebody who left still sees, so that nobody keeps one by oversight."""
    found = await organisation_page(request.actor, organisation, now=now_of(request))
    return page(request, f"{PAGES}/left.html", StillSees(found, await left_behind(found.id, member)))


@get("/staff/children/{child:str}/organisations", access=Access.STAFF)
async def of_child(request: Request, child: FromPath[str]) -> Response[str]:
    """The organisations that work with one child."""
    found = await child_of(request.actor, child, now=now_of(request))
    chosen = Form.showing(organisation=request.query_params.get("organisation", ""))
    return await _places(request, found, await kept(request, chosen))


@post("/staff/children/{child:str}/organisations", access=Access.STAFF)
async def place(request: Request, child: FromPath[str]) -> Response[str]:
    """First show who would see the child; then say that the organisation works with the child."""
    now = now_of(request)
    found = await child_of(request.actor, child, now=now)
    typed = (await Form.of(request)).value("organisation")
    form = await PlaceForm.of(request, known=[typed] if await is_known(typed) else [])
    if not form.ok:
        return await _places(request, found, form)
    chosen = await organisation_page(request.actor, form.organisation, now=now)
    people = await who_would_see(found, chosen, now=now)
    shown = [one.public_id for one in people]
    if not form.is_confirmed(child, shown):
        view = Placing(found, chosen, people, form.seal(child, shown), bool(form.value("seal")))
        return page(request, f"{PAGES}/place.html", view, form=form)
    key = once_key(request, form)
    await only_once(key, lambda: commands.place(request.actor, chosen.id, found, now=now), now=now)
    await request.auth.say(f"Everybody who works at {chosen.name} sees {found.name} now. The family is emailed.", now)
    return go(request, f"/staff/children/{child}/organisations")


@post("/staff/children/{child:str}/organisations/{organisation:str}/end", access=Access.STAFF)
async def unplace(request: Request, child: FromPath[str], organisation: FromPath[str]) -> Response[str]:
    """Say that an organisation works with the child no more."""
    form, now = await Form.of(request), now_of(request)
    found = await child_of(request.actor, child, now=now)
    chosen = await organisation_page(request.actor, organisation, now=now_of(request))
    key = once_key(request, form)
    await only_once(key, lambda: commands.unplace(request.actor, chosen.id, found, now=now), now=now)
    await request.auth.say(f"{chosen.name} no longer sees {found.name}. The family is emailed.", now)
    return go(request, f"/staff/children/{child}/organisations")


async def _places(request: Request, child: ChildRecord, form: Form) -> Response[str]:
    current = await organisations_of(child)
    taken = {one.public_id for one in current}
    search = request.query_params.get("search", "").strip()[:100]
    found = await choices(search, form.value("organisation"))
    others = tuple(one for one in found if one[0] not in taken)
    view = Places(child, current, others, search, may_search=bool(search) or len(found) >= MOST_CHOICES)
    return page(request, f"{PAGES}/of_child.html", view, form=form)
