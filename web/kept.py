"""Gives back what was typed when the session had run out."""

import json

from db.engine import fetch_one
from web.forms.form import Form
from web.respond import Request


async def kept(request: Request, otherwise: Form) -> Form:
    """The form that this person posted to this address after their session had ended, once; or `otherwise`."""
    session = request.auth.session
    if session is None or session.actor is None:
        return otherwise
    row = await fetch_one(
        "DELETE FROM kept_form WHERE session = {} AND account = {} AND path = {} RETURNING fields",
        session.id,
        session.actor.account,
        request.url.path,
    )
    return Form(json.loads(row["fields"])) if row else otherwise
