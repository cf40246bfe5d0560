"""What families read about who opened their child's record. Pure.

The SEND team and professionals are named, since they act for the council or at work; professionals only while no
adult of the child has whereabouts that must not be given away to the reader. Another adult of the
family is not: parents may live apart, and what one of them reads is not the other's business. Nor is what
the team does for one of them alone, such as a letter that it reads or answers.
"""

from collections.abc import Mapping
from datetime import timedelta

OPENED_BY_TEAM = "staff:child:opened"
OPENED_AT_WORK = "family:child:opened"
"""By a professional, which is who has access on the ground `AT_WORK`, whatever their account says."""

AGAIN = timedelta(hours=1)
"""Looking again within this time is not noted again."""

WORDS: Mapping[str, str] = {
    OPENED_BY_TEAM: "Opened the record",
    OPENED_AT_WORK: "Opened the record",
    "family:document:opened": "Opened a document",
    "family:form:submitted": "Sent a form",
    "family:message:sent": "Sent a message",
    "files:file:opened": "Opened a file",
    "staff:access:activated": "Gave you access",
    "staff:access:changed": "Changed why you have access",
    "staff:access:withdrawn": "Ended your access",
    "staff:actions:exported": "Downloaded the list of forms",
    "staff:advice:exported": "Downloaded who is writing about the child",
    "staff:child:assigned": "Named another caseworker",
    "staff:child:corrected": "Corrected the name or date of birth",
    "staff:decision:recorded": "Recorded a decision",
    "staff:document:published": "Gave you a document",
    "staff:documents:exported": "Downloaded the list of documents",
    "staff:form:read": "Read your form",
    "staff:message:assigned": "Gave your message to a colleague",
    "staff:message:opened": "Read your message",
    "staff:message:sent": "Sent you a message",
    "staff:draft_plan:exported": "Downloaded what was said of the draft plan",
    "staff:messages:exported": "Downloaded the list of messages",
    "staff:note:written": "Wrote a note for the team",
    "staff:notes:exported": "Downloaded the team’s notes",
    "staff:people:exported": "Downloaded who has access",
    "staff:places:exported": "Downloaded the schools and services",
    "staff:timeline:exported": "Downloaded the dates of the case",
}
"""The entries of the audit trail that are shown, and how."""

ABOUT_ONE = tuple(
    event
    for event in WORDS
    if event.startswith(("staff:access:", "staff:form:", "staff:message:", "staff:document:", "files:"))
)
"""Events that are about one adult's own matters: shown to that adult, and to whoever did it.

That the record was opened is noted beside them, so nobody looks unseen.
"""

OF_ONE_ADULT = ("comments_extended", "draft_served")
"""Decisions that follow from what one adult was given: the others learn nothing of them here."""


def who(*, is_you: bool, name: str, role: str, team: str, workplace: str, says: str, is_guarded: bool) -> str:
    """How somebody is called: "You", "Dee Shaw, SEND team (North)" or "Ann Lee, Oak School".

    `workplace` is the organisation that the team knows; `says` what the person typed about themself. `is_guarded`:
    the whereabouts of another adult of the child must not be given away. Where the child goes to school, or who
    teaches there, would lead to them, so a professional has neither name nor workplace then.
    """
    if is_you:
        return "You"
    if role != "family":
        return f"{name}, SEND team ({team})" if team else f"{name}, SEND team"
    if is_guarded:
        return "A professional"
    if workplace:
        return f"{name}, {workplace}"
    return f"{name}, a professional who says they work at {says}" if says else f"{name}, a professional"
