"""The idempotency key of one press: a page holds many forms and one key, so the address is part of it."""

from web.forms.form import Form
from web.respond import Request


def once_key(request: Request, form: Form, *typed: str) -> str:
    """What `only_once` is to know this press by; empty when the form carried no key.

    `typed` tells presses of one form apart that differ in what was typed, when going Back may repeat the key:
    `*form.all_typed` where each difference is another thing to do.
    """
    return "\n".join((form.once, request.url.path, *typed)) if form.once else ""
