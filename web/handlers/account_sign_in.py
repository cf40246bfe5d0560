"""How one signs in to one's own account: another email address, and the authenticator app of a family."""

from litestar import Response, get, post

from portal.accounts import changing_email, second_factor
from portal.errors import NotFound, RuleBroken, TooManyTries
from portal.sign_in import authenticator
from portal.sign_in.sessions import Session
from web.access import Access
from web.forms.account import ChangeEmailForm, PasswordForm, TurnOffForm
from web.forms.form import Form
from web.forms.sign_in import CodeForm
from web.forms.staff_sign_in import AuthenticatorForm
from web.handlers.shared import qr_code
from web.handlers.shared.new_codes import new_code
from web.handlers.shared.signing_in import become
from web.kept import kept
from web.respond import Request, go, now_of, page


@get("/account/email", access=Access.SIGNED_IN)
async def email(request: Request) -> Response[str]:
    """Ask for the new address."""
    return page(request, "pages/account/email.html", request.actor, form=await kept(request, Form()))


@post("/account/email", access=Access.SIGNED_IN)
async def ask(request: Request) -> Response[str]:
    """Send a code to the new address; the answer is the same for every address."""
    form, session = await ChangeEmailForm.of(request), _session(request)
    if form.ok:
        try:
            await changing_email.ask(
                request.actor, session.id, form.email, form.current, request.app.state.hasher, now=now_of(request)
            )
            await request.auth.renew()
            return go(request, "/account/email/code")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
        except TooManyTries as error:
            form.refuse("email", error.message)
    return page(request, "pages/account/email.html", request.actor, form=form)


@get("/account/email/code", access=Access.SIGNED_IN)
async def code(request: Request) -> Response[str]:
    """The code that the new address got."""
    return await _code_page(request, Form())


@post("/account/email/code", access=Access.SIGNED_IN)
async def confirm(request: Request) -> Response[str]:
    """Use the new address, or send a new code."""
    form, session, now = await CodeForm.of(request), _session(request), now_of(request)
    if form.wants_new_code:
        return await new_code(
            request, changing_email.send_again(request.actor, session.id, now=now), "/account/email/code"
        )
    if form.ok:
        try:
            await changing_email.confirm(request.actor, session.id, form.code, now=now)
            await request.auth.say("Your email address has been changed. Use it the next time you sign in.", now)
            return go(request, "/account")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _code_page(request, form)


@get("/account/authenticator", access=Access.SIGNED_IN)
async def app(request: Request) -> Response[str]:
    """Whether an app is used, and turning it on or off."""
    return await _app_page(request, Form())


@post("/account/authenticator", access=Access.FAMILY)
async def begin(request: Request) -> Response[str]:
    """The password was typed: make the secret of a new app."""
    form, now = await PasswordForm.of(request), now_of(request)
    if form.ok:
        try:
            await authenticator.begin(_session(request), form.current, request.app.state.hasher, now=now)
            await request.auth.renew()
            return go(request, "/account/authenticator/new")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _app_page(request, form)


@get("/account/authenticator/new", access=Access.FAMILY)
async def enrol_page(request: Request) -> Response[str]:
    """The secret, as a picture and as a key."""
    if not await authenticator.has_begun(_session(request)):
        return go(request, "/account/authenticator")
    return page(request, "pages/account/authenticator_new.html", await _enrolment(request))


@post("/account/authenticator/new", access=Access.FAMILY)
async def enrol(request: Request) -> Response[str]:
    """The app's first code: it is used from now on."""
    session, form, now = _session(request), await AuthenticatorForm.of(request), now_of(request)
    if not await authenticator.has_begun(session):
        return go(request, "/account/authenticator")
    if form.ok:
        try:
            await become(
                request, await authenticator.enrol(session, form.code, now=now, user_agent=request.auth.user_agent)
            )
            await request.auth.say("From now on you sign in with the code of your app.", now)
            return go(request, "/account")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/authenticator_new.html", await _enrolment(request), form=form)


@get("/account/authenticator/qr.svg", access=Access.FAMILY)
async def qr(request: Request) -> Response[bytes]:
    """The secret as a picture for the app's camera."""
    if not await authenticator.has_begun(_session(request)):
        raise NotFound
    return qr_code.answer((await _enrolment(request)).address)


@post("/account/authenticator/off", access=Access.FAMILY)
async def turn_off(request: Request) -> Response[str]:
    """Go back to codes by email."""
    form, now = await TurnOffForm.of(request), now_of(request)
    if form.ok:
        try:
            hasher = request.app.state.hasher
            await second_factor.turn_off(request.actor, _session(request).id, form.current, form.code, hasher, now=now)
            await request.auth.renew()
            await request.auth.say("The app is turned off. We email you a code when you sign in.", now)
            return go(request, "/account")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _app_page(request, form)


@get("/account/authenticator/off", access=Access.FAMILY)
async def off_address(request: Request) -> Response[str]:
    """A reload of the address that the form posts to."""
    return go(request, "/account/authenticator")


async def _code_page(request: Request, form: Form) -> Response[str]:
    waiting = await changing_email.waiting(request.actor, _session(request).id)
    if not waiting:
        return go(request, "/account/email")
    return page(request, "pages/account/email_code.html", waiting, form=form)


async def _app_page(request: Request, form: Form) -> Response[str]:
    return page(request, "pages/account/authenticator.html", await authenticator.has_app(_session(request)), form=form)


async def _enrolment(request: Request) -> authenticator.Enrolment:
    issuer = request.app.state.settings.council.portal_name
    return await authenticator.enrolment(_session(request), issuer=issuer)


def _session(request: Request) -> Session:
    assert request.auth.session is not None, "the route's access lets in only people who are signed in"
    return request.auth.session
