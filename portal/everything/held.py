"""For every column of the database that names a person or a child: in which part it is, or why it is left out.

A test holds this list against the tables, so that nothing new is forgotten.
"""

from collections.abc import Mapping

HELD: Mapping[str, str] = {
    "account_wish.account": "your-wishes",
    "relationship.account": "access",
    "invitation.answered_by": "invitations",
    "organisation_member.account": "organisations",
    "assessment_draft.account": "request-not-sent",
    "assessment_request.account": "requests",
    "notice.account": "emails",
    "session.account": "signed-in",
    "saved_view.account": "kept-views",
    "absence.account": "absences",
    "absence.cover": "absences",
    "child.caseworker": "children",
    "relationship.child": "children",
    "ehc_case.child": "cases",
    "adviser_wish.account": "advisers",
    "conversation.account": "messages",
    "conversation.child": "messages",
    "message.sender": "messages",
    "message_draft.account": "message-drafts",
    "message_draft.child": "message-drafts",
    "action.account": "forms",
    "action.child": "forms",
    "document_recipient.account": "documents",
    "document.child": "documents",
    "letter_recipient.account": "letters",
    "letter_recipient.child": "letters",
    "draft_plan.child": "draft-plan-days",
    "draft_plan_recipient.account": "draft-plan-days",
    "draft_plan_response.account": "draft-plan",
    "stored_file.child": "files",
}
"""Column to the key of a part; `files` are the files themselves. The audit trail has no foreign keys: it is in
`what-you-did` and `who-opened`."""

_FOR_THIEVES = "It would help only a thief."
_GONE_SOON = "It is kept for minutes, and only to give back what was typed."
_BY_STAFF = "Who of the team did it, at work. What they did themselves is in “What you did”."
_NOT_SHOWN = (
    "It is not shown to families, as it is about others too. Who asks the council gets it after a person has read it."
)
_WORK = "It is the team’s list of its own work, made from what is in the other parts."

LEFT_OUT: Mapping[str, str] = {
    "previous_password.account": _FOR_THIEVES,
    "code_challenge.account": _FOR_THIEVES,
    "kept_form.account": _GONE_SOON,
    "case_note.child": _NOT_SHOWN,
    "invitation.child": "Invitations of other adults are theirs; one’s own are in “Invitations”.",
    "organisation_child.child": "Which schools may see a child is in “Who opened”, once they have.",
    "task.child": _WORK,
    "task.recipient": _WORK,
    "message_draft.recipient": "What the team has begun to write and not sent.",
    "conversation.assigned_to": _BY_STAFF,
    "message.read_by": _BY_STAFF,
    **dict.fromkeys(
        (
            "action.assigned_by action.read_by adviser.asked_by adviser_wish.answered_by answer_template.changed_by"
            " absence.recorded_by case_date.recorded_by case_decision.recorded_by case_decision.struck_by"
            " case_exception.recorded_by case_exception.struck_by case_explanation.recorded_by"
            " case_explanation.struck_by case_note.author case_note.struck_by child.created_by"
            " document.published_by document.recalled_by document.uploaded_by"
            " document_recipient.posted_by document_recipient.recalled_by"
            " letter_recipient.posted_by draft_plan.created_by draft_plan_answer.answered_by"
            " draft_plan_extension.recorded_by draft_plan_recipient.recorded_by draft_plan_recipient.struck_by"
            " form_switched_off.switched_by"
            " import_batch.started_by import_batch.uploaded_by invitation.created_by invitation.verified_by"
            " organisation.created_by organisation_child.added_by organisation_child.ended_by"
            " organisation_member.ended_by organisation_member.invited_by relationship.activated_by"
            " relationship.ended_by stage_text.changed_by stored_file.uploaded_by task.done_by"
        ).split(),
        _BY_STAFF,
    ),
}
"""Column to the reason."""
