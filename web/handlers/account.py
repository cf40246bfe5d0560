"""Your account: details, password, and where you are signed in."""

from litestar import Response, get, post

from portal.accounts import own, queries
from portal.errors import RuleBroken
from web.access import Access
from web.forms.account import ChangePasswordForm
from web.forms.form import Form
from web.password_policy import policy_view
from web.respond import Request, go, now_of, page


@get("/account", access=Access.SIGNED_IN)
async def account(request: Request) -> Response[str]:
    """Everything about one's own account."""
    return page(request, "pages/account/account.html", await queries.account_of(request.actor))


@get("/account/password", access=Access.SIGNED_IN)
async def password(request: Request) -> Response[str]:
    """Choose a new password."""
    return page(request, "pages/account/password.html", policy_view("", _own_words(request)), form=Form())


@post("/account/password", access=Access.SIGNED_IN)
async def change_password(request: Request) -> Response[str]:
    """Change the password; everywhere else is signed out."""
    form, now = await ChangePasswordForm.of(request, own_words=_own_words(request)), now_of(request)
    if form.ok:
        try:
            await own.change_password(
                request.actor, _session(request), form.current, form.password, request.app.state.hasher, now=now
            )
            await request.auth.say("Your password has been changed. You are signed out everywhere else.", now)
            return go(request, "/account")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/password.html", policy_view(form.password, _own_words(request)), form=form)


@post("/account/sign-out-elsewhere", access=Access.SIGNED_IN)
async def sign_out_elsewhere(request: Request) -> Response[str]:
    """End every other session of this account."""
    now = now_of(request)
    await own.end_other_sessions(request.actor, _session(request), now=now)
    await request.auth.say("You are signed out everywhere but here.", now)
    return go(request, "/account")


def _own_words(request: Request) -> list[str]:
    actor = request.actor
    return [actor.forename, actor.surname, actor.email, request.app.state.settings.council.name]


def _session(request: Request) -> int:
    assert request.auth.session is not None
    return request.auth.session.id
