"""A professional says that they need to see a child's record no more."""

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.actor import Actor
from portal.errors import NotFound
from portal.once import only_once
from portal.relationships import leaving
from web.access import Access
from web.forms.form import Form
from web.once import once_key
from web.respond import Request, go, now_of, page


@get("/children/{child:str}/stop", access=Access.FAMILY)
async def ask(request: Request, child: FromPath[str]) -> Response[str]:
    """What ends. Families have no such page: they ask the SEND team."""
    found = await child_of(request.actor, child, now=now_of(request))
    return page(request, "pages/children/stop.html", await leaving.stopping(request.actor, found))


@post("/children/{child:str}/stop", access=Access.FAMILY)
async def stop(request: Request, child: FromPath[str]) -> Response[str]:
    """See the record no more, from this moment on."""
    form, now = await Form.of(request), now_of(request)
    try:
        await only_once(once_key(request, form), lambda: _stop(request.actor, child, now), now=now)
    except NotFound:
        await child_of(request.actor, child, now=now)  # The transaction took the note of the refusal back with it.
        raise
    await request.auth.say("You no longer see that record. We have told the SEND team.", now)
    return go(request, "/children")


async def _stop(actor: Actor, child: str, now: datetime) -> str:
    """Whoever pressed before sees the child no more, so the child is looked for only at the first press."""
    return await leaving.stop_seeing(actor, await child_of(actor, child, now=now), now=now)
