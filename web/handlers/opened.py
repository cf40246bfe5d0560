"""Who opened your child's record."""

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.access.rules import Part
from portal.opened.queries import openings
from web.access import Access
from web.respond import Request, now_of, page


@get("/children/{child:str}/opened", access=Access.FAMILY)
async def opened(request: Request, child: FromPath[str]) -> Response[str]:
    """The newest first, a page at a time."""
    record = await child_of(request.actor, child, now=now_of(request), part=Part.OPENED)
    asked = request.query_params.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else 0
    return page(request, "pages/opened/opened.html", await openings(request.actor, record, before=before))
