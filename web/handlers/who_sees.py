"""Who can see my record: for the young person, who can ask the SEND team to end somebody's access."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.access.rules import Part
from portal.relationships.who_sees import Onlooker, WhoSees, ask_to_end, who_sees
from web.access import Access
from web.forms.form import Form
from web.forms.who_sees import WhyForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class EndView:
    """Whose access the young person asks to end."""

    child: ChildRecord
    person: Onlooker


@get("/children/{child:str}/who-sees", access=Access.FAMILY)
async def index(request: Request, child: FromPath[str]) -> Response[str]:
    """Everybody else with access, and why they have it."""
    return page(request, "pages/who_sees/list.html", await _who(request, child))


@get("/children/{child:str}/who-sees/{relationship:str}/end", access=Access.FAMILY)
async def end(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """What asking does."""
    who = await _who(request, child)
    view = EndView(who.child, who.person(relationship))
    return page(request, "pages/who_sees/end.html", view, form=await kept(request, Form()))


@post("/children/{child:str}/who-sees/{relationship:str}/end", access=Access.FAMILY)
async def ask(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Ask the SEND team."""
    who, form, now = await _who(request, child), await WhyForm.of(request), now_of(request)
    view = EndView(who.child, who.person(relationship))
    done = await once(request, form, lambda: ask_to_end(request.actor, who.child, view.person, form.why, now=now))
    if done is None:
        return page(request, "pages/who_sees/end.html", view, form=form)
    await request.auth.say("We have your message. The SEND team answers you here.", now)
    return go(request, f"/children/{child}/messages/sent")


async def _who(request: Request, child: str) -> WhoSees:
    record = await child_of(request.actor, child, now=now_of(request), part=Part.WHO_SEES)
    return await who_sees(request.actor, record)
