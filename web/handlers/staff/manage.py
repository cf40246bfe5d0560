"""Where a manager begins: everything that the council keeps for itself."""

from litestar import Response, get

from web.access import Access
from web.respond import Request, page


@get("/staff/manage", access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """The list of what can be managed."""
    return page(request, "pages/staff/manage/index.html")
