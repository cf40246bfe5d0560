"""Actions to Complete: open a form, fill it page by page, check it, send it, keep a copy."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.actions import commands, queries
from portal.actions.queries import ActionRecord
from portal.errors import NotFound
from portal.forms import engine
from portal.forms.definition import Page
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.handlers.shared.action_files import take_files
from web.kept import kept
from web.once import once
from web.respond import Request, download, go, now_of, page, render
from web.views.actions import (
    actions_view,
    address,
    answers_view,
    form_of,
    next_address,
    question_view,
    start_view,
)


@get("/children/{child:str}/actions", access=Access.FAMILY)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """Every form that this person was asked to fill."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await queries.actions_of(request.actor, record)
    return page(request, "pages/actions/list.html", actions_view(record, found, today(now)))


@get("/children/{child:str}/actions/{action:str}", access=Access.FAMILY)
async def start(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """What the form is for, and where to start or go on; a sent form shows what was sent."""
    record, found = await _action(request, child, action)
    if not found.is_open:
        return go(request, address(record, found, "sent"))
    return page(request, "pages/actions/start.html", start_view(record, found))


@get("/children/{child:str}/actions/{action:str}/{question:str}", access=Access.FAMILY)
async def question(
    request: Request, child: FromPath[str], action: FromPath[str], question: FromPath[str]
) -> Response[str]:
    """One page of the form, with what was answered before."""
    record, found, asked = await _question(request, child, action, question)
    form = await kept(request, Form(engine.typed_before(asked, found.answers)))
    return page(request, "pages/actions/question.html", await question_view(record, found, asked), form=form)


@post("/children/{child:str}/actions/{action:str}/{question:str}", access=Access.FAMILY)
async def save(request: Request, child: FromPath[str], action: FromPath[str], question: FromPath[str]) -> Response[str]:
    """Keep one page; what is right is kept even when something has to be mended."""
    record, found, asked = await _question(request, child, action, question)
    form = await Form.of(request)
    submitted = form.typed | await take_files(request, record, found, asked, form)
    checked = engine.check_page(form_of(found), asked, submitted, found.answers)
    await commands.save_page(request.actor, found, checked.answers, now=now_of(request))
    if form.ticked("later"):
        await request.auth.say("Your answers are saved. You can go on at any time.", now_of(request))
        return go(request, f"/children/{record.public_id}/actions")
    for error in checked.errors:
        form.refuse(error.field, error.message)
    if form.ok and not form.ticked("remove"):
        return go(request, next_address(record, found, asked, {**found.answers, **checked.answers}))
    saved = await queries.action_of(request.actor, record, action, now=now_of(request))
    return page(request, "pages/actions/question.html", await question_view(record, saved, asked), form=form)


@get("/children/{child:str}/actions/{action:str}/check", access=Access.FAMILY)
async def check(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """Check your answers."""
    record, found = await _action(request, child, action)
    if not found.is_open:
        return go(request, address(record, found, "sent"))
    return page(request, "pages/actions/check.html", await answers_view(record, found))


@post("/children/{child:str}/actions/{action:str}/check", access=Access.FAMILY)
async def submit(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """Send the form in."""
    record, found = await _action(request, child, action)
    form, now = await Form.of(request), now_of(request)
    done = await once(request, form, lambda: commands.submit(request.actor, record, found, form_of(found), now=now))
    if done is None:
        return page(request, "pages/actions/check.html", await answers_view(record, found), form=form)
    return go(request, address(record, found, "sent"))


@get("/children/{child:str}/actions/{action:str}/sent", access=Access.FAMILY)
async def sent(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[str]:
    """The confirmation, with the reference and what was sent."""
    record, found = await _sent(request, child, action)
    return page(request, "pages/actions/sent.html", await answers_view(record, found))


@get("/children/{child:str}/actions/{action:str}/copy", access=Access.FAMILY, is_download=True)
async def copy(request: Request, child: FromPath[str], action: FromPath[str]) -> Response[bytes]:
    """A copy to keep, as plain text that every machine opens."""
    record, found = await _sent(request, child, action)
    text = render(request, "pages/actions/copy.txt", await answers_view(record, found))
    return download(
        text.encode(),
        media_type="text/plain; charset=utf-8",
        disposition=f'attachment; filename="form-{found.reference}.txt"',
    )


async def _action(request: Request, child: str, action: str) -> tuple[ChildRecord, ActionRecord]:
    record = await child_of(request.actor, child, now=now_of(request))
    return record, await queries.action_of(request.actor, record, action, now=now_of(request))


async def _sent(request: Request, child: str, action: str) -> tuple[ChildRecord, ActionRecord]:
    record, found = await _action(request, child, action)
    if found.state != "submitted":
        raise NotFound
    return record, found


async def _question(request: Request, child: str, action: str, key: str) -> tuple[ChildRecord, ActionRecord, Page]:
    record, found = await _action(request, child, action)
    asked = form_of(found).page(key)
    if asked is None or not found.is_open or asked not in engine.pages_shown(form_of(found), found.answers):
        raise NotFound
    return record, found, asked
