"""A professional joins the organisation where they work, and says when they work there no more."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.once import only_once
from portal.organisations import commands
from portal.organisations.queries import Asked, OwnWork, asked_to_join, leaving, own_work
from web.access import Access
from web.forms.form import Form
from web.once import once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class Work:
    """The organisations where this person works, and those that ask them to join."""

    current: tuple[OwnWork, ...]
    asked: tuple[Asked, ...]


@get("/organisations", access=Access.FAMILY)
async def index(request: Request) -> Response[str]:
    """Where one works, and where one is asked to join. The email leads here."""
    view = Work(await own_work(request.actor), await asked_to_join(request.actor, now=now_of(request)))
    return page(request, "pages/organisations/index.html", view)


@post("/organisations/{member:str}/join", access=Access.FAMILY)
async def join(request: Request, member: FromPath[str]) -> Response[str]:
    """Say yes."""
    form, now = await Form.of(request), now_of(request)
    await only_once(once_key(request, form), lambda: commands.join(request.actor, member, now=now), now=now)
    await request.auth.say("Thank you. The children whom your organisation works with are here now.", now)
    return go(request, "/children")


@get("/organisations/{member:str}/leave", access=Access.FAMILY)
async def ending(request: Request, member: FromPath[str]) -> Response[str]:
    """What ends when one says that one works there no more."""
    return page(request, "pages/organisations/leave.html", await leaving(request.actor, member))


@post("/organisations/{member:str}/leave", access=Access.FAMILY)
async def leave(request: Request, member: FromPath[str]) -> Response[str]:
    """Work there no more: what came of it ends at once."""
    form, now = await Form.of(request), now_of(request)
    key = once_key(request, form)
    name = await only_once(key, lambda: commands.leave_oneself(request.actor, member, now=now), now=now)
    await request.auth.say(f"You see the children of {name} no more. We have told the SEND team.", now)
    return go(request, "/organisations")
