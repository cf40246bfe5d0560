"""Forgotten password: the address, a code by email, a new password."""

from litestar import Response, get, post

from portal.errors import RuleBroken, TooManyTries
from portal.sign_in import codes, forgotten
from web.access import Access
from web.forms.forgotten_password import AddressForm, NewPasswordForm
from web.forms.form import Form
from web.respond import Request, go, now_of, page
from web.views.password_policy import LATER_OF_A_STRANGER, PolicyView, council_words, policy_view


@get("/forgotten-password", access=Access.PUBLIC)
async def begin(request: Request) -> Response[str]:
    """Ask for the address."""
    return page(request, "pages/forgotten_password/start.html", form=Form())


@post("/forgotten-password", access=Access.PUBLIC)
async def send_code(request: Request) -> Response[str]:
    """Send a code, if the address has an account; the answer is the same either way."""
    form, now = await AddressForm.of(request), now_of(request)
    if form.ok:
        try:
            await forgotten.ask(await request.auth.row(now), form.email, address=request.auth.address, now=now)
            return go(request, "/forgotten-password/new")
        except TooManyTries as error:
            form.refuse("email", error.message)
    return page(request, "pages/forgotten_password/start.html", form=form)


@get("/forgotten-password/new", access=Access.PUBLIC)
async def new_password(request: Request) -> Response[str]:
    """The code and the new password, twice."""
    session = request.auth.session
    if session is None or await codes.find(session.id, forgotten.PURPOSE) is None:
        return go(request, "/forgotten-password")
    return page(request, "pages/forgotten_password/new.html", _policy(request, ""), form=Form())


@post("/forgotten-password/new", access=Access.PUBLIC)
async def save(request: Request) -> Response[str]:
    """Set the new password; signing in with it comes next."""
    words, session, now = council_words(request.app.state.settings.council), request.auth.session, now_of(request)
    form = await NewPasswordForm.of(request, own_words=words)
    if session is None:
        return go(request, "/forgotten-password")
    if form.ok:
        try:
            hasher, address = request.app.state.hasher, request.auth.address
            await forgotten.choose_new(
                session.id, form.code, form.password, hasher, council_words=words, address=address, now=now
            )
            await request.auth.say("Your password has been changed. You can sign in with it now.", now)
            return go(request, "/")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/forgotten_password/new.html", _policy(request, form.password), form=form)


def _policy(request: Request, password: str) -> PolicyView:
    words = council_words(request.app.state.settings.council)
    return policy_view(password, words, later=LATER_OF_A_STRANGER)
