"""Who is writing about a child: a family looks, and asks for another adviser."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.access.rules import Part
from portal.advice import commands
from portal.advice.queries import AdviceOfChild, advice_of
from portal.errors import Refused, TooManyTries
from web.access import Access
from web.dates import today
from web.forms.advice import WishForm
from web.forms.form import Form
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page


@get("/children/{child:str}/advice", access=Access.FAMILY)
async def show(request: Request, child: FromPath[str]) -> Response[str]:
    """Who was asked, by when they answer, and what became of one's own wishes."""
    return page(request, "pages/advice/show.html", await _advice(request, child))


@get("/children/{child:str}/advice/new", access=Access.FAMILY)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Ask for another adviser."""
    view = await _advice(request, child)
    if not view.may_wish:
        raise Refused(commands.ENDED)
    return page(request, "pages/advice/new.html", view, form=await kept(request, Form()))


@post("/children/{child:str}/advice/new", access=Access.FAMILY)
async def wish(request: Request, child: FromPath[str]) -> Response[str]:
    """Send the wish to the SEND team."""
    view, form, now, done = await _advice(request, child), await WishForm.of(request), now_of(request), None
    try:
        done = await once(request, form, lambda: commands.wish(request.actor, view.child, form.wish, now=now))
    except (Refused, TooManyTries) as error:
        form.refuse("name", error.message)  # They can still read and copy what they wrote.
    if done is None:
        return page(request, "pages/advice/new.html", view, form=form)
    await request.auth.say("We have your wish. We tell you by email when we have answered.", now)
    return go(request, f"/children/{child}/advice")


async def _advice(request: Request, child: str) -> AdviceOfChild:
    now = now_of(request)
    record = await child_of(request.actor, child, now=now, part=Part.ADVICE)
    return await advice_of(request.actor, record, today=today(now))
