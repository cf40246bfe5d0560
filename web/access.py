"""Who may use a route. Every handler says so itself, with `access=Access.…`; here it is held.

The application does not start when a handler says nothing.
"""

from collections.abc import Iterable
from enum import Enum
from urllib.parse import quote, urlsplit

from litestar import Litestar, Response
from litestar.exceptions import MethodNotAllowedException
from litestar.handlers import HTTPRouteHandler

from portal import audit
from portal.errors import Busy, NotFound
from portal.sign_in import kept, sessions
from web.nearest import nearest_page, shown_addresses
from web.respond import Request, leave, now_of

SECRET_FIELDS = frozenset({"password", "confirm_password", "current_password", "code", "csrf_token", "once"})
"""What is never kept of a form, by its exact name."""

SIGNED_OUT = "You were signed out to keep your account safe. "
KEPT = "Sign in again: what you typed is kept. Add your files again."
ONCE_MORE = "Sign in again, then press the button once more: nothing has been done yet."


class Access(Enum):
    """Who may come in."""

    PUBLIC = "everyone"
    HALF = "somebody whose password was right and whose code is still to come"
    FAMILY = "a signed-in parent, young person or professional"
    STAFF = "a signed-in member of the SEND team"
    MANAGER = "a manager or administrator of the SEND team"
    SIGNED_IN = "anybody signed in"
    DEMO = "everyone, in the demo only"


class Forged(Exception):
    """A form came without the token of the browser that sent it."""


async def gate(request: Request) -> Response[str] | None:
    """Run before every handler: None lets the request through, an answer stops it."""
    if request.method == "OPTIONS" or request.auth is None:
        return None  # Nobody is asked who they are for a static file.
    access: Access = request.route_handler.opt["access"]
    if request.auth.is_unknown:
        raise Busy
    if request.scope.get("is_head") and request.route_handler.opt.get("is_download"):
        raise MethodNotAllowedException  # Asking about a document must not count as opening it.
    if request.method == "POST":
        await _check_origin(request)
    if may_enter(request, access):
        await _take_flash(request)
        return None
    if access is Access.HALF and request.user is not None:
        return leave(request, "/staff" if request.user.is_staff else "/children")
    if access is Access.DEMO or request.user is not None:
        await audit.record(
            "web:route:refused", now=now_of(request), actor=request.user, detail={"route": request.route_handler.name}
        )
        raise NotFound
    return await _to_sign_in(request, access)


def may_enter(request: Request, access: Access) -> bool:
    """Whether this request's person is among those whom `access` names."""
    actor, session = request.user, request.auth.session
    match access:
        case Access.PUBLIC:
            return True
        case Access.DEMO:
            return bool(request.app.state.settings.demo)
        case Access.HALF:
            return session is not None and session.stage == "half"
        case Access.FAMILY:
            return actor is not None and not actor.is_staff
        case Access.STAFF:
            return actor is not None and actor.is_staff
        case Access.MANAGER:
            return actor is not None and actor.is_manager
        case Access.SIGNED_IN:
            return actor is not None


def check_every_route(app: Litestar) -> None:
    """Raises RuntimeError naming each handler that does not say who may use it."""
    silent = [str(handler) for handler in handlers_of(app) if not isinstance(handler.opt.get("access"), Access)]
    if silent:
        raise RuntimeError(f"These handlers do not say who may use them (access=Access.…): {silent}")


def handlers_of(app: Litestar) -> Iterable[HTTPRouteHandler]:
    """Every HTTP handler of the application, but for Litestar's own answers to OPTIONS."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if "OPTIONS" not in handler.http_methods:
                yield handler


async def _check_origin(request: Request) -> None:
    """ASVS 5.0 V3.5.1 and V3.5.3: first where the form came from, then the token of this browser."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forged
    origin = request.headers.get("origin", "")
    if origin and origin != "null" and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise Forged
    token = (await request.form()).get("csrf_token", "") or request.headers.get("x-csrf-token", "")
    if not isinstance(token, str) or not request.auth.made(token):
        raise Forged


async def _take_flash(request: Request) -> None:
    """The sentence that was kept for the next page is shown on this one, and then gone."""
    browser = request.auth
    shows_pages = request.method == "GET" and request.route_handler.opt.get("touches_session", True)
    if shows_pages and browser.session and browser.session.flash:
        browser.taken_flash = browser.session.flash
        await sessions.remember(browser.session.id, flash="")


async def _to_sign_in(request: Request, access: Access) -> Response[str]:
    is_staff = access in {Access.STAFF, Access.MANAGER} or request.url.path.startswith("/staff/")
    where = "/staff/sign-in" if is_staff else "/"
    browser, now = request.auth, now_of(request)
    if browser.session and browser.session.stage == "half" and browser.session.actor:
        return leave(request, "/staff/sign-in/code" if browser.session.actor.is_staff else "/sign-in/code")
    wanted = _wanted_page(request)
    if request.method == "POST" and browser.lapsed_token:
        await _keep_what_was_typed(request)
    elif browser.lapsed_token:
        await browser.say("You were signed out because nothing happened for a while. Sign in again.", now)
    return leave(request, f"{where}?next={quote(wanted)}" if wanted else where, signed_out=True)


def _wanted_page(request: Request) -> str:
    if request.method != "GET":
        return _page_of_press(request) if request.auth.lapsed_token else ""
    current = request.headers.get("hx-current-url", "")
    path = urlsplit(current).path if request.htmx and current else request.url.path
    return "" if path in {"/", "/staff", "/children"} else path


def _page_of_press(request: Request) -> str:
    """Many addresses only take a press: after signing in nobody could be sent there."""
    (template,) = request.route_handler.paths
    return nearest_page(template, request.url.path, shown_addresses(handlers_of(request.app)))


async def _keep_what_was_typed(request: Request) -> None:
    """The session ran out while somebody typed: give it back after they sign in as the same person."""
    now, browser = now_of(request), request.auth
    owner = await kept.owner_of(browser.lapsed_token)
    has_page = _page_of_press(request) == request.url.path
    await browser.say(SIGNED_OUT + (KEPT if has_page else ONCE_MORE), now)
    form = await request.form()
    typed = {
        name: [value for value in form.getall(name) if isinstance(value, str)]
        for name in form
        if name not in SECRET_FIELDS
    }
    if owner and has_page:
        await kept.keep(await browser.row(now), owner, request.url.path, typed, now=now)
