"""More lists as files: Today, the teams, an organisation, and a child's forms, notes, draft plan and places."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.params import FromPath

from portal.access.queries import child_of
from portal.actions.queries import actions_of
from portal.drafts.queries import DraftPlan, drafts_of, sent_about
from portal.drafts.queries import Response as Comment
from portal.notes.notes import notes_of
from portal.organisations.queries import organisation_page, organisations_of
from portal.organisations.rules import KINDS
from portal.staff.teams import teams
from web.access import Access
from web.respond import Request, now_of
from web.spreadsheet import MOST_ROWS, spreadsheet
from web.views.actions import STATES, form_of
from web.views.today import today_of

TODAY = ("What waits", "Child", "Case reference", "About", "When", "Without a caseworker")
FORMS = ("Form", "Asked", "By", "On", "Due", "How it stands", "Sent", "Reference", "Read")
NOTES = ("Written", "By", "Note", "Struck out", "By", "Why")
DRAFT = ("What", "Adult", "On", "Last day to comment", "Comment", "Reference", "Answer", "Answered", "By")


@get("/staff/today.csv", access=Access.STAFF)
async def of_today(request: Request) -> Response[bytes]:
    """Everything of which Today shows the most urgent."""
    found = await today_of(request.actor, now=now_of(request), shown=MOST_ROWS + 1)
    rows = (
        (panel.view.kind.title, item.name, item.reference, item.what, item.when, "yes" if item.nobodys else "")
        for panel in found.panels
        for item in panel.view.part.items
    )
    return await spreadsheet(request, "today", TODAY, rows)


@get("/staff/children/{child:str}/actions.csv", access=Access.STAFF)
async def of_forms(request: Request, child: FromPath[str]) -> Response[bytes]:
    """The forms that were asked for about one child. What was answered stands in each form's own copy."""
    found = await child_of(request.actor, child, now=now_of(request))
    rows = (
        (form_of(one).title, one.adult, one.assigned_by, one.assigned_at, one.due_on, STATES[one.state],
         one.submitted_at, one.reference, one.read_at)
        for one in await actions_of(request.actor, found, limit=MOST_ROWS + 1)
    )  # fmt: skip
    return await spreadsheet(request, "actions", FORMS, list(rows), child=found)


@get("/staff/children/{child:str}/notes.csv", access=Access.STAFF)
async def of_notes(request: Request, child: FromPath[str]) -> Response[bytes]:
    """The team's notes about one child, those that were struck out too."""
    found = await child_of(request.actor, child, now=now_of(request))
    view = await notes_of(request.actor, found, limit=MOST_ROWS + 1)
    rows = (
        (one.written_at, one.author, one.body, one.struck_at, one.struck_by, one.strike_reason) for one in view.notes
    )
    return await spreadsheet(request, "notes", NOTES, rows, child=found)


@get("/staff/children/{child:str}/draft-plan.csv", access=Access.STAFF)
async def of_draft(request: Request, child: FromPath[str]) -> Response[bytes]:
    """Who has the draft plan of one child until when, what they said, and what was answered."""
    found = await child_of(request.actor, child, now=now_of(request))
    drafts = await drafts_of(found, now=now_of(request))
    said = await sent_about(drafts[0]) if drafts else ()
    return await spreadsheet(request, "draft_plan", DRAFT, _draft(drafts[:1], said), child=found)


@get("/staff/children/{child:str}/organisations.csv", access=Access.STAFF)
async def of_places(request: Request, child: FromPath[str]) -> Response[bytes]:
    """The organisations that work with one child."""
    found = await child_of(request.actor, child, now=now_of(request))
    rows = [(one.name, KINDS[one.kind], one.since) for one in await organisations_of(found)]
    return await spreadsheet(request, "places", ("Name", "What it is", "Since"), rows, child=found)


@get("/staff/organisations/{organisation:str}/people.csv", access=Access.STAFF)
async def of_members(request: Request, organisation: FromPath[str]) -> Response[bytes]:
    """Who works at one organisation, or is asked to join it."""
    view = await organisation_page(request.actor, organisation, now=now_of(request), limit=MOST_ROWS + 1)
    rows = ((one.name, one.email, one.state_in_words, one.joined_at) for one in view.members)
    return await spreadsheet(request, "members", ("Name", "Email", "How it stands", "Since"), rows)


@get("/staff/organisations/{organisation:str}/children.csv", access=Access.STAFF)
async def of_children(request: Request, organisation: FromPath[str]) -> Response[bytes]:
    """The children of one organisation whom this person may see."""
    view = await organisation_page(request.actor, organisation, now=now_of(request), limit=MOST_ROWS + 1)
    rows = ((one.name, one.reference, one.since) for one in view.children)
    return await spreadsheet(request, "placed_children", ("Child", "Case reference", "Since"), rows)


@get("/staff/manage/teams.csv", access=Access.MANAGER)
async def of_teams(request: Request) -> Response[bytes]:
    """The teams, and how families reach them."""
    rows = [
        (one.name, one.phone, one.email, "Yes" if one.takes_new_requests else "No", one.people, one.children)
        for one in await teams()
    ]
    return await spreadsheet(request, "teams", ("Name", "Phone", "Email", "New requests", "People", "Children"), rows)


def _draft(drafts: tuple[DraftPlan, ...], said: tuple[Comment, ...]) -> Iterator[tuple[object, ...]]:
    for draft in drafts:
        for one in draft.served:
            yield "Served", one.name, one.served_on, one.last_day, "", "", "", None, ""
    for comment in said:
        text = comment.body or comment.school_name or ("Agrees" if comment.agrees else "")
        about = (comment.title, comment.adult, comment.sent_at, None, text, comment.reference)
        for answer in comment.answers:
            yield *about, answer.body, answer.answered_at, answer.answered_by
        if not comment.answers:
            yield *about, "", None, ""
