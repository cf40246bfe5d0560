"""A manager looks up an account by its whole email address, and helps with a lost authenticator app."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts.rules import RESET_CHECKS
from portal.look_up import commands
from portal.look_up.queries import AccountPage, address_page
from web.access import Access
from web.forms.form import Form
from web.forms.identity import IdentityForm
from web.forms.managing import AccountForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

LIST = "/staff/manage/accounts"
PAGES = "pages/staff/manage"


@dataclass(frozen=True)
class ForgetApp:
    """Whose app is to be forgotten, and the ways of checking who they are."""

    account: AccountPage
    checks: tuple[tuple[str, str], ...] = tuple(RESET_CHECKS.items())


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """The form for the address."""
    return page(request, f"{PAGES}/accounts.html", form=await kept(request, Form()))


@post(LIST, access=Access.MANAGER)
async def look_up(request: Request) -> Response[str]:
    """To the account at this address; or what there is for an address without one."""
    form, now = await AccountForm.of(request), now_of(request)
    if not form.ok:
        return page(request, f"{PAGES}/accounts.html", form=form)
    if found := await commands.find(request.actor, form.email, now=now):
        return go(request, f"{LIST}/{found}")
    return page(request, f"{PAGES}/accounts.html", await address_page(form.email, now=now), form=form)


@get(f"{LIST}/{{adult:str}}", access=Access.MANAGER)
async def show(request: Request, adult: FromPath[str]) -> Response[str]:
    """One account."""
    return page(request, f"{PAGES}/account.html", await commands.read(request.actor, adult, now=now_of(request)))


@get(f"{LIST}/{{adult:str}}/authenticator", access=Access.MANAGER)
async def lost_app(request: Request, adult: FromPath[str]) -> Response[str]:
    """The question before an authenticator app is forgotten."""
    view = ForgetApp(await commands.read(request.actor, adult, now=now_of(request)))
    return page(request, f"{PAGES}/account_app.html", view, form=await kept(request, Form()))


@post(f"{LIST}/{{adult:str}}/authenticator", access=Access.MANAGER)
async def forget_lost_app(request: Request, adult: FromPath[str]) -> Response[str]:
    """Forget the app: codes come by email again."""
    form, now = await IdentityForm.of(request), now_of(request)
    found = await commands.read(request.actor, adult, now=now)
    done = await once(request, form, lambda: commands.forget_app(request.actor, found, form.check, now=now))
    if done is None:
        return page(request, f"{PAGES}/account_app.html", ForgetApp(found), form=form)
    await request.auth.say(f"{found.name} signs in with codes by email again. We have emailed them.", now)
    return go(request, f"{LIST}/{adult}")
