"""Messages on the SEND team's side: the team inbox, a child's conversations, writing and answering."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.files.queries import sent_file
from portal.files.rules import content_disposition
from portal.messages import commands, queries, staff_queries
from portal.messages.queries import ConversationView
from web.access import Access
from web.respond import Request, download, fragment, go, now_of, page
from web.writing import Desk


@get("/staff/inbox", access=Access.STAFF)
async def team_inbox(request: Request) -> Response[str]:
    """What families wrote and nobody has answered, oldest first."""
    return page(request, "pages/staff/messages/inbox.html", await _inbox(request))


@get("/staff/inbox/list", access=Access.STAFF, touches_session=False)
async def team_inbox_region(request: Request) -> Response[str]:
    """The list alone, for its own refreshing."""
    return fragment(request, "partials/staff/team_inbox.html", await _inbox(request))


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
    conversation = await _conversation(request, child, message)
    await commands.note_opened(request.actor, conversation, now=now_of(request))
    return page(request, "pages/staff/messages/conversation.html", conversation)


@get("/staff/children/{child:str}/messages/{message:str}/reply", access=Access.STAFF)
async def reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Write an answer below the conversation."""
    return await _reply(request, await _conversation(request, child, message)).show()


@post("/staff/children/{child:str}/messages/{message:str}/reply", access=Access.STAFF)
async def send_reply(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """Send the answer, or keep it as a draft."""
    return await _reply(request, await _conversation(request, child, message)).take()


@post("/staff/children/{child:str}/messages/{message:str}/no-answer", access=Access.STAFF)
async def no_answer(request: Request, child: FromPath[str], message: FromPath[str]) -> Response[str]:
    """No answer needed: out of the team inbox."""
    conversation = await _conversation(request, child, message)
    await commands.no_answer_needed(request.actor, conversation, now=now_of(request))
    await request.auth.say("This conversation is out of the team inbox.", now_of(request))
    return go(request, "/staff/inbox")


@get("/staff/children/{child:str}/files/{file:str}", access=Access.STAFF, is_download=True)
async def attachment(request: Request, child: FromPath[str], file: FromPath[str]) -> Response[bytes]:
    """A file that came with a message."""
    record = await child_of(request.actor, child, now=now_of(request))
    found = await sent_file(request.actor, record, file, now=now_of(request))
    content = await request.app.state.files.read(found.stored_as)
    return download(content, media_type=found.media_type, disposition=content_disposition(found.name))


async def _inbox(request: Request) -> staff_queries.TeamInbox:
    after = request.query_params.get("after", "")
    return await staff_queries.team_inbox(request.actor, after=after, now=now_of(request))


async def _conversation(request: Request, child: str, message: str) -> ConversationView:
    record = await child_of(request.actor, child, now=now_of(request))
    return await queries.conversation_of(request.actor, record, message)


async def _new(request: Request, child: str) -> Desk:
    record = await child_of(request.actor, child, now=now_of(request))
    base = f"/staff/children/{record.public_id}/messages"
    return Desk(request, record, None, f"{base}/new", base, "pages/messages/write.html")


def _reply(request: Request, conversation: ConversationView) -> Desk:
    here = f"/staff/children/{conversation.child.public_id}/messages/{conversation.opened}"
    return Desk(request, conversation.child, conversation, f"{here}/reply", here, "pages/messages/write.html")
