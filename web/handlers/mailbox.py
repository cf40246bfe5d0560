"""Somebody who signed in with an app shows that they read the emails to their address, before they answer one."""

from litestar import Response, get, post

from portal.errors import RuleBroken
from portal.organisations.queries import asked_to_join
from portal.sign_in import mailbox
from web.access import Access
from web.forms.form import Form
from web.forms.sign_in import CodeForm
from web.handlers.shared.new_codes import new_code
from web.respond import Request, go, now_of, page

PATH = "/account/mailbox"


@get(PATH, access=Access.FAMILY)
async def show(request: Request) -> Response[str]:
    """Why, and the code."""
    return await _page(request, Form())


@post(PATH, access=Access.FAMILY)
async def confirm(request: Request) -> Response[str]:
    """Send a code, or take it and go back to what waits for an answer."""
    form, now = await CodeForm.of(request), now_of(request)
    session = await request.auth.row(now)
    if form.wants_new_code:
        return await new_code(request, mailbox.ask(request.actor, session, now=now), PATH, "We have sent you a code.")
    if form.ok:
        try:
            await mailbox.confirm(request.actor, session, form.code, now=now)
            await request.auth.say("Thank you. Now answer the invitation.", now)
            return go(request, "/organisations" if await asked_to_join(request.actor, now=now) else "/invitations")
        except RuleBroken as error:
            form.refuse(error.field, error.message)
    return await _page(request, form)


async def _page(request: Request, form: Form) -> Response[str]:
    was_sent = await mailbox.was_sent(request.actor, await request.auth.row(now_of(request)))
    return page(request, "pages/account/mailbox.html", was_sent, form=form)
