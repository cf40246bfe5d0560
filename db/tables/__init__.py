"""Every table, gathered so that migrations see them all."""

from db.tables.accounts import (
    Account,
    CodeChallenge,
    KeptForm,
    Once,
    PreviousPassword,
    Registration,
    Session,
    Team,
    Throttle,
)
from db.tables.audit import AuditDetail, AuditEntry, AuditHead
from db.tables.cases import (
    Case,
    CaseDate,
    CaseDecision,
    CaseException,
    Child,
    Invitation,
    Relationship,
)
from db.tables.documents import Action, ActionFile, Document, DocumentRecipient
from db.tables.draft_plan import (
    DraftPlan,
    DraftPlanAnswer,
    DraftPlanExtension,
    DraftPlanRecipient,
    DraftPlanResponse,
)
from db.tables.memberships import OrganisationChild, OrganisationMember
from db.tables.messages import (
    Attachment,
    Conversation,
    DemoMail,
    Message,
    MessageDraft,
    MessageType,
    Notice,
    StoredFile,
)
from db.tables.organisations import Organisation

__all__ = [
    "Account",
    "Action",
    "ActionFile",
    "Attachment",
    "AuditDetail",
    "AuditEntry",
    "AuditHead",
    "Case",
    "CaseDate",
    "CaseDecision",
    "CaseException",
    "Child",
    "CodeChallenge",
    "Conversation",
    "DemoMail",
    "Document",
    "DocumentRecipient",
    "DraftPlan",
    "DraftPlanAnswer",
    "DraftPlanExtension",
    "DraftPlanRecipient",
    "DraftPlanResponse",
    "Invitation",
    "KeptForm",
    "Message",
    "MessageDraft",
    "MessageType",
    "Notice",
    "Once",
    "Organisation",
    "OrganisationChild",
    "OrganisationMember",
    "PreviousPassword",
    "Registration",
    "Relationship",
    "Session",
    "StoredFile",
    "Team",
    "Throttle",
]
