"""Messages on the SEND team's side: a child's conversations, writing, answering, and who answers."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.files.queries import sent_file
from portal.files.rules import content_disposition
from portal.messages import commands, queries, staff_queries
from portal.messages.assigning import assign as give
from portal.messages.assigning import may_answer
from portal.messages.queries import ConversationView
from web.access import Access
from web.forms.form import Form
from web.handlers.shared.writing import Desk
from web.kept import kept
from web.once import once
from web.respond import Request, download, go, now_of, page


@dataclass(frozen=True)
class StaffConversation:
    """A conversation, and who may answer it."""

    letters: ConversationView
    colleagues: tuple[tuple[str, str], ...]


@get("/staff/children/{child:str}/messages", access=Access.STAFF)
async def of_child(request: Request, child: FromPath[str]) -> Response[str]:
    """Every conversation about one child, with each adult apart."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    view = await staff_queries.conversations_of(record, now=now)
    return page(request, "pages/staff/messages/list.html", view)


@get("/staff/children/{child:str}/messages/new", access=Access.STAFF)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Write to one adult."""
    return await (await _new(request, child)).show()


@post("/staff/children/{child:str}/messages/new", access=Access.STAFF)
async def send(request: Request, child: FromPath[str]) -> Response[str]:
    """Send it, or keep it as a draft."""
    return await (await _new(request, child)).take()


@get("/staff/children/{child:str}/messages/{message:str}", access=Access.STAFF)
async def read(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """A conversation; the family sees that it was read."""
    before = request.query_params.get("before", "")
    conversation = await _conversation(request, child, message, before)
    await commands.note_opened(request.actor, conversation, now=now_of(request))
    return await _show(request, conversation, Form.showing(colleague=conversation.assigned))


@get("/staff/children/{child:str}/messages/{message:str}/assign", access=Access.STAFF)
async def assigning(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """The conversation, with who is to answer it."""
    conversation = await _conversation(request, child, message)
    return await _show(request, conversation, await kept(request, Form.showing(colleague=conversation.assigned)))


@post("/staff/children/{child:str}/messages/{message:str}/assign", access=Access.STAFF)
async def assign(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Say who answers."""
    conversation = await _conversation(request, child, message)
    form, now = await Form.of(request), now_of(request)
    chosen = form.value("colleague")
    name = await once(request, form, lambda: give(request.actor, conversation, chosen, now=now), chosen)
    if name is None:
        return await _show(request, conversation, form)
    await request.auth.say(f"{name} answers this." if name else "Nobody in particular answers this.", now)
    return go(request, f"/staff/children/{child}/messages/{message}")


@get("/staff/children/{child:str}/messages/{message:str}/reply", access=Access.STAFF)
async def reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Write an answer below the conversation. Who lost access could not read one: the conversation says so."""
    conversation = await _conversation(request, child, message)
    if not conversation.reads:
        return go(request, f"/staff/children/{child}/messages/{message}")
    return await _reply(request, conversation).show()


@post("/staff/children/{child:str}/messages/{message:str}/reply", access=Access.STAFF)
async def send_reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Send the answer, or keep it as a draft."""
    return await _reply(request, await _conversation(request, child, message)).take()


@post("/staff/children/{child:str}/messages/{message:str}/no-answer", access=Access.STAFF)
async def no_answer(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """No answer needed: out of the team inbox, unless somebody wrote again meanwhile."""
    conversation, form = await _conversation(request, child, message), await Form.of(request)
    seen, now = form.value("seen")[:40] or conversation.newest, now_of(request)

    async def act() -> str:
        return "waits" if await commands.no_answer_needed(request.actor, conversation, seen=seen, now=now) else ""

    if await once(request, form, act, seen):
        await request.auth.say("A newer message has come, which you had not seen. It waits for an answer.", now)
        return go(request, f"/staff/children/{child}/messages/{message}")
    await request.auth.say("This conversation is out of the team inbox.", now)
    return go(request, "/staff/inbox")


@get("/staff/children/{child:str}/files/{file:str}", access=Access.STAFF, is_download=True)
async def attachment(request: Request, child: FromPath[str], file: FromPath[str]) -> Response[bytes]:
    """A file that came with a message."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await sent_file(request.actor, record, file, now=now_of(request))
    content = await request.app.state.files.read(found.stored_as)
    return download(content, media_type=found.media_type, disposition=content_disposition(found.name))


async def _show(request: Request, conversation: ConversationView, form: Form) -> Response[str]:
    view = StaffConversation(conversation, await may_answer(conversation.child, now=now_of(request)))
    return page(request, "pages/staff/messages/conversation.html", view, form=form)


async def _conversation(request: Request, child: str, message: str, before: str = "") -> ConversationView:
    record = await child_of(request.actor, child, now=now_of(request))
    return await queries.conversation_of(request.actor, record, message, before=before, now=now_of(request))


async def _new(request: Request, child: str) -> Desk:
    record = await child_of(request.actor, child, now=now_of(request))
    base = f"/staff/children/{record.public_id}/messages"
    return Desk(request, record, None, f"{base}/new", base, "pages/messages/write.html")


def _reply(request: Request, conversation: ConversationView) -> Desk:
    here = f"/staff/children/{conversation.child.public_id}/messages/{conversation.opened}"
    return Desk(request, conversation.child, conversation, f"{here}/reply", here, "pages/messages/write.html")
