"""Documents to View: the list, a download, all of them at once."""

import io
import zipfile

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.documents import commands, queries
from portal.documents.queries import DocumentFile
from portal.files.queries import refuse_closed
from portal.files.rules import content_disposition
from web.access import Access
from web.respond import Request, download, now_of, page


@get("/children/{child:str}/documents", access=Access.FAMILY)
async def listing(request: Request, child: FromPath[str]) -> Response[str]:
    """What the SEND team has published to this person."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    before = request.query_params.get("before", "")
    return page(
        request, "pages/documents/list.html", await queries.shown_to(request.actor, record, before=before, now=now)
    )


@get("/children/{child:str}/documents/all.zip", access=Access.FAMILY)
async def everything(request: Request, child: FromPath[str]) -> Response[bytes]:
    """All documents at once. Each counts as opened."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found = await queries.all_for(request.actor, record, now=now)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for number, document in enumerate(found, 1):
            archive.writestr(f"{number:03} {document.name}", await request.app.state.files.read(document.stored_as))
            await commands.note_opened(request.actor, record, document, now=now)
    name = content_disposition(f"Documents {record.case_reference}.zip")
    return download(content.getvalue(), media_type="application/zip", disposition=name)


@get("/children/{child:str}/documents/{document:str}", access=Access.FAMILY)
async def open_document(request: Request, child: FromPath[str], document: FromPath[str]) -> Response[bytes]:
    """Download one document."""
    return await hand_over(request, child, document)


async def hand_over(request: Request, child: str, document: str) -> Response[bytes]:
    """Give a document to somebody who may have it, and write it down."""
    now = now_of(request)
    record = await child_of(request.actor, child, now=now)
    found: DocumentFile = await queries.document_for(request.actor, record, document, now=now)
    refuse_closed(found.scan_state)
    content = await request.app.state.files.read(found.stored_as)
    await commands.note_opened(request.actor, record, found, now=now)
    return download(content, media_type=found.media_type, disposition=content_disposition(found.name))
