"""What stands on the SEND team's screens as files for a spreadsheet: access, organisations, and one child's lists."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.advice.queries import advice_of
from portal.cases.queries import case_of
from portal.children.queries import ChildPage, child_page
from portal.documents.staff_queries import DocumentsOfChild, documents_of
from portal.messages.staff_queries import conversations_of
from portal.organisations.queries import organisations
from portal.relationships.waiting import waiting_access
from web.access import Access
from web.dates import today
from web.respond import Request, now_of
from web.spreadsheet import MOST_ROWS, spreadsheet
from web.views.timeline import Timeline, timeline

WAITING = (
    "Child", "Case reference", "Registered as", "Invited as", "Email", "Relationship", "Said yes at", "Waiting",
    "Check this",
)  # fmt: skip
PEOPLE = ("Name", "Email", "Relationship", "Where it stands", "From", "To", "Reason")
TIMELINE = ("Date", "What", "Note to the family, or how it stands", "Reason, for the team", "Kind")
ADVICE = (
    "Who", "Kind", "Organisation", "Asked", "Due", "Reminded", "Came", "How it stands", "Exception", "From", "To",
    "New target", "Decided by", "Note",
)  # fmt: skip
DOCUMENTS = (
    "Description", "Document date", "File", "Added by", "Added at", "State", "Recipient", "Served", "Opened", "Posted",
    "Taken back from them",
)  # fmt: skip


@get("/staff/access.csv", access=Access.STAFF)
async def waiting(request: Request) -> Response[bytes]:
    """Everybody who waits for access."""
    found = await waiting_access(request.actor, now=now_of(request), limit=MOST_ROWS + 1)
    rows = (
        (one.child_name, one.case_reference, one.registered_name, one.invited_name, one.email, one.basis_in_words,
         one.accepted_at, one.waiting_in_words, " ".join(one.to_check))
        for one in found.requests
    )  # fmt: skip
    return await spreadsheet(request, "access", WAITING, rows)


@get("/staff/organisations.csv", access=Access.STAFF)
async def all_organisations(request: Request) -> Response[bytes]:
    """The organisations, or those that are searched for."""
    search = request.query_params.get("search", "").strip()[:100]
    found = await organisations(search, limit=MOST_ROWS + 1)
    rows = ((one.name, one.kind_in_words, one.members, one.children) for one in found.lines)
    return await spreadsheet(request, "organisations", ("Name", "What it is", "People", "Children"), rows)


@get("/staff/children/{child:str}/people.csv", access=Access.STAFF)
async def people(request: Request, child: FromPath[str]) -> Response[bytes]:
    """Who has access to one child, who had it, and who is invited."""
    found = await child_of(request.actor, child, now=now_of(request))
    view = await child_page(request.actor, found, now=now_of(request), past=MOST_ROWS + 1)
    return await spreadsheet(request, "people", PEOPLE, _people(view), child=found)


@get("/staff/children/{child:str}/timeline.csv", access=Access.STAFF)
async def of_timeline(request: Request, child: FromPath[str]) -> Response[bytes]:
    """What was recorded about one child, its key dates, and how each stage stands."""
    found = await child_of(request.actor, child, now=now_of(request))
    case = request.query_params.get("case", "")
    view = timeline(await case_of(request.actor, found, today=today(now_of(request)), case=case))
    return await spreadsheet(request, "timeline", TIMELINE, _timeline(view), child=found)


@get("/staff/children/{child:str}/advice.csv", access=Access.STAFF)
async def of_advice(request: Request, child: FromPath[str]) -> Response[bytes]:
    """Who was asked about one child, and what came of it."""
    found = await child_of(request.actor, child, now=now_of(request))
    view = await advice_of(request.actor, found, today=today(now_of(request)))
    rows = (
        (one.name, one.about.label, one.organisation, one.asked_on, one.due_on, one.reminded_on, one.returned_on,
         one.in_words, one.late_reason, one.exception_starts, one.exception_ends, one.exception_target,
         one.exception_approved_by, one.note)
        for one in view.advisers
    )  # fmt: skip
    return await spreadsheet(request, "advice", ADVICE, rows, child=found)


@get("/staff/children/{child:str}/messages.csv", access=Access.STAFF)
async def of_messages(request: Request, child: FromPath[str]) -> Response[bytes]:
    """The conversations about one child."""
    found = await child_of(request.actor, child, now=now_of(request))
    view = await conversations_of(found, now=now_of(request), limit=MOST_ROWS + 1)
    rows = ((one.last_at, one.adult, one.message_type, one.subject, one.assigned, one.waiting) for one in view.lines)
    columns = ("Last message", "With", "Type", "Subject", "Who answers", "Waiting")
    return await spreadsheet(request, "messages", columns, rows, child=found)


@get("/staff/children/{child:str}/documents.csv", access=Access.STAFF)
async def of_documents(request: Request, child: FromPath[str]) -> Response[bytes]:
    """The documents of one child: a line for each person who got one, and a line for one that nobody got."""
    found = await child_of(request.actor, child, now=now_of(request))
    view = await documents_of(found, now=now_of(request), limit=MOST_ROWS + 1)
    return await spreadsheet(request, "documents", DOCUMENTS, _documents(view), child=found)


def _documents(view: DocumentsOfChild) -> Iterator[tuple[object, ...]]:
    for one in view.documents:
        about = (
            one.description, one.document_date, one.name, one.uploaded_by, one.uploaded_at, one.state(view.now),
        )  # fmt: skip
        for recipient in one.recipients:
            yield (
                *about,
                recipient.name,
                recipient.served_at,
                recipient.first_opened_at,
                recipient.posted_on,
                recipient.recalled_at,
            )
        if not one.recipients:
            yield (*about, "", None, None, None, None)


def _people(view: ChildPage) -> Iterator[tuple[object, ...]]:
    for adult in view.adults:
        yield adult.name, adult.email, adult.basis_in_words, "Has access", adult.activated_at, None, ""
    for one in view.past:
        yield one.name, "", one.basis_in_words, "Had access", one.activated_at, one.ended_at, one.end_reason
    for sent in view.invitations:
        state = f"Invitation: {sent.state_in_words}"
        yield sent.adult_name, sent.email, sent.basis_in_words, state, None, None, ""


def _timeline(view: Timeline) -> Iterator[tuple[object, ...]]:
    for stage in view.timescale.stages:
        yield None, stage.name, " ".join(filter(None, (stage.status_text, stage.due_text))), "", "Stage"
    for one in view.recorded:
        yield one.on, one.what, one.note, one.reason, "Recorded"
    for date in view.dates:
        yield date.on, date.title, "", "", "Key date"
