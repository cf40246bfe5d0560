"""A professional joins the organisation where they work, and says when they work there no more."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from portal.once import only_once
from portal.organisations import commands
from portal.organisations.queries import Asked, OwnWork, asked_to_join, leaving, own_work, to_be_confirmed
from portal.sign_in import mailbox
from web.access import Access
from web.forms.form import Form
from web.once import once_key
from web.respond import Request, go, now_of, page

JOINED = "Thank you. The children whom your organisation works with are here now."
WAITS = "Thank you. The SEND team first confirms that you are the person whom they asked."


@dataclass(frozen=True)
class Work:
    """The organisations where this person works, those that ask them to join, and where they wait for a manager."""

    current: tuple[OwnWork, ...]
    asked: tuple[Asked, ...]
    unconfirmed: tuple[str, ...]


@get("/organisations", access=Access.FAMILY)
async def index(request: Request) -> Response[str]:
    """Where one works, and where one is asked to join. The email leads here."""
    asked = await asked_to_join(request.actor, now=now_of(request))
    view = Work(await own_work(request.actor), asked, await to_be_confirmed(request.actor))
    return page(request, "pages/organisations/index.html", view)


@post("/organisations/{member:str}/join", access=Access.FAMILY)
async def join(request: Request, member: FromPath[str]) -> Response[str]:
    """Say yes."""
    form, now = await Form.of(request), now_of(request)
    try:
        joined = await only_once(once_key(request, form), lambda: _join(request, member, now), now=now)
    except mailbox.NotShown:
        return go(request, "/account/mailbox")
    await request.auth.say(JOINED if joined else WAITS, now)
    return go(request, "/children" if joined else "/organisations")


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
    await request.auth.say(f"You no longer see the children of {name}. We have told the SEND team.", now)
    return go(request, "/organisations")


async def _join(request: Request, member: str, now: datetime) -> str:
    """Gives "yes" when they work there from now on, nothing when they wait."""
    reads = await mailbox.is_read(request.actor, await request.auth.row(now), now=now)
    return "yes" if await commands.join(request.actor, member, reads_mailbox=reads, now=now) else ""
