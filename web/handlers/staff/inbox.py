"""The team inbox: what families wrote and nobody has answered."""

from litestar import Response, get

from portal.messages.staff_queries import Asked, TeamInbox, team_inbox
from web.access import Access
from web.forms.form import Form
from web.respond import Request, fragment, now_of, page
from web.spreadsheet import MOST_ROWS, spreadsheet

COLUMNS = ("Waiting", "Child", "Case reference", "From", "Message type", "Subject", "Who answers")


@get("/staff/inbox", access=Access.STAFF)
async def inbox(request: Request) -> Response[str]:
    """What waits, oldest first, narrowed to what one looks for."""
    view = await _inbox(request)
    asked = view.asked
    form = Form.showing(show=asked.show, kind=asked.kind, team=asked.team, colleague=asked.colleague)
    return page(request, "pages/staff/messages/inbox.html", view, form=form)


@get("/staff/inbox/list", access=Access.STAFF, touches_session=False)
async def region(request: Request) -> Response[str]:
    """The list alone, for its own refreshing."""
    return fragment(request, "partials/staff/team_inbox.html", await _inbox(request))


@get("/staff/inbox.csv", access=Access.STAFF)
async def export(request: Request) -> Response[bytes]:
    """All that waits, as a file for a spreadsheet."""
    found = await _inbox(request, limit=MOST_ROWS + 1)
    rows = (
        (one.waiting, one.child_name, one.reference, one.adult, one.message_type, one.subject, one.assigned)
        for one in found.lines
    )
    return await spreadsheet(request, "inbox", COLUMNS, rows)


async def _inbox(request: Request, *, limit: int = 0) -> TeamInbox:
    typed = {name: request.query_params.get(name, "")[:100] for name in Asked.__annotations__}
    return await team_inbox(request.actor, Asked(**typed), now=now_of(request), limit=limit)
