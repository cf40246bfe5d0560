"""What signing in does to the browser, for families and for the SEND team alike."""

from litestar import Response

from portal.sign_in import commands, sessions
from portal.sign_in.commands import Attempt
from web.forms.sign_in import SignInForm
from web.respond import Request, leave, now_of


async def begin(request: Request, form: SignInForm, *, staff: bool) -> None:
    """First step: the browser gets a half-signed-in session. Raises what `check_password` raises."""
    browser, now = request.auth, now_of(request)
    attempt = Attempt(form.email, form.password, staff, browser.address, browser.user_agent, browser.session)
    await become(request, await commands.check_password(attempt, request.app.state.hasher, now=now))
    if form.next and browser.session:
        await sessions.remember(browser.session.id, next_url=form.next)


async def finish(request: Request, code: str) -> Response[str]:
    """Second step: the full session, and on to where the person was going. Raises what `finish` raises."""
    session = request.auth.session
    assert session is not None
    token = await commands.finish(session, code, now=now_of(request), user_agent=request.auth.user_agent)
    await become(request, token)
    return leave(request, destination(request))


async def become(request: Request, token: str) -> None:
    """Use the session of `token` from now on."""
    request.auth.take(token)
    request.auth.session = await sessions.find(token, now=now_of(request))


def destination(request: Request) -> str:
    """The page that was wanted before signing in; else the invitation that was opened; else home."""
    session = request.auth.session
    assert session is not None
    assert session.actor is not None
    if session.next_url:
        return session.next_url
    if session.actor.is_staff:
        return "/staff"
    return "/invitations" if session.invitation else "/children"
