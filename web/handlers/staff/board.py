"""The statutory board: how often the law's times were kept, and the same as files."""

from litestar import Response, get
from litestar.response import Stream

from portal.csv_out import csv_bytes
from portal.errors import NotFound
from portal.files.rules import content_disposition
from portal.reports import queries
from portal.reports.commands import note_download
from portal.reports.queries import Board
from portal.reports.rules import period_of
from portal.reports.sen2 import sen2_csv
from portal.reports.tables import tables_of
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.respond import Request, download, now_of, page
from web.views.board import board_page

CSV = "text/csv"
FIRST_YEAR = 2014
"""When the law came into force."""


@get("/staff/board", access=Access.STAFF)
async def board(request: Request) -> Response[str]:
    """The figures of some months: caseworkers see their team's, managers any team's."""
    found = await _board(request)
    view = board_page(found, today(now_of(request)))
    period = found.period
    chosen = {"from": f"{period.first:%Y-%m}", "to": f"{period.last:%Y-%m}", "team": found.team}
    return page(request, "pages/staff/board/board.html", view, form=Form.showing(**chosen))


@get("/staff/board.csv", access=Access.STAFF, is_download=True)
async def table(request: Request) -> Response[bytes]:
    """One table of the board, as it was asked for."""
    found = await _board(request)
    wanted = tables_of(found).get(request.query_params.get("table", ""))
    if wanted is None:
        raise NotFound
    about = {"team": found.team, "period": found.period.in_words}
    await note_download(request.actor, wanted.key, about, now=now_of(request))
    content = csv_bytes(wanted.columns, wanted.rows)
    return download(content, media_type=CSV, disposition=content_disposition(f"Board {wanted.key}.csv"))


@get("/staff/board/sen2.csv", access=Access.STAFF, is_download=True)
async def sen2(request: Request) -> Stream:
    """A year in the shape of the SEN2 return, sent while it is read."""
    asked, now = request.query_params.get("year", ""), now_of(request)
    if not (asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= today(now).year):
        raise NotFound
    scope = await queries.scope_of(request.actor, request.query_params.get("team", ""))
    await note_download(request.actor, "sen2", {"year": asked, "team": scope.name}, now=now)
    headers = download(b"", media_type=CSV, disposition=content_disposition(f"SEN2 {asked}.csv")).headers
    return Stream(sen2_csv(scope, int(asked), today=today(now)), media_type=CSV, headers=headers)


async def _board(request: Request) -> Board:
    asked, day = request.query_params, today(now_of(request))
    period = period_of(asked.get("from", ""), asked.get("to", ""), day)
    return await queries.board(request.actor, asked.get("team", ""), period, today=day)
