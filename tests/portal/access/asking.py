"""Every query of the service that takes an actor, and how it is asked here.

A new one must be put into one of these tables: the test beside this one says so by its name.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.access import queries as access
from portal.access.queries import ChildRecord
from portal.accounts import queries as accounts
from portal.actions import queries as actions
from portal.actor import Actor
from portal.advice import queries as advice
from portal.cases import queries as cases
from portal.children import queries as children
from portal.dates import london_day
from portal.documents import queries as documents
from portal.drafts import queries as drafts
from portal.everything import parts
from portal.everything.asking import Me
from portal.files import queries as files
from portal.invitations import queries as invitations
from portal.messages import queries as messages
from portal.messages import staff_queries as inboxes
from portal.notes import notes
from portal.opened import queries as opened
from portal.organisations import queries as organisations
from portal.relationships import leaving, who_sees
from portal.relationships import waiting as relationships
from portal.requests import queries as requests
from portal.staff import queries as staff
from portal.tasks import queries as tasks
from portal.today import queries as today
from tests.belongings import Belongings


@dataclass(frozen=True)
class Asker:
    """Who asks, about which child, with the ids of whose things. `names` are staff, by public id."""

    actor: Actor
    child: ChildRecord
    has: Belongings
    now: datetime
    school: str = ""
    relationship: str = ""


Ask = Callable[[Asker], Awaitable[Any]]


async def everything_about(me: Me) -> list[str]:
    """Every page of the copy that a person may take."""
    return [repr(page) for part in parts.parts_for(me.actor) async for page in parts.pages_of(part, me)]


async def every_leaving(actor: Actor) -> list[Any]:
    """What would end at each place where they work."""
    return [await organisations.leaving(actor, work.public_id) for work in await organisations.own_work(actor)]


ONES_OWN: Mapping[str, Ask] = {
    "actions.queries.actions_of": lambda a: actions.actions_of(a.actor, a.child),
    "actions.queries.action_of": lambda a: actions.action_of(a.actor, a.child, a.has.action, now=a.now),
    "advice.queries.advice_of": lambda a: advice.advice_of(a.actor, a.child, today=london_day(a.now)),
    "advice.queries.wish_of": lambda a: advice.wish_of(a.actor, a.child, a.has.wish),
    "documents.queries.all_for": lambda a: documents.all_for(a.actor, a.child, now=a.now),
    "documents.queries.document_for": lambda a: documents.document_for(a.actor, a.child, a.has.document, now=a.now),
    "documents.queries.panel": lambda a: documents.panel(a.actor, a.child, now=a.now),
    "documents.queries.shown_to": lambda a: documents.shown_to(a.actor, a.child, now=a.now),
    "drafts.queries.own_draft": lambda a: drafts.own_draft(a.actor, a.child, now=a.now),
    "drafts.queries.own_draft_to_use": lambda a: drafts.own_draft_to_use(a.actor, a.child, now=a.now),
    "files.queries.sent_file": lambda a: files.sent_file(a.actor, a.child, a.has.file, now=a.now),
    "messages.queries.conversation_of": lambda a: messages.conversation_of(a.actor, a.child, a.has.message, now=a.now),
    "messages.queries.inbox": lambda a: messages.inbox(a.actor, a.child),
    "messages.queries.panel": lambda a: messages.panel(a.actor, a.child, now=a.now),
    "messages.queries.sent_items": lambda a: messages.sent_items(a.actor, a.child),
}
"""About a child: whoever has access reads what is their own, and nobody else's of the family."""

BY_ID = (
    "actions.queries.action_of",
    "advice.queries.wish_of",
    "documents.queries.document_for",
    "files.queries.sent_file",
    "messages.queries.conversation_of",
)
"""Those of them that are told whose thing is wanted."""

OF_A_CHILD: Mapping[str, Ask] = {
    "relationships.leaving.stopping": lambda a: leaving.stopping(a.actor, a.child),
    "actions.queries.panel": lambda a: actions.panel(a.actor, a.child, now=a.now),
    "cases.queries.case_of": lambda a: cases.case_of(a.actor, a.child, today=london_day(a.now)),
    "opened.queries.openings": lambda a: opened.openings(a.actor, a.child),
    "relationships.who_sees.who_sees": lambda a: who_sees.who_sees(a.actor, a.child),
}
"""About a child, without anybody's own words."""

LISTS: Mapping[str, Ask] = {
    "access.queries.children_of": lambda a: access.children_of(a.actor),
    "accounts.queries.account_of": lambda a: accounts.account_of(a.actor, now=a.now),
    "accounts.queries.closing_of": lambda a: accounts.closing_of(a.actor),
    "everything.parts.files_of": lambda a: parts.files_of(Me(a.actor, a.now)),
    "organisations.queries.asked_to_join": lambda a: organisations.asked_to_join(a.actor, now=a.now),
    "organisations.queries.leaving": lambda a: every_leaving(a.actor),
    "organisations.queries.own_work": lambda a: organisations.own_work(a.actor),
    "requests.queries.may_ask_again": lambda a: requests.may_ask_again(a.actor),
    "requests.queries.known_to": lambda a: requests.known_to(a.actor),
    "organisations.queries.to_be_confirmed": lambda a: organisations.to_be_confirmed(a.actor),
    "organisations.queries.workplaces_of": lambda a: organisations.workplaces_of(a.actor),
}
"""Of one person of a family: only children whom they have access to."""

NAMED_BEFORE: Mapping[str, Ask] = {
    "access.queries.waiting_children_of": lambda a: access.waiting_children_of(a.actor),
    "cases.queries.portal_screen": lambda a: cases.portal_screen(a.actor, now=a.now),
    "everything.parts.pages_of": lambda a: everything_about(Me(a.actor, a.now)),
    "invitations.queries.account_setup": lambda a: invitations.account_setup(a.actor, "", now=a.now),
    "invitations.queries.awaiting_count": lambda a: invitations.awaiting_count(a.actor, now=a.now),
}
"""Of one person of a family: they name a child with whom they had or may get to do, and show nothing of the record."""

FOR_TEAM: Mapping[str, Ask] = {
    "children.queries.child_page": lambda a: children.child_page(a.actor, a.child, now=a.now),
    "invitations.queries.invitations_of": lambda a: invitations.invitations_of(a.actor, a.child, now=a.now),
    "notes.notes.notes_of": lambda a: notes.notes_of(a.actor, a.child),
    "relationships.waiting.access_request": lambda a: relationships.access_request(a.actor, a.relationship, now=a.now),
}
"""About a child, for the SEND team."""

TEAM_LISTS: Mapping[str, Ask] = {
    "relationships.waiting.waiting_access": lambda a: relationships.waiting_access(a.actor, now=a.now),
    "messages.staff_queries.team_inbox": lambda a: inboxes.team_inbox(a.actor, inboxes.Asked(), now=a.now),
    "organisations.queries.organisation_page": lambda a: organisations.organisation_page(a.actor, a.school, now=a.now),
    "staff.queries.caseload": lambda a: staff.caseload(a.actor, staff.Wanted(), today=london_day(a.now)),
    "staff.queries.every_child": lambda a: staff.every_child(
        a.actor, staff.Wanted(), today=london_day(a.now), limit=100
    ),
    "tasks.queries.open_for": lambda a: tasks.open_for(a.actor, now=a.now),
    "tasks.queries.tasks": lambda a: tasks.tasks(a.actor, tasks.WantedTasks(), now=a.now),
    "today.queries.comments": lambda a: today.comments(a.actor, now=a.now),
    "today.queries.messages": lambda a: today.messages(a.actor, now=a.now),
    "today.queries.of_cases": lambda a: today.of_cases(a.actor, {}, now=a.now),
    "today.queries.returned": lambda a: today.returned(a.actor, now=a.now),
    "today.queries.tasks": lambda a: today.tasks(a.actor, now=a.now),
}
"""Of one member of the SEND team: only children whom they see."""

TABLES = (ONES_OWN, OF_A_CHILD, LISTS, NAMED_BEFORE, FOR_TEAM, TEAM_LISTS)

NOT_ABOUT_A_RECORD: Mapping[str, str] = {
    "access.queries.child_of": "the door itself: every reading here goes through it",
    "accounts.queries.details_of": "the account's own details",
    "accounts.queries.places_of": "the account's own browsers",
    "cases.queries.case_of_letter": "case_of, for another case of the same child",
    "children.queries.same_children": "names of the actor's own team, before a child is added",
    "cover.queries.covering": "whom a colleague covers, without their cases",
    "cover.queries.everybody_away": "colleagues and days",
    "cover.queries.person_of": "a colleague",
    "imports.queries.batch_of": "a file that the actor's team sent in",
    "imports.queries.choices_of": "figures",
    "imports.queries.imports_of": "files that the actor's team sent in",
    "reports.queries.board": "figures of the whole council",
    "reports.queries.scope_of": "which figures",
    "requests.queries.asker_of": "the account's own details",
    "requests.queries.draft_of": "what the actor has typed",
    "requests.queries.newest_sent": "the reference that the actor was given",
    "staff.audit_trail.audit_trail": "for managers, who see every team",
    "staff.queries.which_children": "a condition for a query",
    "staff.queries.whose_choices": "teams",
    "tasks.queries.task_of": "its child is found through child_of",
}
"""Queries that take an actor and give nothing of a child's record, and why."""
