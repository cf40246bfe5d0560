"""Moving a caseload: first look at what would happen, then do it."""

from dataclasses import dataclass

from litestar import Response, get, post

from portal.errors import RuleBroken
from portal.staff import moving
from portal.staff.moving import Move, Worker
from portal.words import counted
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.managing import MoveForm
from web.once import once
from web.respond import Request, go, now_of, page

START = "/staff/manage/caseload"
CHECK = f"{START}/check"


@dataclass(frozen=True)
class MovePage:
    """Who can give and take; `move` is what would happen, None before it is asked."""

    workers: tuple[Worker, ...]
    move: Move | None

    @property
    def givers(self) -> tuple[tuple[str, str], ...]:
        nobody = (moving.NOBODY, "Nobody: the children of my team without a caseworker")
        return (nobody, *((one.public_id, _said(one)) for one in self.workers))

    @property
    def takers(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.public_id, _said(one)) for one in self.workers if one.works)


@get(START, access=Access.MANAGER)
async def choose(request: Request) -> Response[str]:
    """Choose whose caseload goes to whom."""
    return await _show(request, Form.showing(giver=request.query_params.get("giver", "")))


@get(CHECK, access=Access.MANAGER)
async def check(request: Request) -> Response[str]:
    """What would happen."""
    asked = request.query_params
    form = MoveForm({name: asked.getall(name) for name in ("giver", "takers") if name in asked})
    form.read()
    return await _show(request, form, await _plan(request, form))


@post(CHECK, access=Access.MANAGER)
async def move(request: Request) -> Response[str]:
    """Do it; the families are told."""
    form, now = await MoveForm.of(request), now_of(request)
    moved = await once(request, form, lambda: _move(request, form), form.giver, *form.takers)
    if moved is None:
        return await _show(request, form)
    await request.auth.say(f"{moved}. The families are told by email.", now)
    return go(request, "/staff")


async def _plan(request: Request, form: MoveForm) -> Move | None:
    if form.ok:
        try:
            return await moving.plan(request.actor, form.giver, form.takers, today=today(now_of(request)))
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return None


async def _move(request: Request, form: MoveForm) -> str:
    moved = await moving.move(request.actor, form.giver, form.takers, seen=form.seen, now=now_of(request))
    return counted(moved, "child has another caseworker now", "children have another caseworker now")


async def _show(request: Request, form: Form, move: Move | None = None) -> Response[str]:
    return page(request, "pages/staff/manage/caseload.html", MovePage(await moving.workers(), move), form=form)


def _said(one: Worker) -> str:
    return f"{one.name}, {one.team}" if one.works else f"{one.name}, {one.team} (no longer signs in)"
