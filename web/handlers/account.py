"""Your account: the overview, details, password, where you are signed in, what you are emailed about, closing."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import closing, own, queries
from portal.errors import RuleBroken
from portal.wishes import commands as wishes
from portal.wishes.queries import said_about_letters, wishes_of
from portal.wishes.rules import PAPER, topics_on
from web.access import Access
from web.forms.account import ChangePasswordForm, OwnDetailsForm, PasswordForm, WishesForm
from web.forms.form import Form
from web.kept import kept
from web.respond import Request, go, leave, now_of, page
from web.views.password_policy import policy_view, words_of


@get("/account", access=Access.SIGNED_IN)
async def account(request: Request) -> Response[str]:
    """Everything about one's own account."""
    return page(request, "pages/account/account.html", await queries.account_of(request.actor, now=now_of(request)))


@get("/account/details", access=Access.SIGNED_IN)
async def details(request: Request) -> Response[str]:
    """Names, address, telephone and work as they are now."""
    view = await queries.details_of(request.actor)
    form = await kept(request, Form.showing(**view.values))
    return page(request, "pages/account/details.html", view, form=form)


@post("/account/details", access=Access.SIGNED_IN)
async def change_details(request: Request) -> Response[str]:
    """Keep what was changed."""
    view, now = await queries.details_of(request.actor), now_of(request)
    form = await OwnDetailsForm.of(request, is_staff=view.is_staff)
    if not form.ok:
        return page(request, "pages/account/details.html", view, form=form)
    await own.change_details(request.actor, form.changed, now=now)
    await request.auth.say("Your details have been kept.", now)
    return go(request, "/account")


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
                request.actor, session_id(request), form.current, form.password, request.app.state.hasher, now=now
            )
            await request.auth.renew()
            await request.auth.say("Your password has been changed. You are signed out everywhere else.", now)
            return go(request, "/account")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/password.html", policy_view(form.password, _own_words(request)), form=form)


@get("/account/sessions", access=Access.SIGNED_IN)
async def places(request: Request) -> Response[str]:
    """Where the account is signed in."""
    found = await queries.places_of(request.actor, session_id(request), now=now_of(request))
    return page(request, "pages/account/sessions.html", found)


@post("/account/sessions/{place:str}/end", access=Access.SIGNED_IN)
async def end_place(request: Request, place: FromPath[str]) -> Response[str]:
    """Sign out in one other browser."""
    now = now_of(request)
    await own.end_session(request.actor, session_id(request), place, now=now)
    await request.auth.say("You are signed out there.", now)
    return go(request, "/account/sessions")


@post("/account/sign-out-elsewhere", access=Access.SIGNED_IN)
async def sign_out_elsewhere(request: Request) -> Response[str]:
    """End every other session of this account."""
    now = now_of(request)
    await own.end_other_sessions(request.actor, session_id(request), now=now)
    await request.auth.say("You are signed out everywhere but here.", now)
    return go(request, "/account/sessions")


@get("/account/notices", access=Access.FAMILY)
async def notices(request: Request) -> Response[str]:
    """What the person is emailed about."""
    found = await wishes_of(request.actor.account)
    shown = Form.showing(topics=topics_on(found), on_paper="yes" if PAPER in found else "")
    said = await said_about_letters(request.actor.account)
    view = queries.NoticeView(*said) if said else queries.NoticeView()
    return page(request, "pages/account/notices.html", view, form=await kept(request, shown))


@post("/account/notices", access=Access.FAMILY)
async def change_notices(request: Request) -> Response[str]:
    """Keep what the person wants to be emailed about."""
    form, now = await WishesForm.of(request), now_of(request)
    await wishes.keep(request.actor, form.wishes, now=now)
    await request.auth.say("We have kept what we email you about.", now)
    return go(request, "/account")


@get("/account/close", access=Access.FAMILY)
async def close_page(request: Request) -> Response[str]:
    """What closing means, and the password."""
    return page(request, "pages/account/close.html", await queries.closing_of(request.actor))


@post("/account/close", access=Access.FAMILY)
async def close(request: Request) -> Response[str]:
    """Close the account. The browser is a stranger's from now on."""
    form, now = await PasswordForm.of(request), now_of(request)
    if form.ok:
        try:
            await closing.close(request.actor, form.current, request.app.state.hasher, now=now)
            await request.auth.sign_out()
            return leave(request, "/account-closed")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return page(request, "pages/account/close.html", await queries.closing_of(request.actor), form=form)


@get("/account-closed", access=Access.PUBLIC)
async def closed(request: Request) -> Response[str]:
    """What has happened, after closing. Whoever is signed in has not closed anything."""
    if request.user:
        return go(request, "/account")
    return page(request, "pages/account/closed.html")


def session_id(request: Request) -> int:
    """The session of this browser, for its owner only."""
    assert request.auth.session is not None, "the route's access lets in only people who are signed in"
    return request.auth.session.id


def _own_words(request: Request) -> list[str]:
    return words_of(request.actor, request.app.state.settings.council)
