"""Everything that is held about oneself, as a zip."""

from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment
from litestar import Response, get, post
from litestar.response import Stream

from portal.errors import RuleBroken
from portal.everything import commands
from portal.everything.asking import Me
from portal.everything.packing import Contents, Pages, pack
from portal.everything.parts import PartPage, parts_for
from portal.files.rules import content_disposition
from web.access import Access
from web.council import Council
from web.forms.account import PasswordForm
from web.forms.form import Form
from web.respond import Request, download, now_of, page

PAGE = "/account/everything"
ZIP = "application/zip"


@dataclass(frozen=True)
class EverythingPage:
    """What the zip holds."""

    titles: tuple[str, ...]


@get(PAGE, access=Access.SIGNED_IN)
async def ask(request: Request) -> Response[str]:
    """What it is, and the password once more."""
    return page(request, "pages/account/everything.html", _view(request), form=Form())


@post(PAGE, access=Access.SIGNED_IN, is_download=True)
async def take(request: Request) -> Response[str] | Stream:
    """Hand it over."""
    form, now, actor, state = await PasswordForm.of(request), now_of(request), request.actor, request.app.state
    if form.ok:
        try:
            await commands.allow(actor, form.current, state.hasher, now=now)
            await request.auth.renew()
            return _zip(request, now)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/everything.html", _view(request), form=form)


def _view(request: Request) -> EverythingPage:
    return EverythingPage(tuple(part.title for part in parts_for(request.actor)))


def _zip(request: Request, now: datetime) -> Stream:
    state = request.app.state
    pieces = pack(Me(request.actor, now), state.files, _pages(state.templates, state.settings.council))
    name = content_disposition("Everything about me.zip")
    headers = download(b"", media_type=ZIP, disposition=name).headers
    return Stream(pieces, media_type=ZIP, headers=headers, status_code=200)


def _pages(templates: Environment, council: Council) -> Pages:
    """The pages in the zip. They are written in a thread and know nothing of the request."""

    def part(view: PartPage) -> str:
        return templates.get_template("pages/account/everything_part.html").render(view=view)

    def contents(view: Contents) -> str:
        return templates.get_template("pages/account/everything_index.html").render(view=view, council=council)

    return Pages(part, contents)
