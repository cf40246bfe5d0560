"""The forms that the team may ask families for."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.errors import NotFound
from portal.forms import switches
from portal.forms.library import load_forms
from web.access import Access
from web.forms.form import Form
from web.respond import Request, go, now_of, page

LIST = "/staff/manage/forms"


@dataclass(frozen=True)
class FormLine:
    """One form: how many lie with families, and how many came back."""

    key: str
    title: str
    version: int
    is_on: bool
    waiting: int
    returned: int


@dataclass(frozen=True)
class FormList:
    """Every form by title."""

    forms: tuple[FormLine, ...]


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """Every form, with how it is used."""
    off, counts = await switches.switched_off(), await switches.form_counts()
    lines = (
        FormLine(form.key, form.title, form.version, form.key not in off, *counts.get(form.key, (0, 0)))
        for form in load_forms().latest
    )
    return page(request, "pages/staff/manage/forms.html", FormList(tuple(lines)))


@post(f"{LIST}/{{key:str}}/{{what:str}}", access=Access.MANAGER)
async def switch(request: Request, key: FromPath[str], what: FromPath[str]) -> Response[str]:
    """Offer a form, or no longer."""
    await Form.of(request)
    if what not in {"on", "off"}:
        raise NotFound
    title = await switches.switch_form(request.actor, key, on=what == "on", now=now_of(request))
    said = "can be asked for" if what == "on" else "is no longer offered. Families who have it go on with it"
    await request.auth.say(f"“{title}” {said}.", now_of(request))
    return go(request, LIST)
