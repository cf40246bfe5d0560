"""The letter about each decision, as the family reads and prints it."""

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.access.rules import Part
from portal.evidence.letters import note_opened
from web.access import Access
from web.respond import Request, now_of, page
from web.views.decisions import letter_view


@get("/children/{child:str}/decisions/{decision:str}", access=Access.FAMILY)
async def letter(request: Request, child: FromPath[str], decision: FromPath[str]) -> Response[str]:
    """One letter. The email about the decision leads here; the first time is kept as evidence."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now, part=Part.LETTERS)
    view = await letter_view(request.actor, record, decision, now=now)
    await note_opened(request.actor, record, decision, now=now)
    return page(request, "pages/children/decision.html", view)
