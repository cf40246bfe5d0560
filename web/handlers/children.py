"""The portal screen, the SEND Dashboard and its panels, Statutory Timescales and Key Dates."""

from collections.abc import Iterable

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.cases.calendar_file import calendar_file
from portal.cases.key_dates import KeyDate
from portal.cases.queries import ChildCase, case_of, portal_screen
from portal.errors import NotFound
from web.access import Access
from web.dates import today
from web.respond import Request, download, fragment, now_of, page
from web.views import dashboard, key_dates, timescale

CALENDAR = ".ics"


@get("/children", access=Access.FAMILY)
async def index(request: Request) -> Response[str]:
    """The children of this account, each with the SEND Dashboard."""
    screen = await portal_screen(request.actor, now=now_of(request))
    return page(request, "pages/children/index.html", screen)


@get("/children/{child:str}", access=Access.FAMILY)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """The SEND Dashboard of one child."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    view = await dashboard.dashboard(request.actor, record, now=now)
    return page(request, "pages/children/dashboard.html", view)


@get("/children/{child:str}/panels/{name:str}", access=Access.FAMILY, touches_session=False)
async def panel(request: Request, child: FromPath[str], name: FromPath[str]) -> Response[str]:
    """One panel alone, for the page that refreshes it; 304 while it is the same."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await dashboard.panel(request.actor, record, name, now=now)
    return fragment(request, found.template, found.view)


@get("/children/{child:str}/timescale", access=Access.FAMILY)
async def timescale_page(request: Request, child: FromPath[str]) -> Response[str]:
    """Statutory Timescales in full: every stage with its Extra Information."""
    view = timescale.page_view(await _case(request, child))
    return page(request, "pages/children/timescale.html", view)


@get("/children/{child:str}/key-dates", access=Access.FAMILY)
async def key_dates_page(request: Request, child: FromPath[str]) -> Response[str]:
    """Key Dates, past and coming."""
    view = key_dates.view(await _case(request, child))
    return page(request, "pages/children/key_dates.html", view)


@get("/children/{child:str}/key-dates.ics", access=Access.FAMILY)
async def calendar(request: Request, child: FromPath[str]) -> Response[bytes]:
    """Every date that is coming, as one calendar file."""
    case = await _case(request, child)
    coming = [one for one in key_dates.dates_of(case) if not one.past]
    return _calendar(request, case, coming, "key-dates")


@get("/children/{child:str}/key-dates/{name:str}", access=Access.FAMILY)
async def calendar_of_one(request: Request, child: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """One date, as a calendar file: `name` is its key and `.ics`."""
    case = await _case(request, child)
    chosen = [one for one in key_dates.dates_of(case) if f"{one.uid}{CALENDAR}" == name]
    if not chosen:
        raise NotFound
    return _calendar(request, case, chosen, chosen[0].uid)


async def _case(request: Request, child: str) -> ChildCase:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    return await case_of(request.actor, record, today=today(now))


def _calendar(request: Request, case: ChildCase, dates: Iterable[KeyDate], name: str) -> Response[bytes]:
    """The file names the case reference and never the child: calendars are often shared."""
    reference = case.child.case_reference
    portal = request.app.state.settings.council.portal_name
    text = calendar_file(
        dates, case=reference, portal=portal, stamp=now_of(request), name=f"Key dates of case {reference}"
    )
    disposition = f'attachment; filename="{reference}-{name}{CALENDAR}"'
    return download(text.encode(), media_type="text/calendar; charset=utf-8", disposition=disposition)
