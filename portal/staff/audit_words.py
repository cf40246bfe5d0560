"""What the entries of the audit trail mean, for the people who read it."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "access:child:refused": "Asked for a child’s record without access",
    "access:document:refused": "Asked for a document without access",
    "accounts:account:registered": "Registered an account",
    "accounts:password:changed": "Changed the password",
    "accounts:password:reset": "Chose a new password by email",
    "family:assessment:requested": "Asked for an assessment",
    "family:document:opened": "Opened a document",
    "family:draft:sent": "Sent comments on a draft plan",
    "family:form:submitted": "Sent a form",
    "family:invitation:accepted": "Accepted an invitation",
    "family:invitation:declined": "Declined an invitation",
    "family:member:joined": "Joined an organisation",
    "family:message:opened": "Opened a message",
    "family:message:sent": "Sent a message",
    "files:file:opened": "Opened a file",
    "files:file:uploaded": "Uploaded a file",
    "sign_in:authenticator:added": "Set up an authenticator app",
    "sign_in:password:right": "Typed the right password",
    "sign_in:password:wrong": "Typed a wrong password",
    "sign_in:session:ended": "Signed out",
    "sign_in:session:opened": "Signed in",
    "staff:access:activated": "Gave access",
    "staff:access:refused": "Refused access",
    "staff:access:withdrawn": "Withdrew access",
    "staff:account:added": "Added a colleague",
    "staff:account:changed": "Changed a colleague",
    "staff:account:disabled": "Disabled a colleague’s account",
    "staff:account:enabled": "Enabled a colleague’s account",
    "staff:action:assigned": "Asked for a form",
    "staff:audit:exported": "Downloaded the audit trail",
    "staff:caseload:exported": "Downloaded a caseload",
    "staff:child:added": "Added a child",
    "staff:child:assigned": "Gave a case to a caseworker",
    "staff:child:opened": "Opened a child’s record",
    "staff:decision:recorded": "Recorded a decision",
    "staff:decision:struck_out": "Struck out what was recorded by mistake",
    "staff:document:published": "Published a document",
    "staff:document:recalled": "Recalled a document",
    "staff:exception:recorded": "Recorded an exception",
    "staff:invitation:code_sent": "Sent a unique code",
    "staff:invitation:link_sent": "Sent an invitation",
    "staff:invitation:verified": "Checked identity",
    "staff:message:assigned": "Gave a message to a colleague",
    "staff:message:opened": "Opened a message",
    "staff:message:sent": "Sent a message",
    "staff:note:written": "Wrote a note",
    "staff:stage:moved": "Moved the stage",
    "staff:stage_text:changed": "Changed the words of a stage",
    "web:route:refused": "Asked for a page of somebody else",
}

GROUPS: Mapping[str, str] = {
    "": "Everything",
    "sign_in:": "Signing in and out",
    "accounts:": "Accounts and passwords",
    "access:": "Refused access",
    "family:": "What families did",
    "files:": "Files",
    "staff:access:": "Access given and withdrawn",
    "staff:invitation:": "Invitations",
    "staff:document:": "Documents of the team",
    "staff:decision:": "Decisions",
    "staff:account:": "Colleagues",
    "staff:": "Everything that the team did",
}
"""The beginning of an event, and how that group is called."""


def in_words(event: str) -> str:
    """The event in words; one without words as it is kept, with spaces."""
    return WORDS.get(event) or event.replace(":", ", ").replace("_", " ")
