"""A professional joins the organisation where they work."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.once import only_once
from portal.organisations import commands
from portal.organisations.queries import Asked, asked_to_join
from web.access import Access
from web.forms.form import Form
from web.once import once_key
from web.respond import Request, go, now_of, page


@dataclass(frozen=True)
class Joining:
    """The organisations that ask this person to join."""

    asked: tuple[Asked, ...]


@get("/organisations", access=Access.FAMILY)
async def index(request: Request) -> Response[str]:
    """Where one is asked to join. The email leads here."""
    view = Joining(await asked_to_join(request.actor, now=now_of(request)))
    return page(request, "pages/organisations/index.html", view)


@post("/organisations/{member:str}/join", access=Access.FAMILY)
async def join(request: Request, member: FromPath[str]) -> Response[str]:
    """Say yes."""
    form, now = await Form.of(request), now_of(request)
    await only_once(once_key(request, form), lambda: commands.join(request.actor, member, now=now), now=now)
    await request.auth.say("Thank you. The children whom your organisation works with are here now.", now)
    return go(request, "/children")
