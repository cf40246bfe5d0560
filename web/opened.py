"""Writes down that somebody opened a child's record for their work, once the page is on its way."""

from litestar import Request as LitestarRequest

from portal.opened.queries import note_opened
from web.respond import Request, now_of

OF_A_CHILD = ("/staff/children/", "/children/")


async def note(request: LitestarRequest) -> None:  # type: ignore[type-arg]  # the hook's type knows nothing of ours
    """After each answer. A page that was refused raises instead; one that refreshes a part by itself is no look."""
    assert isinstance(request, Request)
    child, actor = request.path_params.get("child"), request.user
    is_look = request.method == "GET" and request.route_handler.opt.get("touches_session", True)
    if child and is_look and actor is not None and request.url.path.startswith(OF_A_CHILD):
        await note_opened(actor, child, now=now_of(request))
