"""The SEND team marks whose whereabouts must not be given away."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.relationships.whereabouts import Whereabouts, mark, whereabouts_of
from web.access import Access
from web.forms.form import Form
from web.forms.staff_children import MarkForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

PAGE = "pages/staff/access/whereabouts.html"


@get("/staff/children/{child:str}/access/{relationship:str}/whereabouts", access=Access.STAFF)
async def show(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """What the mark does, and the reason for setting it or taking it away."""
    return page(request, PAGE, await _about(request, child, relationship), form=await kept(request, Form()))


@post("/staff/children/{child:str}/access/{relationship:str}/whereabouts", access=Access.STAFF)
async def change(request: Request, child: FromPath[str], relationship: FromPath[str]) -> Response[str]:
    """Set the mark, or take it away."""
    view, form, now = await _about(request, child, relationship), await MarkForm.of(request), now_of(request)
    done = await once(request, form, lambda: mark(request.actor, view, form.reason, secret=form.sets, now=now))
    if done is None:
        return page(request, PAGE, view, form=form)
    told = "We warn whoever writes about this child." if form.sets else "The mark is gone."
    await request.auth.say(told, now)
    return go(request, f"/staff/children/{child}")


async def _about(request: Request, child: str, relationship: str) -> Whereabouts:
    return await whereabouts_of(await child_of(request.actor, child, now=now_of(request)), relationship)
