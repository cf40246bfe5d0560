"""Documents to View: the list, a download, all of them at once."""

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from portal.access.queries import child_of
from portal.documents import commands, queries
from portal.documents.archive import archive
from portal.errors import NotFound
from portal.files.queries import refuse_closed
from portal.files.rules import content_disposition
from web.access import Access
from web.respond import Request, download, now_of, page

ZIP = "application/zip"


@get("/children/{child:str}/documents", access=Access.FAMILY)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """What the SEND team has published to this person."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    before = request.query_params.get("before", "")
    found = await queries.shown_to(request.actor, record, before=before, now=now)
    return page(request, "pages/documents/list.html", found)


@get("/children/{child:str}/documents/all.zip", access=Access.FAMILY, is_download=True)
async def everything(request: Request, child: FromPath[str]) -> Stream:
    """All documents at once, sent while they are packed. Each counts as opened when it goes out."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await queries.all_for(request.actor, record, now=now)
    pieces = archive(request.actor, record, found, request.app.state.files, now=now)
    name = content_disposition(f"Documents {record.case_reference}.zip")
    return Stream(pieces, media_type=ZIP, headers=download(b"", media_type=ZIP, disposition=name).headers)


@get("/children/{child:str}/documents/{document:str}", access=Access.FAMILY, is_download=True)
async def open_document(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """Download one document."""
    return await hand_over(request, child, document)


async def hand_over(request: Request, child: str, document: str) -> Response[bytes]:
    """Give a document to somebody who may have it, and write it down."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await queries.document_for(request.actor, record, document, now=now)
    refuse_closed(found.scan_state)
    content = await request.app.state.files.read(found.stored_as)
    if not await commands.note_opened(request.actor, record, found, now=now):
        raise NotFound
    return download(content, media_type=found.media_type, disposition=content_disposition(found.name))
