"""Everything that is held about oneself, as a zip."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.response import Stream

from portal.errors import RuleBroken
from portal.everything import commands
from portal.everything.parts import SQL, OwnFile, Part, files_of, parts_of
from portal.files.rules import content_disposition
from web.access import Access
from web.forms.account import PasswordForm
from web.forms.form import Form
from web.respond import Request, download, now_of, page, render

PAGE = "/account/everything"
ZIP = "application/zip"


@dataclass(frozen=True)
class EverythingPage:
    """What the zip holds."""

    titles: tuple[str, ...] = tuple(title for title, _ in SQL.values())


@dataclass(frozen=True)
class Index:
    """The page that lies in the zip."""

    name: str
    made_at: datetime
    parts: tuple[Part, ...]
    files: tuple[OwnFile, ...]


@get(PAGE, access=Access.SIGNED_IN)
async def ask(request: Request) -> Response[str]:
    """What it is, and the password once more."""
    return page(request, "pages/account/everything.html", EverythingPage(), form=Form())


@post(PAGE, access=Access.SIGNED_IN, is_download=True)
async def take(request: Request) -> Response[str] | Stream:
    """Hand it over."""
    form, now, actor, state = await PasswordForm.of(request), now_of(request), request.actor, request.app.state
    if form.ok:
        try:
            await commands.allow(actor, form.current, state.hasher, now=now)
            await request.auth.renew()
            return await _zip(request, now)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/everything.html", EverythingPage(), form=form)


async def _zip(request: Request, now: datetime) -> Stream:
    actor = request.actor
    parts, files = await parts_of(actor), await files_of(actor)
    index = render(request, "pages/account/everything_index.html", Index(actor.name, now, parts, files))
    pieces = commands.pack(index, parts, files, request.app.state.files, now=now)
    name = content_disposition("Everything about me.zip")
    headers = download(b"", media_type=ZIP, disposition=name).headers
    return Stream(pieces, media_type=ZIP, headers=headers, status_code=200)
