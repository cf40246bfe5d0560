"""The audit trail: who did what, when."""

from litestar import Response, get

from portal.staff.audit_trail import AuditAsked, AuditTrail, audit_trail
from web.access import Access
from web.forms.managing import AuditForm
from web.respond import Request, page
from web.spreadsheet import MOST_ROWS, spreadsheet

COLUMNS = ("When", "Who", "Email", "What", "About", "Case reference", "Id", "Details")


@get("/staff/manage/audit", access=Access.MANAGER)
async def show(request: Request) -> Response[str]:
    """The newest entries that fit."""
    form = _form(request)
    return page(request, "pages/staff/manage/audit.html", await _trail(request, form), form=form)


@get("/staff/manage/audit.csv", access=Access.MANAGER, is_download=True)
async def export(request: Request) -> Response[bytes]:
    """The same as a file; that somebody took it stands in the trail too."""
    found = await _trail(request, _form(request), limit=MOST_ROWS + 1)
    rows = (
        (one.at, one.who, one.email, one.what, one.about, one.reference, one.subject,
         "; ".join(f"{name}: {value}" for name, value in one.details))
        for one in found.lines
    )  # fmt: skip
    return await spreadsheet(request, "audit", COLUMNS, rows)


def _form(request: Request) -> AuditForm:
    form = AuditForm({name: [value] for name, value in request.query_params.items()})
    form.read()
    return form


async def _trail(request: Request, form: AuditForm, *, limit: int = 0) -> AuditTrail:
    """Nothing when what was typed cannot be looked for."""
    if not form.ok:
        return AuditTrail((), AuditAsked(group=form.asked.group), 0)
    return await audit_trail(request.actor, form.asked, **({"limit": limit} if limit else {}))
