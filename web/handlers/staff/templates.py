"""Answer templates: everybody of the SEND team reads them, managers keep them."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.answers import templates
from portal.answers.rules import FIELDS
from portal.answers.templates import Template
from web.access import Access
from web.forms.form import Form
from web.forms.inbox import TemplateForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

LIST = "/staff/templates"
PAGES = "pages/staff/templates"


@dataclass(frozen=True)
class TemplateList:
    """Every template."""

    templates: tuple[Template, ...]
    may_change: bool


@dataclass(frozen=True)
class TemplatePage:
    """The form for one; `kept` is None for a new one."""

    here: str
    kept: Template | None
    field_rows: tuple[tuple[str, str], ...] = tuple((f"{{{name}}}", words) for name, words in FIELDS.items())


@get(LIST, access=Access.STAFF)
async def index(request: Request) -> Response[str]:
    """Every template, with its text."""
    found = await templates.templates(only_active=not request.actor.is_manager)
    return page(request, f"{PAGES}/index.html", TemplateList(found, request.actor.is_manager))


@get(f"{LIST}/new", access=Access.MANAGER)
async def new(request: Request) -> Response[str]:
    """The form for a new template."""
    return page(request, f"{PAGES}/form.html", TemplatePage(f"{LIST}/new", None), form=await kept(request, Form()))


@post(f"{LIST}/new", access=Access.MANAGER)
async def add(request: Request) -> Response[str]:
    """Add a template."""
    return await _take(request, None)


@get(f"{LIST}/{{template:str}}", access=Access.MANAGER)
async def show(request: Request, template: FromPath[str]) -> Response[str]:
    """The form to change one."""
    found = await templates.template(template)
    typed = Form.showing(name=found.name, body=found.body, active="yes" if found.active else "")
    return page(
        request, f"{PAGES}/form.html", TemplatePage(f"{LIST}/{template}", found), form=await kept(request, typed)
    )


@post(f"{LIST}/{{template:str}}", access=Access.MANAGER)
async def change(request: Request, template: FromPath[str]) -> Response[str]:
    """Change one, or switch it on or off."""
    return await _take(request, await templates.template(template))


async def _take(request: Request, found: Template | None) -> Response[str]:
    form = await TemplateForm.of(request)
    done = await once(request, form, lambda: _save(request, found, form), form.body)
    if done is None:
        here = f"{LIST}/{found.public_id}" if found else f"{LIST}/new"
        return page(request, f"{PAGES}/form.html", TemplatePage(here, found), form=form)
    await request.auth.say(f"The template “{form.name}” is kept.", now_of(request))
    return go(request, LIST)


async def _save(request: Request, found: Template | None, form: TemplateForm) -> str:
    actor, now = request.actor, now_of(request)
    if found is None:
        return await templates.add(actor, form.name, form.body, now=now)
    return await templates.change(actor, found, form.name, form.body, active=form.active, now=now)
