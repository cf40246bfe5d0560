"""The audit trail: who did what, when."""

from litestar import Response, get

from portal import audit
from portal.csv_out import csv_bytes
from portal.staff.audit_trail import AuditAsked, AuditTrail, audit_trail
from web.access import Access
from web.dates import day_and_time
from web.forms.managing import AuditForm
from web.respond import Request, download, now_of, page

MOST_ROWS = 10_000
COLUMNS = ("When", "Who", "Email", "What", "Case reference", "About", "Details")


@get("/staff/manage/audit", access=Access.MANAGER)
async def show(request: Request) -> Response[str]:
    """The newest entries that fit."""
    form = _form(request)
    return page(request, "pages/staff/manage/audit.html", await _trail(request, form), form=form)


@get("/staff/manage/audit.csv", access=Access.MANAGER, is_download=True)
async def export(request: Request) -> Response[bytes]:
    """The same as a file, at most `MOST_ROWS`; that somebody took it stands in the trail too."""
    found = await _trail(request, _form(request), limit=MOST_ROWS)
    rows = (
        (day_and_time(one.at), one.who, one.email, one.what, one.reference, one.subject,
         "; ".join(f"{name}: {value}" for name, value in one.details))
        for one in found.lines
    )  # fmt: skip
    content = csv_bytes(COLUMNS, rows)
    detail = {"rows": len(found.lines)}
    await audit.record("staff:audit:exported", now=now_of(request), actor=request.actor, detail=detail)
    disposition = 'attachment; filename="audit-trail.csv"'
    return download(content, media_type="text/csv", disposition=disposition)


def _form(request: Request) -> AuditForm:
    form = AuditForm({name: [value] for name, value in request.query_params.items()})
    form.read()
    return form


async def _trail(request: Request, form: AuditForm, *, limit: int = 0) -> AuditTrail:
    """Nothing when what was typed cannot be looked for."""
    if not form.ok:
        return AuditTrail((), AuditAsked(group=form.asked.group), 0)
    return await audit_trail(request.actor, form.asked, **({"limit": limit} if limit else {}))
