"""The caseload: where the SEND team begins its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from portal.errors import RuleBroken
from portal.ids import digest_of
from portal.once import only_once
from portal.staff import assigning, queries, saved_views
from portal.staff.queries import Caseload, Wanted
from portal.staff.saved_views import SavedView
from portal.words import counted
from web.access import Access
from web.dates import today
from web.forms.caseload import AssignAllForm, AssignForm, ShownForm, ViewForm, wanted_of
from web.forms.form import Form
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page
from web.spreadsheet import MOST_ROWS, spreadsheet

COLUMNS = (
    "Child", "Case reference", "Stage", "Caseworker", "Request received", "Next deadline", "Days left",
    "Unread messages", "Forms with the family", "Forms that came back",
)  # fmt: skip


@dataclass(frozen=True)
class CaseloadPage:
    """The caseload with what one keeps of it, and to whom ticked cases may be given. `seen` says which all are."""

    found: Caseload
    saved: tuple[SavedView, ...]
    colleagues: tuple[tuple[str, str], ...]
    all_ticked: bool
    seen: str = ""
    most: int = assigning.MOST

    @property
    def query(self) -> str:
        """This view as the query of an address."""
        return urlencode(self.found.wanted.asked)

    @property
    def page_query(self) -> str:
        """The same with the page that one is on."""
        return urlencode(self.found.wanted.whole)


@get("/staff", access=Access.STAFF)
async def caseload(request: Request) -> Response[str]:
    """Every child whom this person may see, late ones first. Typing in the search box swaps the table alone."""
    found = await _found(request)
    only_table = request.htmx and request.htmx.target == "caseload"
    template = "partials/staff/caseload_found.html" if only_table else "pages/staff/caseload.html"
    return await _page(request, template, found, Form())


@get("/staff/caseload.csv", access=Access.STAFF)
async def export(request: Request) -> Response[bytes]:
    """All that the view shows, as a file for a spreadsheet."""
    found = await _found(request, limit=MOST_ROWS + 1)
    rows = (
        (one.name, one.reference, one.stage, one.caseworker, one.received_on, one.next_deadline, one.days_left,
         one.unread, one.waiting, one.returned)
        for one in found.lines
    )  # fmt: skip
    detail = {**found.wanted.asked, "search": bool(found.wanted.search)}
    return await spreadsheet(request, "caseload", COLUMNS, rows, detail=detail)


@post("/staff/caseload/assign", access=Access.STAFF)
async def assign(request: Request) -> Response[str]:
    """Give the ticked children to a colleague."""
    form, now = await AssignForm.of(request), now_of(request)
    changed = await once(request, form, lambda: _assign(request, form.children, form.caseworker), *form.all_typed)
    if changed is None:
        return await _page(request, "pages/staff/caseload.html", await _found(request), form)
    await request.auth.say(f"{changed} changed hands. The families are told by email.", now)
    return go(request, f"/staff?{urlencode(form.wanted.whole)}")


@get("/staff/caseload/assign", access=Access.STAFF)
async def assign_again(request: Request) -> Response[str]:
    """The same page, with what was ticked when the session had run out."""
    return await _page(request, "pages/staff/caseload.html", await _found(request), await kept(request, Form()))


@get("/staff/caseload/all", access=Access.STAFF)
async def ask_about_all(request: Request) -> Response[str]:
    """Every child of a view at once: first look how many they are."""
    return await _all(request, wanted_of(dict(request.query_params)), await kept(request, Form()))


@post("/staff/caseload/all", access=Access.STAFF)
async def assign_all(request: Request) -> Response[str]:
    """Give every child of a view to a colleague, if they are still those that the page counted."""
    form, now = await AssignAllForm.of(request), now_of(request)
    if form.ok:
        try:
            changed = await only_once(
                once_key(request, form, *form.all_typed), lambda: _assign_all(request, form), now=now
            )
            await request.auth.say(f"{changed} changed hands. The families are told by email.", now)
            return go(request, f"/staff?{urlencode(form.wanted.asked)}")
        except RuleBroken as error:
            form.refuse("caseworker", error.message)
    return await _all(request, form.wanted, form)


@get("/staff/caseload/views", access=Access.STAFF)
async def view_again(request: Request) -> Response[str]:
    """The caseload with the name that was typed."""
    return await _page(request, "pages/staff/caseload.html", await _found(request), await kept(request, Form()))


@post("/staff/caseload/views", access=Access.STAFF)
async def save_view(request: Request) -> Response[str]:
    """Keep this view under a name."""
    form, now = await ViewForm.of(request), now_of(request)
    if form.ok:
        try:
            await saved_views.save_view(request.actor, form.name, form.wanted, now=now)
            await request.auth.say(f"This view is kept as “{form.name}”.", now)
            return go(request, f"/staff?{urlencode(form.wanted.asked)}")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    found = await queries.caseload(request.actor, form.wanted, today=today(now))
    return await _page(request, "pages/staff/caseload.html", found, form)


@post("/staff/caseload/views/{view:str}/delete", access=Access.STAFF)
async def delete_view(request: Request, view: FromPath[str]) -> Response[str]:
    """Take out a view that one had kept; what one looks at stays as it is."""
    form = await ShownForm.of(request)
    name = await saved_views.delete_view(request.actor, view)
    await request.auth.say(f"The view “{name}” is deleted.", now_of(request))
    return go(request, f"/staff?{urlencode(form.wanted.whole)}")


async def _all(request: Request, wanted: Wanted, form: Form) -> Response[str]:
    day = today(now_of(request))
    found = await queries.caseload(request.actor, wanted, today=day)
    colleagues = await assigning.colleagues(request.actor, today=day)
    seen = digest_of(await _every_child(request, wanted))
    view = CaseloadPage(found, (), colleagues, all_ticked=False, seen=seen)
    return page(request, "pages/staff/caseload_all.html", view, form=form)


async def _every_child(request: Request, wanted: Wanted) -> Sequence[str]:
    day = today(now_of(request))
    return await queries.every_child(request.actor, wanted, today=day, limit=assigning.MOST + 1)


async def _assign_all(request: Request, form: AssignAllForm) -> str:
    children = await _every_child(request, form.wanted)
    if form.seen != digest_of(children):
        raise RuleBroken("caseworker", "The list has changed since you looked. Look at it again, then press Assign")
    return await _assign(request, children, form.caseworker)


async def _assign(request: Request, children: Sequence[str], caseworker: str) -> str:
    changed = await assigning.assign(request.actor, children, caseworker, now=now_of(request))
    return counted(changed, "case")


async def _found(request: Request, *, limit: int = 0) -> Caseload:
    wanted: Wanted = wanted_of(dict(request.query_params))
    return await queries.caseload(request.actor, wanted, today=today(now_of(request)), limit=limit)


async def _page(request: Request, template: str, found: Caseload, form: Form) -> Response[str]:
    view = CaseloadPage(
        found,
        await saved_views.saved_views(request.actor),
        await assigning.colleagues(request.actor, today=today(now_of(request))),
        all_ticked=request.query_params.get("tick") == "page",
    )
    for name, value in {**dict.fromkeys(Wanted.__annotations__, ""), **found.wanted.asked}.items():
        form.typed.setdefault(name, [value])
    return page(request, template, view, form=form)
