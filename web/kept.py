"""Gives back what was typed when the session had run out."""

from portal.sign_in.kept import take
from web.forms.form import Form
from web.respond import Request


async def kept(request: Request, otherwise: Form) -> Form:
    """The form that this person posted to this address after their session had ended, once; or `otherwise`."""
    session = request.auth.session
    if session is None or session.actor is None:
        return otherwise
    typed = await take(session.id, session.actor.account, request.url.path)
    return Form(typed) if typed else otherwise
