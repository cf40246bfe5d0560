"""The first page: new users beside existing users."""

from litestar import Response, get, post

from portal.errors import RuleBroken
from portal.sign_in import commands, queries
from web.access import Access
from web.forms.form import Form
from web.forms.sign_in import CodeForm, SignInForm
from web.handlers.shared.new_codes import new_code
from web.handlers.shared.signing_in import begin, finish
from web.paths import safe_path
from web.respond import Request, go, leave, now_of, page


@get("/", access=Access.PUBLIC)
async def start(request: Request) -> Response[str]:
    """Register or sign in; somebody who is signed in goes on to their children or caseload."""
    if request.user:
        return go(request, "/staff" if request.user.is_staff else "/children")
    form = Form.showing(next=safe_path(request.query_params.get("next", "")))
    return page(request, "pages/start.html", form=form)


@post("/sign-in", access=Access.PUBLIC)
async def submit(request: Request) -> Response[str]:
    """First step of signing in: email and password."""
    form = await SignInForm.of(request)
    if form.ok:
        try:
            await begin(request, form, staff=False)
            return leave(request, "/sign-in/code")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/start.html", form=form)


@get("/sign-in", access=Access.PUBLIC)
async def sign_in_address(request: Request) -> Response[str]:
    """A bookmark or reload of the address that the form posts to."""
    return go(request, "/")


@get("/sign-in/code", access=Access.HALF)
async def code_page(request: Request) -> Response[str]:
    """Second step: the code. The SEND team has a page of its own."""
    session = request.auth.session
    if session and session.actor and session.actor.is_staff:
        return go(request, "/staff/sign-in/code")
    return await _code_page(request, Form())


@post("/sign-in/code", access=Access.HALF)
async def code_check(request: Request) -> Response[str]:
    """Check the code and sign in, or send a new one."""
    form = await CodeForm.of(request)
    if form.wants_new_code:
        return await _new_code(request)
    if form.ok:
        try:
            return await finish(request, form.code)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _code_page(request, form)


@post("/sign-out", access=Access.PUBLIC)
async def sign_out(request: Request) -> Response[str]:
    """Logout: end the session on the server."""
    if request.user:
        await commands.note_sign_out(request.user, now=now_of(request))
    await request.auth.sign_out()
    return leave(request, "/")


@post("/session/stay", access=Access.SIGNED_IN)
async def stay(request: Request) -> Response[str]:
    """The person pressed "Stay signed in": being asked is enough to keep the session."""
    if request.htmx:
        return Response("", status_code=204)
    return go(request, safe_path(request.headers.get("referer", "").partition(request.headers["host"])[2]) or "/")


async def _new_code(request: Request) -> Response[str]:
    session, now = request.auth.session, now_of(request)
    assert session is not None
    return await new_code(request, commands.send_new_code(session, now=now), "/sign-in/code")


async def _code_page(request: Request, form: Form) -> Response[str]:
    session = request.auth.session
    assert session is not None
    return page(request, "pages/sign_in/code.html", await queries.second_step(session), form=form)
