"""The list of message types, which families choose from."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.messages import types
from portal.messages.types import KeptType
from web.access import Access
from web.forms.form import Form
from web.forms.inbox import TypeForm
from web.kept import kept
from web.once import once
from web.respond import Request, go, now_of, page

LIST = "/staff/message-types"


@dataclass(frozen=True)
class TypeList:
    """Every message type; `renamed` is the id of the one whose name is being changed, 0 for none."""

    types: tuple[KeptType, ...]
    renamed: int


@get(LIST, access=Access.MANAGER)
async def index(request: Request) -> Response[str]:
    """Every type, in order."""
    return await _show(request, await kept(request, Form()))


@post(LIST, access=Access.MANAGER)
async def add(request: Request) -> Response[str]:
    """Add one."""
    form = await TypeForm.of(request)
    return await _do(request, form, lambda: types.add_type(request.actor, form.name, now=now_of(request)), "is added")


@get(f"{LIST}/{{kind:int}}/name", access=Access.MANAGER)
async def renaming(request: Request, kind: FromPath[int]) -> Response[str]:
    """The list, with the name of one to be changed."""
    names = {one.id: one.name for one in await types.kept_types()}
    return await _show(request, await kept(request, Form.showing(name=names.get(kind, ""))), renamed=kind)


@post(f"{LIST}/{{kind:int}}/name", access=Access.MANAGER)
async def rename(request: Request, kind: FromPath[int]) -> Response[str]:
    """Give one another name."""
    form, now = await TypeForm.of(request), now_of(request)
    act = lambda: types.rename_type(request.actor, kind, form.name, now=now)  # noqa: E731
    return await _do(request, form, act, "is its name now", renamed=kind)


@post(f"{LIST}/{{kind:int}}/{{what:str}}", access=Access.MANAGER)
async def change(request: Request, kind: FromPath[int], what: FromPath[str]) -> Response[str]:
    """Switch one on or off, or move it up."""
    form, now, actor = await Form.of(request), now_of(request), request.actor
    acts: dict[str, tuple[Callable[[], Awaitable[str]], str]] = {
        "on": (lambda: types.switch_type(actor, kind, on=True, now=now), "is offered to families"),
        "off": (lambda: types.switch_type(actor, kind, on=False, now=now), "is no longer offered"),
        "up": (lambda: types.move_type_up(actor, kind, now=now), "has moved up"),
    }
    if what not in acts:
        return go(request, LIST)
    return await _do(request, form, *acts[what])


async def _do(
    request: Request, form: Form, act: Callable[[], Awaitable[str]], said: str, *, renamed: int = 0
) -> Response[str]:
    name = await once(request, form, act, form.value("name"))
    if name is None:
        return await _show(request, form, renamed=renamed)
    await request.auth.say(f"“{name}” {said}.", now_of(request))
    return go(request, LIST)


async def _show(request: Request, form: Form, *, renamed: int = 0) -> Response[str]:
    view = TypeList(await types.kept_types(), renamed)
    return page(request, "pages/staff/message_types/index.html", view, form=form)
