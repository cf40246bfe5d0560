"""The only place that answers: a page or a fragment of one, a redirect, an error, nothing new.

With htmx the shell is left out; address, validation and status stay the same.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import Request as LitestarRequest
from litestar import Response
from litestar.datastructures import State
from litestar.plugins.htmx import HTMXDetails

from portal.actor import Actor
from portal.words import counted
from web.council import Council
from web.dates import FILTERS, day
from web.forms.form import Form
from web.session import Browser


class Request(LitestarRequest[Actor | None, Browser, State]):
    """A request that knows its person (`user`), its browser (`auth`) and whether htmx sent it."""

    __slots__ = ("htmx",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = HTMXDetails(self)

    @property
    def actor(self) -> Actor:
        """The signed-in person; only for routes that let nobody else in."""
        assert self.user is not None, "the route's access lets people in who are not signed in"
        return self.user


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class SessionLimit:
    """When this session ends if nothing is done."""

    ends_in_seconds: int
    minutes: int


@dataclass(frozen=True)
class Shell:
    """What the layout needs on every page."""

    council: Council
    layout: str
    person: Actor | None
    home_url: str
    csrf_token: str
    once: str
    nav: tuple[Link, ...]
    nav_label: str
    flash: str
    has_errors: bool
    session: SessionLimit | None
    is_staff: bool
    now_text: str
    path: str


STAFF_NAV = (
    ("Today", "/staff/today"),
    ("Caseload", "/staff"),
    ("Tasks", "/staff/tasks"),
    ("Team inbox", "/staff/inbox"),
    ("Access requests", "/staff/access"),
    ("Board", "/staff/board"),
    ("Add a child", "/staff/children/new"),
    ("Import", "/staff/imports"),
    ("Organisations", "/staff/organisations"),
)

MANAGER_NAV = (("Manage", "/staff/manage"),)
"""What only managers see after it."""


def environment(folder: str, static: Callable[[str], str]) -> Environment:
    """The Jinja environment for everything under `folder`."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(FILTERS, counted=counted)
    env.globals["static"] = static
    return env


def wants_fragment(request: Request) -> bool:
    """Whether htmx will put the answer into the page; going Back asks for a whole one."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def now_of(request: Request) -> datetime:
    """The moment at which this request is answered, in UTC."""
    moment: datetime = request.app.state.clock()
    return moment


def render(request: Request, template: str, view: object = None, form: Form | None = None, **more: object) -> str:
    """`template` as text, with `shell`, `view` and `form`."""
    env: Environment = request.app.state.templates
    filled = env.get_template(template)
    return filled.render(shell=_shell(request, form), view=view, form=form or Form(), **more)


def page(
    request: Request, template: str, view: object = None, *, form: Form | None = None, status: int | None = None
) -> Response[str]:
    """A whole page; for htmx only what stands in `<main>`. With errors in `form` the status is 422."""
    status = status or (422 if form is not None and form.errors else 200)
    return _html(render(request, template, view, form), status)


def fragment(request: Request, template: str, view: object) -> Response[str]:
    """One region that refreshes itself. 304 when the browser already shows the same.

    The template gets `etag` and sends it back in `If-None-Match` (see `macros/live.html`).
    """
    etag = etag_of(view)
    if request.headers.get("if-none-match") == etag:
        return Response("", status_code=304, headers={"ETag": etag, "Vary": "HX-Request"})
    response = _html(render(request, template, view, etag=etag), 200)
    response.headers["ETag"] = etag
    return response


def etag_of(view: object) -> str:
    """A short name for what `view` shows; the same view always has the same."""
    return f'"{hashlib.sha256(repr(view).encode()).hexdigest()[:20]}"'


def go(request: Request, url: str) -> Response[str]:
    """On to another page of the same journey: 303, which htmx follows into the same place."""
    return Response("", status_code=303, headers={"Location": url, "Vary": "HX-Request"})


def leave(request: Request, url: str, *, signed_out: bool = False) -> Response[str]:
    """On to a page whose shell differs (signing in or out): htmx loads it whole."""
    if not request.htmx:
        return go(request, url)
    return Response("", status_code=401 if signed_out else 200, headers={"HX-Redirect": url, "Vary": "HX-Request"})


def download(content: bytes, *, media_type: str, disposition: str) -> Response[bytes]:
    """A file to keep, which no browser may open as a page of ours."""
    headers = {
        "Content-Disposition": disposition,
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _html(text: str, status: int) -> Response[str]:
    return Response(text, status_code=status, media_type="text/html", headers={"Vary": "HX-Request"})


def _shell(request: Request, form: Form | None) -> Shell:
    state = request.app.state
    browser = cast(Browser | None, request.auth)  # None for a static file that is not there
    actor, now = browser.actor if browser else None, now_of(request)
    is_staff = bool(actor and actor.is_staff)
    return Shell(
        council=state.settings.council,
        layout="pages/fragment.html" if wants_fragment(request) else "pages/layout.html",
        person=actor,
        home_url=("/staff" if is_staff else "/children") if actor else "/",
        csrf_token=browser.csrf_token if browser else "",
        once=state.new_key(),
        nav=_nav(request, actor) if actor and is_staff else (),
        nav_label="SEND team",
        flash=browser.taken_flash if browser else "",
        has_errors=bool(form and form.errors),
        session=_limit(browser, now),
        is_staff=is_staff,
        now_text=day(now),
        path=request.url.path,
    )


def _nav(request: Request, actor: Actor) -> tuple[Link, ...]:
    links = (*STAFF_NAV, *MANAGER_NAV) if actor.is_manager else STAFF_NAV
    return tuple(Link(text, href, request.url.path == href) for text, href in links)


def _limit(browser: Browser | None, now: datetime) -> SessionLimit | None:
    session = browser.session if browser else None
    if session is None or session.stage != "full":
        return None
    ends = min(now + session.idle, session.ends_at)
    return SessionLimit(int((ends - now).total_seconds()), int(session.idle.total_seconds() // 60))
