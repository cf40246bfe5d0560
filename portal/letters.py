"""What each kind of email needs to know, asked for at the moment when it is sent.

A kind is a folder of `web/emails`. Its facts are None when the notice has been overtaken.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from portal.cover import letters as cover
from portal.documents import announcing as documents
from portal.drafts import telling as drafts
from portal.invitations import letters as invitations
from portal.sign_in import codes

Facts = Mapping[str, Any]
AskFacts = Callable[[Facts], Awaitable[Facts | None]]


async def as_queued(about: Facts) -> Facts | None:
    """For notices that need nothing more than what was queued."""
    return about


async def never(about: Facts) -> Facts | None:
    """For work that is done only so that it takes as long as the real thing."""
    return None


KINDS: dict[str, AskFacts] = {
    "sign_in_code": codes.facts,
    "register_code": codes.facts,
    "register_known": as_queued,
    "reset_code": codes.facts,
    "reset_unknown": never,
    "password_changed": as_queued,
    "new_second_factor": as_queued,
    "second_factor_removed": as_queued,
    "change_email_code": codes.facts,
    "mailbox_code": codes.facts,
    "change_email_known": as_queued,
    "email_changed": as_queued,
    "details_changed": as_queued,
    "details_corrected": as_queued,
    "record_corrected": as_queued,
    "account_closed": as_queued,
    "sign_in_blocked": as_queued,
    "sign_in_codes_wrong": as_queued,
    "new_message": as_queued,
    "new_message_for_staff": as_queued,
    "message_assigned": as_queued,
    "new_document": documents.new_document_facts,
    "document_recalled": as_queued,
    "new_action": as_queued,
    "draft_served": drafts.served_facts,
    "draft_day_corrected": as_queued,
    "draft_time_extended": as_queued,
    "draft_answered": as_queued,
    "draft_comments_received": as_queued,
    "draft_comments_sent": as_queued,
    "form_returned": as_queued,
    "unique_code": invitations.code_facts,
    "portal_invitation": invitations.link_facts,
    "portal_activation": as_queued,
    "portal_access": as_queued,
    "stage_changed": as_queued,
    "decision_recorded": as_queued,
    "decision_struck_out": as_queued,
    "exception_recorded": as_queued,
    "lateness_explained": as_queued,
    "key_date_added": as_queued,
    "key_date_removed": as_queued,
    "access_changed": as_queued,
    "access_refused": as_queued,
    "adviser_answered": as_queued,
    "adviser_wished": as_queued,
    "assessment_requested": as_queued,
    "assessment_requested_for_staff": as_queued,
    "assessment_requested_twice": as_queued,
    "request_received": as_queued,
    "access_withdrawn": as_queued,
    "invitation_asked_again": as_queued,
    "organisation_added": as_queued,
    "organisation_invitation": as_queued,
    "professional_stopped": as_queued,
    "member_left": as_queued,
    "member_waits": as_queued,
    "organisation_left": as_queued,
    "caseworker_changed": as_queued,
    "caseworker_gone": as_queued,
    "cases_given": as_queued,
    "cover_asked": cover.asked_facts,
    "cover_ended": cover.ended_facts,
    "staff_welcome": as_queued,
    "authenticator_reset": as_queued,
    "everything_taken": as_queued,
}


async def facts(kind: str, about: Facts) -> Facts | None:
    """The facts for one email of `kind`. Raises KeyError for a kind nobody knows."""
    return await KINDS[kind](about)
