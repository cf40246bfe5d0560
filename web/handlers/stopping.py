"""A professional says that they need to see a child's record no more."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
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
    found = await child_of(request.actor, child, now=now)
    key = once_key(request, form)
    await only_once(key, lambda: leaving.stop_seeing(request.actor, found, now=now), now=now)
    await request.auth.say(f"You see the record of {found.name} no more. We have told the SEND team.", now)
    return go(request, "/children")
