"""The team inbox: what families wrote and nobody has answered."""

from litestar import Response, get

from portal import audit
from portal.csv_out import csv_bytes
from portal.messages.staff_queries import Asked, TeamInbox, team_inbox
from web.access import Access
from web.forms.form import Form
from web.respond import Request, download, fragment, now_of, page

MOST_ROWS = 10_000
COLUMNS = ("Waiting", "Child", "Case reference", "From", "Message type", "Subject", "Who answers")


@get("/staff/inbox", access=Access.STAFF)
async def inbox(request: Request) -> Response[str]:
    """What waits, oldest first, narrowed to what one looks for."""
    view = await _inbox(request)
    form = Form.showing(show=view.asked.show, kind=view.asked.kind)
    return page(request, "pages/staff/messages/inbox.html", view, form=form)


@get("/staff/inbox/list", access=Access.STAFF, touches_session=False)
async def region(request: Request) -> Response[str]:
    """The list alone, for its own refreshing."""
    return fragment(request, "partials/staff/team_inbox.html", await _inbox(request))


@get("/staff/inbox.csv", access=Access.STAFF)
async def export(request: Request) -> Response[bytes]:
    """All that waits, as a file for a spreadsheet."""
    found = await _inbox(request, limit=MOST_ROWS)
    rows = (
        (one.waiting, one.child_name, one.reference, one.adult, one.message_type, one.subject, one.assigned)
        for one in found.lines
    )
    detail = {"rows": len(found.lines)}
    await audit.record("staff:inbox:exported", now=now_of(request), actor=request.actor, detail=detail)
    disposition = 'attachment; filename="inbox.csv"'
    return download(csv_bytes(COLUMNS, rows), media_type="text/csv", disposition=disposition)


async def _inbox(request: Request, *, limit: int = 0) -> TeamInbox:
    typed = {name: request.query_params.get(name, "")[:100] for name in Asked.__annotations__}
    return await team_inbox(request.actor, Asked(**typed), now=now_of(request), limit=limit)
