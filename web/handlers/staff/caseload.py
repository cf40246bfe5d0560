"""The caseload: where the SEND team begins its day."""

from litestar import Response, get

from portal.staff import queries
from portal.staff.queries import Wanted
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.respond import Request, now_of, page


@get("/staff", access=Access.STAFF)
async def caseload(request: Request) -> Response[str]:
    """Every child whom this person may see, late ones first. Typing in the search box swaps the table alone."""
    asked = request.query_params
    wanted = Wanted(
        whose=asked.get("whose", ""),
        search=asked.get("search", "").strip()[:100],
        stage=asked.get("stage", ""),
        after=asked.get("after", ""),
    )
    view = await queries.caseload(request.actor, wanted, today=today(now_of(request)))
    only_table = request.htmx and request.htmx.target == "caseload"
    template = "partials/staff/caseload_found.html" if only_table else "pages/staff/caseload.html"
    return page(request, template, view, form=Form.showing(search=view.search, whose=view.whose, stage=view.stage))
