"""One press of a button: done once however often it is pressed, and the form shown again when a rule is broken."""

from collections.abc import Awaitable, Callable

from portal.errors import RuleBroken
from portal.once import only_once
from web.forms.form import Form
from web.respond import Request, now_of


async def once(request: Request, form: Form, act: Callable[[], Awaitable[str]], *typed: str) -> str | None:
    """Do what a form in order asks for, in a transaction, and give the answer; a second press gets the first's answer.

    None when the form is not in order, or when `act` breaks a rule, which then stands at the form's field: show it
    again. `typed` is what `once_key` takes.
    """
    if not form.ok:
        return None
    try:
        return await only_once(once_key(request, form, *typed), act, now=now_of(request))
    except RuleBroken as error:
        form.refuse(error.field, error.message)
        return None


def once_key(request: Request, form: Form, *typed: str) -> str:
    """What `only_once` is to know this press by; empty when the form carried no key.

    A page holds many forms and one key, so the address is part of it. `typed` tells presses of one form apart that
    differ in what was typed, when going Back may repeat the key: `*form.all_typed` where each difference is another
    thing to do.
    """
    return "\n".join((form.once, request.url.path, *typed)) if form.once else ""
