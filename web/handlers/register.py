"""Register for a new account: three steps, each at its own address, kept on the server."""

from typing import Any

from litestar import Response, get, post

from portal.accounts import commands
from portal.accounts.commands import Registration
from portal.errors import RuleBroken, TooManyTries
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.register import DetailsForm, PasswordCheckForm, SignInDetailsForm
from web.forms.sign_in import CodeForm
from web.handlers.shared.new_codes import new_code
from web.handlers.shared.signing_in import become, destination
from web.respond import Request, go, leave, now_of, page
from web.views.password_policy import LATER, LATER_OF_A_STRANGER, council_words, policy_view, words_of


@get("/register", access=Access.PUBLIC)
async def begin(request: Request) -> Response[str]:
    """Go to the first step that is not done."""
    return go(request, f"/register/{(await _so_far(request)).next_step}")


@get("/register/details", access=Access.PUBLIC)
async def details(request: Request) -> Response[str]:
    """Step 1: names and address."""
    kept = (await _so_far(request)).details
    return page(request, "pages/register/details.html", form=Form.showing(**_shown(kept)))


@post("/register/details", access=Access.PUBLIC)
async def save_details(request: Request) -> Response[str]:
    """Keep step 1 and go on."""
    form = await DetailsForm.of(request, today=today(now_of(request)))
    if not form.ok:
        return page(request, "pages/register/details.html", form=form)
    now = now_of(request)
    await commands.save_details(await request.auth.row(now), form.details, now=now)
    return go(request, "/register/sign-in-details")


@get("/register/sign-in-details", access=Access.PUBLIC)
async def sign_in_details(request: Request) -> Response[str]:
    """Step 2: email and password."""
    so_far = await _so_far(request)
    if not so_far.details:
        return go(request, "/register/details")
    form = Form.showing(email=so_far.email)
    return page(request, "pages/register/sign_in_details.html", policy_view("", _own_words(request, so_far)), form=form)


@post("/register/sign-in-details", access=Access.PUBLIC)
async def save_sign_in_details(request: Request) -> Response[str]:
    """Keep step 2, send the code and go on."""
    so_far = await _so_far(request)
    if not so_far.details:
        return go(request, "/register/details")
    form, now = await SignInDetailsForm.of(request, own_words=_own_words(request, so_far)), now_of(request)
    if form.ok:
        try:
            session, hasher, address = await request.auth.row(now), request.app.state.hasher, request.auth.address
            await commands.save_sign_in_details(session, form.email, form.password, hasher, address=address, now=now)
            return go(request, "/register/code")
        except TooManyTries as error:
            form.refuse("email", error.message)
    view = policy_view(form.password, form.own_words)
    return page(request, "pages/register/sign_in_details.html", view, form=form)


@post("/register/password-check", access=Access.PUBLIC, touches_session=False)
async def check_password(request: Request) -> Response[str]:
    """The password policy, ticked off by the server's own rules; for htmx only."""
    so_far = await _so_far(request)
    form = await PasswordCheckForm.of(request, own_words=_own_words(request, so_far))
    later = LATER if request.user or so_far.details else LATER_OF_A_STRANGER
    view = policy_view(form.password, [*form.own_words, form.value("email")], later=later)
    return page(request, "partials/password_policy.html", view)


@get("/register/code", access=Access.PUBLIC)
async def code(request: Request) -> Response[str]:
    """Step 3: the code from the email."""
    so_far = await _so_far(request)
    if so_far.next_step != "code":
        return go(request, f"/register/{so_far.next_step}")
    return page(request, "pages/register/code.html", so_far, form=Form())


@post("/register/code", access=Access.PUBLIC)
async def finish(request: Request) -> Response[str]:
    """Make the account and sign in, or send a new code."""
    form, so_far = await CodeForm.of(request), await _so_far(request)
    session, now = request.auth.session, now_of(request)
    if session is None or so_far.next_step != "code":
        return go(request, "/register")
    if form.wants_new_code:
        return await new_code(request, commands.send_code(session.id, so_far.email, now=now), "/register/code")
    if form.ok:
        try:
            token = await commands.finish(session, form.code, now=now, user_agent=request.auth.user_agent)
            await become(request, token)
            return leave(request, destination(request))
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/register/code.html", so_far, form=form)


async def _so_far(request: Request) -> Registration:
    return await commands.registration_of(request.auth.session)


def _own_words(request: Request, so_far: Registration) -> list[str]:
    """Somebody who is signed in chooses another password on a page of their account."""
    council = request.app.state.settings.council
    if request.user:
        return words_of(request.user, council)
    names = [str(so_far.details.get(name, "")) for name in ("forename", "surname")]
    return [*names, so_far.email, *council_words(council)]


def _shown(details: Any) -> dict[str, str]:
    """Step 1 as it was typed: ticks as `yes`, the date of birth in its three parts."""
    shown = {name: "yes" if value is True else str(value) for name, value in details.items() if value}
    if born := shown.pop("date_of_birth", ""):
        year, month, day = (str(int(part)) for part in born.split("-"))
        shown |= {"date_of_birth-day": day, "date_of_birth-month": month, "date_of_birth-year": year}
    return shown
