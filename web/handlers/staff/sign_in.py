"""The SEND team signs in: a password, then the code of an authenticator app, which is set up the first time."""

from litestar import Response, get, post

from portal.errors import NotFound, RuleBroken
from portal.sign_in import authenticator
from portal.sign_in.sessions import Session
from web.access import Access
from web.forms.form import Form
from web.forms.sign_in import SignInForm
from web.forms.staff_sign_in import AuthenticatorForm
from web.handlers.shared.qr_code import answer
from web.handlers.shared.signing_in import become, begin, destination, finish
from web.paths import safe_path
from web.respond import Request, go, leave, now_of, page


@get("/staff/sign-in", access=Access.PUBLIC)
async def sign_in(request: Request) -> Response[str]:
    """The first step; whoever is signed in already goes on, and families find nothing here."""
    if request.user and not request.user.is_staff:
        raise NotFound
    if request.user:
        return go(request, "/staff")
    form = Form.showing(next=safe_path(request.query_params.get("next", "")))
    return page(request, "pages/staff/sign_in.html", form=form)


@post("/staff/sign-in", access=Access.PUBLIC)
async def submit(request: Request) -> Response[str]:
    """Check email and password."""
    form = await SignInForm.of(request)
    if form.ok:
        try:
            await begin(request, form, staff=True)
            return leave(request, await _second_step(_half(request)))
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/staff/sign_in.html", form=form)


@get("/staff/sign-in/code", access=Access.HALF)
async def code_page(request: Request) -> Response[str]:
    """The second step: the code of the authenticator app."""
    if not await authenticator.has_app(_half(request)):
        return go(request, "/staff/enrol")
    return page(request, "pages/staff/sign_in_code.html")


@post("/staff/sign-in/code", access=Access.HALF)
async def code_check(request: Request) -> Response[str]:
    """Check the code and sign in."""
    if not await authenticator.has_app(_half(request)):
        return go(request, "/staff/enrol")
    form = await AuthenticatorForm.of(request)
    if form.ok:
        try:
            return await finish(request, form.code)
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/staff/sign_in_code.html", form=form)


@get("/staff/enrol", access=Access.HALF)
async def enrol_page(request: Request) -> Response[str]:
    """The first time: the secret for an authenticator app."""
    if await authenticator.has_app(_half(request)):
        return go(request, "/staff/sign-in/code")
    return page(request, "pages/staff/enrol.html", await _enrolment(request))


@post("/staff/enrol", access=Access.HALF)
async def enrol(request: Request) -> Response[str]:
    """The app's first code: it is used from now on, and the person is signed in."""
    session, form = _half(request), await AuthenticatorForm.of(request)
    if form.ok:
        try:
            agent = request.auth.user_agent
            await become(request, await authenticator.enrol(session, form.code, now=now_of(request), user_agent=agent))
            return leave(request, destination(request))
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/staff/enrol.html", await _enrolment(request), form=form)


@get("/staff/enrol/qr.svg", access=Access.HALF)
async def qr_code(request: Request) -> Response[bytes]:
    """The secret as a picture for the app's camera."""
    if await authenticator.has_app(_half(request)):
        raise NotFound
    return answer((await _enrolment(request)).address)


async def _second_step(session: Session) -> str:
    return "/staff/sign-in/code" if await authenticator.has_app(session) else "/staff/enrol"


async def _enrolment(request: Request) -> authenticator.Enrolment:
    issuer = request.app.state.settings.council.portal_name
    return await authenticator.enrolment(_half(request), issuer=issuer)


def _half(request: Request) -> Session:
    """The half-signed-in session of a member of the team. Families get NotFound: these pages are not theirs."""
    session = request.auth.session
    if session is None or session.actor is None or not session.actor.is_staff:
        raise NotFound
    return session
