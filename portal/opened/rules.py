"""What families read about who opened their child's record. Pure.

The SEND team and professionals are named, since they act for the council or at work. Another adult of the
family is not: parents may live apart, and what one of them reads is not the other's business.
"""

from collections.abc import Mapping
from datetime import timedelta

OPENED_BY_TEAM = "staff:child:opened"
OPENED_AT_WORK = "family:child:opened"
"""By a professional."""

AGAIN = timedelta(hours=1)
"""Looking again within this time is not noted again."""

WORDS: Mapping[str, str] = {
    OPENED_BY_TEAM: "Opened the record",
    OPENED_AT_WORK: "Opened the record",
    "family:document:opened": "Opened a document",
    "family:form:submitted": "Sent a form",
    "family:message:sent": "Sent a message",
    "files:file:opened": "Opened a file",
    "staff:access:activated": "Gave somebody access",
    "staff:access:changed": "Changed why somebody has access",
    "staff:access:withdrawn": "Ended somebody’s access",
    "staff:child:assigned": "Named another caseworker",
    "staff:decision:recorded": "Recorded a decision",
    "staff:document:published": "Published a document",
    "staff:form:read": "Read a form",
    "staff:message:assigned": "Gave a message to a colleague",
    "staff:message:opened": "Read a message",
    "staff:message:sent": "Sent a message",
    "staff:note:written": "Wrote a note for the team",
}
"""The entries of the audit trail that are shown, and how."""


def who(*, is_you: bool, name: str, role: str, team: str, organisation: str) -> str:
    """How somebody is called: "You", "Dee Shaw, SEND team (North)" or "Ann Lee, Oak School"."""
    if is_you:
        return "You"
    if role != "family":
        return f"{name}, SEND team ({team})" if team else f"{name}, SEND team"
    return f"{name}, {organisation}" if organisation else f"{name}, professional"
