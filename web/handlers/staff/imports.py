"""Import from CSV: upload, look at what would happen, mend or take in, and watch it."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal import audit
from portal.csv_out import csv_bytes
from portal.errors import RuleBroken
from portal.files.rules import safe_download_name
from portal.imports import commands
from portal.imports.columns import COLUMNS, Column
from portal.imports.queries import Batch, Imports, Preview, all_problems, batch_of, imports_of, preview
from portal.imports.reading import MAX_SIZE
from portal.imports.undoing import undo, undoing_of
from portal.once import only_once
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.imports import ImportForm, TakeInForm
from web.kept import kept
from web.once import once_key
from web.respond import Request, download, fragment, go, now_of, page

MAX_BODY = 32 * 1024 * 1024
"""Bytes: somebody whose file is a little too large is told so beside the field."""
CSV = "text/csv"


@dataclass(frozen=True)
class ImportsPage:
    """Past imports, and the columns that a file has."""

    found: Imports
    columns: tuple[Column, ...] = COLUMNS


@get("/staff/imports", access=Access.STAFF)
async def listing(request: Request) -> Response[str]:
    """Upload a file; the imports so far."""
    return await _listing(request, await kept(request, Form()))


@post("/staff/imports", access=Access.STAFF, request_max_body_size=MAX_BODY)
async def upload(request: Request) -> Response[str]:
    """Read and check the file; nothing is changed by it."""
    form, now = await ImportForm.of(request), now_of(request)
    if form.upload is not None:
        try:
            content = await form.upload.read(MAX_SIZE + 1)
            reading = await commands.read(request.actor, content, today=today(now))
        except RuleBroken as error:
            form.refuse(error.field, error.message)
        else:
            name = safe_download_name(form.upload.filename, "csv")
            key = once_key(request, form)
            made = await only_once(key, lambda: commands.keep(request.actor, name, reading, now=now), now=now)
            return go(request, f"/staff/imports/{made}")
    return await _listing(request, form)


@get("/staff/imports/template.csv", access=Access.STAFF)
async def template(request: Request) -> Response[bytes]:
    """A file with the headings and one row to write over."""
    content = csv_bytes([one.title for one in COLUMNS], [[one.example for one in COLUMNS]])
    return download(content, media_type=CSV, disposition='attachment; filename="import-template.csv"')


@get(["/staff/imports/{batch:str}", "/staff/imports/{batch:str}/cancel"], access=Access.STAFF)
async def show(request: Request, batch: FromPath[str]) -> Response[str]:
    """What the file would do, what must be mended, or how far it is."""
    found = await batch_of(request.actor, batch)
    return await _show(request, found, await kept(request, Form()))


@post("/staff/imports/{batch:str}", access=Access.STAFF)
async def take_in(request: Request, batch: FromPath[str]) -> Response[str]:
    """Have the worker take the import in."""
    now, found = now_of(request), await batch_of(request.actor, batch)
    form = await TakeInForm.of(request, has_matched=bool(found.matched_rows), has_new=bool(found.new_children))
    if not form.ok:
        return await _show(request, found, form)

    async def act() -> str:
        return await commands.start(request.actor, batch, join_matched=form.join_matched, now=now)

    await only_once(once_key(request, form), act, now=now)
    return go(request, f"/staff/imports/{batch}")


@post("/staff/imports/{batch:str}/cancel", access=Access.STAFF)
async def cancel(request: Request, batch: FromPath[str]) -> Response[str]:
    """Drop the file before it is taken in."""
    now, form = now_of(request), await Form.of(request)
    await only_once(once_key(request, form), lambda: commands.cancel(request.actor, batch, now=now), now=now)
    await request.auth.say("The import is cancelled. Nothing was taken in.", now)
    return go(request, "/staff/imports")


@get("/staff/imports/{batch:str}/undo", access=Access.MANAGER)
async def undo_page(request: Request, batch: FromPath[str]) -> Response[str]:
    """What would go, and what nothing takes back."""
    view = await undoing_of(request.actor, batch)
    return page(request, "pages/staff/imports/undo.html", view, form=await kept(request, Form()))


@post("/staff/imports/{batch:str}/undo", access=Access.MANAGER)
async def undo_import(request: Request, batch: FromPath[str]) -> Response[str]:
    """Take back everything that the file brought."""
    now, form = now_of(request), await Form.of(request)
    await only_once(once_key(request, form), lambda: undo(request.actor, batch, now=now), now=now)
    await request.auth.say("The import is undone. Everything that it brought is gone.", now)
    return go(request, f"/staff/imports/{batch}")


@get("/staff/imports/{batch:str}/problems.csv", access=Access.STAFF)
async def problems(request: Request, batch: FromPath[str]) -> Response[bytes]:
    """Everything to mend, as a file for a spreadsheet."""
    found = await batch_of(request.actor, batch)
    rows = [(one.line, one.column, one.reason, one.value) for one in await all_problems(found)]
    await audit.record("staff:import:problems_exported", now=now_of(request), actor=request.actor, subject=batch)
    content = csv_bytes(("Line", "Column", "What to mend", "What stands there"), rows)
    return download(content, media_type=CSV, disposition='attachment; filename="import-problems.csv"')


@get("/staff/imports/{batch:str}/panels/progress", access=Access.STAFF, touches_session=False)
async def progress(request: Request, batch: FromPath[str]) -> Response[str]:
    """How far it is, alone, for the page that asks every two seconds."""
    return fragment(request, "partials/imports/progress.html", await batch_of(request.actor, batch))


async def _listing(request: Request, form: Form) -> Response[str]:
    found = await imports_of(request.actor, request.query_params.get("before", "")[:40])
    return page(request, "pages/staff/imports/list.html", ImportsPage(found), form=form)


async def _show(request: Request, found: Batch, form: Form) -> Response[str]:
    view: Preview = await preview(
        found,
        kind=request.query_params.get("kind", ""),
        after=_number(request, "after"),
        problems_after=_number(request, "problems"),
    )
    return page(request, "pages/staff/imports/show.html", view, form=form)


def _number(request: Request, name: str) -> int:
    """A place in a list, as a link of ours has it; anything else is the beginning."""
    typed = request.query_params.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
