"""Messages of a family: Inbox, Sent Items, reading, writing, answering, files."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import ChildRecord, child_of
from portal.files.queries import sent_file
from portal.files.rules import content_disposition
from portal.messages import commands, queries
from portal.messages.queries import ConversationView
from web.access import Access
from web.handlers.shared.writing import Desk
from web.respond import Request, download, fragment, now_of, page


@get("/children/{child:str}/messages", access=Access.FAMILY)
async def inbox(request: Request, child: FromPath[str]) -> Response[str]:
    """What the SEND team wrote, newest first."""
    record = await child_of(request.actor, child, now=now_of(request))
    return page(request, "pages/messages/inbox.html", await _inbox(request, record))


@get("/children/{child:str}/messages/inbox", access=Access.FAMILY, touches_session=False)
async def inbox_region(request: Request, child: FromPath[str]) -> Response[str]:
    """The list alone, for its own refreshing."""
    record = await child_of(request.actor, child, now=now_of(request))
    return fragment(request, "partials/inbox.html", await _inbox(request, record))


@get("/children/{child:str}/messages/sent", access=Access.FAMILY)
async def sent_items(request: Request, child: FromPath[str]) -> Response[str]:
    """What this person wrote, newest first."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await queries.sent_items(request.actor, record, before=request.query_params.get("before", ""))
    return page(request, "pages/messages/sent.html", found)


@get("/children/{child:str}/messages/new", access=Access.FAMILY)
async def new(request: Request, child: FromPath[str]) -> Response[str]:
    """Write to the SEND team; a draft that was begun is there again."""
    return await (await _new(request, child)).show()


@post("/children/{child:str}/messages/new", access=Access.FAMILY)
async def send(request: Request, child: FromPath[str]) -> Response[str]:
    """Send it, or keep it as a draft."""
    return await (await _new(request, child)).take()


@get("/children/{child:str}/messages/{message:str}", access=Access.FAMILY)
async def read(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """One message with its conversation; it counts as read from now on."""
    before = request.query_params.get("before", "")
    conversation = await _conversation(request, child, message, before)
    await commands.note_opened(request.actor, conversation, now=now_of(request))
    return page(request, "pages/messages/conversation.html", conversation)


@get("/children/{child:str}/messages/{message:str}/reply", access=Access.FAMILY)
async def reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Write an answer below the conversation."""
    return await _reply(request, await _conversation(request, child, message)).show()


@post("/children/{child:str}/messages/{message:str}/reply", access=Access.FAMILY)
async def send_reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Send the answer, or keep it as a draft."""
    return await _reply(request, await _conversation(request, child, message)).take()


@get("/children/{child:str}/files/{file:str}", access=Access.FAMILY, is_download=True)
async def attachment(request: Request, child: FromPath[str], file: FromPath[str]) -> Response[bytes]:
    """A file of one of this person's own conversations."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await sent_file(request.actor, record, file, now=now_of(request))
    content = await request.app.state.files.read(found.stored_as)
    return download(content, media_type=found.media_type, disposition=content_disposition(found.name))


async def _inbox(request: Request, record: ChildRecord) -> queries.MessageList:
    return await queries.inbox(request.actor, record, before=request.query_params.get("before", ""))


async def _conversation(request: Request, child: str, message: str, before: str = "") -> ConversationView:
    record = await child_of(request.actor, child, now=now_of(request))
    return await queries.conversation_of(request.actor, record, message, before=before, now=now_of(request))


async def _new(request: Request, child: str) -> Desk:
    record = await child_of(request.actor, child, now=now_of(request))
    base = f"/children/{record.public_id}/messages"
    return Desk(request, record, None, f"{base}/new", base, "pages/messages/write.html")


def _reply(request: Request, conversation: ConversationView) -> Desk:
    here = f"/children/{conversation.child.public_id}/messages/{conversation.opened}"
    return Desk(request, conversation.child, conversation, f"{here}/reply", here, "pages/messages/write.html")
