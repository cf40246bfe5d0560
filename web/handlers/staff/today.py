"""Today: what waits for this person."""

from litestar import Response, get
from litestar.params import FromPath

from web.access import Access
from web.respond import Request, fragment, now_of, page
from web.views import today


@get("/staff/today", access=Access.STAFF)
async def show(request: Request) -> Response[str]:
    """Everything that waits, the most urgent of each kind."""
    view = await today.today_of(request.actor, now=now_of(request))
    return page(request, "pages/staff/today.html", view)


@get("/staff/today/panels/{name:str}", access=Access.STAFF, touches_session=False)
async def panel(request: Request, name: FromPath[str]) -> Response[str]:
    """One panel alone, for the page that refreshes it; 304 while it is the same."""
    view = await today.panel_of(request.actor, name, now=now_of(request))
    return fragment(request, today.TEMPLATE, view)
