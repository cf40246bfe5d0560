"""Ask for an assessment: short pages that are kept on the server, a last look, and a confirmation."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from portal.errors import NotFound, Refused, RuleBroken
from portal.once import only_once
from portal.requests import commands, queries
from portal.requests.queries import KnownTo
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.requests import FORMS
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page
from web.views.requests import START, Journey, facts_of, journey, showing, step_view

NOT_READY = "Some answers are missing. They are listed on this page"


@get("/request-assessment", access=Access.FAMILY)
async def start(request: Request) -> Response[str]:
    """What an assessment is, who may ask, and where to go on."""
    return page(request, "pages/requests/start.html", await _journey(request))


@post("/request-assessment/delete", access=Access.FAMILY)
async def delete(request: Request) -> Response[str]:
    """Forget what was typed."""
    await commands.discard(request.actor)
    await request.auth.say("What you had typed is deleted.", now_of(request))
    return go(request, START)


@get("/request-assessment/check", access=Access.FAMILY)
async def check(request: Request) -> Response[str]:
    """Check your answers."""
    found = await _journey(request)
    return page(request, "pages/requests/check.html", found) if found else go(request, START)


@post("/request-assessment/check", access=Access.FAMILY)
async def send(request: Request) -> Response[str]:
    """Send the request."""
    form, now = await Form.of(request), now_of(request)
    try:
        await only_once(once_key(request, form), lambda: _send(request), now=now)
        return go(request, f"{START}/sent")
    except (Refused, RuleBroken) as error:
        form.refuse("", error.message)
    found = await _journey(request)
    return page(request, "pages/requests/check.html", found, form=form) if found else go(request, START)


@get("/request-assessment/sent", access=Access.FAMILY)
async def sent(request: Request) -> Response[str]:
    """The confirmation, with the reference and the dates."""
    return page(request, "pages/requests/sent.html", await queries.newest_sent(request.actor))


@get("/request-assessment/{step:str}", access=Access.FAMILY)
async def ask(request: Request, step: FromPath[str]) -> Response[str]:
    """One page, with what was typed before."""
    typed = await _typed(request)
    if step != "who" and not typed.get("asker"):
        return go(request, f"{START}/who")
    known = await queries.known_to(request.actor)
    facts = facts_of(typed, known, today(now_of(request)))
    form = await kept(request, showing(typed, await queries.asker_of(request.actor), known))
    return _step_page(request, step, facts, known, form)


@post("/request-assessment/{step:str}", access=Access.FAMILY)
async def keep(request: Request, step: FromPath[str]) -> Response[str]:
    """Keep one page, and go on when nothing has to be mended."""
    now, known = now_of(request), await queries.known_to(request.actor)
    facts = facts_of(await _typed(request), known, today(now))
    if step not in facts["steps"]:
        raise NotFound
    form = await FORMS[step].of(request, **facts)
    await commands.keep(request.actor, form.to_keep, now=now)
    if form.ok:
        found = await _journey(request)
        return go(request, f"{START}/{_next(found, step) if found else 'who'}")
    return _step_page(request, step, facts, known, form)


def _next(found: Journey, step: str) -> str:
    """The page after; once all are done, straight back to the last look."""
    following = found.steps[found.steps.index(step) + 1 :]
    return found.next_step if not found.missing or not following else following[0]


async def _send(request: Request) -> str:
    found = await _journey(request)
    if found is None or found.missing:
        raise Refused(NOT_READY)
    now = now_of(request)
    return await commands.send(request.actor, found.draft, found.answers, today=today(now), now=now)


def _step_page(request: Request, step: str, facts: Mapping[str, Any], known: KnownTo, form: Form) -> Response[str]:
    if step not in facts["steps"]:
        raise NotFound
    return page(request, f"pages/requests/{step}.html", step_view(step, facts, known), form=form)


async def _typed(request: Request) -> dict[str, str]:
    draft = await queries.draft_of(request.actor)
    return dict(draft.typed) if draft else {}


async def _journey(request: Request) -> Journey | None:
    draft = await queries.draft_of(request.actor)
    if draft is None:
        return None
    known = await queries.known_to(request.actor)
    return journey(draft, known, today=today(now_of(request)))
