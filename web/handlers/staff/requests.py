"""The SEND team reads what was said when an assessment was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.requests.rules import NAMED_AS
from portal.requests.staff_queries import ReadRequest, RequestLine, request_of, requests_of
from web.access import Access
from web.respond import Request, now_of, page
from web.views.requests import answers_in_words


@dataclass(frozen=True)
class RequestPage:
    """A request, with its answers as questions and words. `every` are all that the child has had, newest first."""

    child: ChildRecord
    request: ReadRequest
    rows: tuple[tuple[str, str], ...]
    every: tuple[RequestLine, ...]
    named_as: Mapping[str, str] = field(default_factory=lambda: NAMED_AS)


@get("/staff/children/{child:str}/request", access=Access.STAFF)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """Who asked, when, and what they said."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await request_of(record, request.query_params.get("request", ""))
    view = RequestPage(record, found, answers_in_words(found.answers), await requests_of(record))
    return page(request, "pages/staff/requests/show.html", view)
