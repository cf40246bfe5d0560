"""The draft plan of a family: read it, comment on each section, ask for a school and a meeting, send it."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.access.rules import Part
from portal.drafts import commands, queries, rules
from portal.drafts.queries import OwnDraft
from portal.errors import NotFound
from web.access import Access
from web.dates import today
from web.forms.draft_plan import AUTOSAVE, DELETE, NEXT, SaidForm, SendForm, form_for, showing_saved
from web.forms.form import Form
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page
from web.views.draft_plan import OwnView, PartView


@get("/children/{child:str}/draft-plan", access=Access.FAMILY)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """The draft, the last day, and what this person has said about each section."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now, part=Part.DRAFT_PLAN)
    own = await queries.own_draft(request.actor, record, now=now)
    return page(request, "pages/draft_plan/show.html", OwnView(record, own, today(now)))


@get("/children/{child:str}/draft-plan/check", access=Access.FAMILY)
async def check(request: Request, child: FromPath[str]) -> Response[str]:
    """What would be sent now."""
    record, own = await _own(request, child)
    if not own.unsent:
        return go(request, _address(record))
    return page(request, "pages/draft_plan/check.html", OwnView(record, own, today(now_of(request))))


@post("/children/{child:str}/draft-plan/check", access=Access.FAMILY)
async def send(request: Request, child: FromPath[str]) -> Response[str]:
    """Send everything that is saved."""
    record, own = await _own(request, child)
    now = now_of(request)
    view = OwnView(record, own, today(now))
    form = await SendForm.of(request, seal=view.seal)

    async def act() -> str:
        return await commands.send(request.actor, record, own, today=today(now), now=now)

    reference = await once(request, form, act)
    if reference is None:
        return page(request, "pages/draft_plan/check.html", view, form=form)
    await request.auth.say(f"We have what you sent. Your reference is {reference}. We have emailed it to you.", now)
    return go(request, _address(record))


@get("/children/{child:str}/draft-plan/school", access=Access.FAMILY)
async def school(request: Request, child: FromPath[str]) -> Response[str]:
    """Ask for a school or college."""
    return await _show_part(request, child, rules.SCHOOL)


@post("/children/{child:str}/draft-plan/school", access=Access.FAMILY)
async def save_school(request: Request, child: FromPath[str]) -> Response[str]:
    """Keep the request until it is sent."""
    return await _take_part(request, child, rules.SCHOOL)


@get("/children/{child:str}/draft-plan/meeting", access=Access.FAMILY)
async def meeting(request: Request, child: FromPath[str]) -> Response[str]:
    """Ask for a meeting."""
    return await _show_part(request, child, rules.MEETING)


@post("/children/{child:str}/draft-plan/meeting", access=Access.FAMILY)
async def save_meeting(request: Request, child: FromPath[str]) -> Response[str]:
    """Keep the request until it is sent."""
    return await _take_part(request, child, rules.MEETING)


@get("/children/{child:str}/draft-plan/{section:str}", access=Access.FAMILY)
async def section(request: Request, child: FromPath[str], section: FromPath[str]) -> Response[str]:
    """Comment on one section. Section I is blank in a draft: there a school is asked for."""
    if section == rules.PLACEMENT:
        record, _ = await _own(request, child)
        return go(request, _address(record, rules.SCHOOL))
    return await _show_part(request, child, section)


@post("/children/{child:str}/draft-plan/{section:str}", access=Access.FAMILY)
async def save_comment(request: Request, child: FromPath[str], section: FromPath[str]) -> Response[str]:
    """Keep the comment until it is sent."""
    return await _take_part(request, child, section)


async def _own(request: Request, child: str) -> tuple[ChildRecord, OwnDraft]:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now, part=Part.DRAFT_PLAN)
    return record, await queries.own_draft_to_use(request.actor, record, now=now)


async def _part(request: Request, child: str, part: str) -> PartView:
    record, own = await _own(request, child)
    if part not in rules.PARTS:
        raise NotFound
    return PartView(record, own, today(now_of(request)), part, _address(record, part))


async def _show_part(request: Request, child: str, part: str) -> Response[str]:
    view = await _part(request, child, part)
    return _part_page(request, view, await kept(request, showing_saved(view.own.saved(part))))


async def _take_part(request: Request, child: str, part: str) -> Response[str]:
    """Keep what was typed, finished or not, or delete it; while it is typed, say nothing."""
    view, now = await _part(request, child, part), now_of(request)
    form = await form_for(part).of(request, part=part)
    if form.press == DELETE:
        await commands.discard(request.actor, view.own, part)
        await request.auth.say("What you had saved is deleted.", now)
        return go(request, _address(view.child))
    if form.can_be_kept:
        await commands.save(request.actor, view.own, form.said, now=now)
    if form.press == AUTOSAVE:
        if form.said.is_nothing:
            await commands.discard(request.actor, view.own, part)
        return Response("", status_code=204)
    if not form.ok:
        return _part_page(request, view, form)
    await request.auth.say("Saved. It is not sent yet.", now)
    return go(request, _next_address(view, form))


def _part_page(request: Request, view: PartView, form: Form) -> Response[str]:
    name = view.part if view.part in {rules.SCHOOL, rules.MEETING} else "section"
    return page(request, f"pages/draft_plan/{name}.html", view, form=form)


def _next_address(view: PartView, form: SaidForm) -> str:
    return _address(view.child, view.following) if form.press == NEXT and view.following else _address(view.child)


def _address(child: ChildRecord, *rest: str) -> str:
    return "/".join((f"/children/{child.public_id}/draft-plan", *rest))
