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
from db.tables.advice import Adviser, AdviserWish
from db.tables.audit import AuditDetail, AuditEntry, AuditHead
from db.tables.caseload import SavedView
from db.tables.cases import (
    Case,
    CaseDate,
    CaseDecision,
    CaseException,
    CaseExplanation,
    Child,
    Invitation,
    Relationship,
)
from db.tables.cover import Absence
from db.tables.documents import Action, ActionFile, Document, DocumentRecipient, LetterRecipient
from db.tables.draft_plan import (
    DraftPlan,
    DraftPlanAnswer,
    DraftPlanExtension,
    DraftPlanRecipient,
    DraftPlanResponse,
)
from db.tables.imports import ImportBatch, ImportProblem, ImportRow
from db.tables.inbox import AnswerTemplate, CaseNote
from db.tables.managing import FormSwitchedOff, StageText
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
from db.tables.requests import AssessmentDraft, AssessmentRequest, RequestInvitation
from db.tables.tasks import Task
from db.tables.wishes import AccountWish

__all__ = [
    "Absence",
    "Account",
    "AccountWish",
    "Action",
    "ActionFile",
    "Adviser",
    "AdviserWish",
    "AnswerTemplate",
    "AssessmentDraft",
    "AssessmentRequest",
    "Attachment",
    "AuditDetail",
    "AuditEntry",
    "AuditHead",
    "Case",
    "CaseDate",
    "CaseDecision",
    "CaseException",
    "CaseExplanation",
    "CaseNote",
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
    "FormSwitchedOff",
    "ImportBatch",
    "ImportProblem",
    "ImportRow",
    "Invitation",
    "KeptForm",
    "LetterRecipient",
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
    "RequestInvitation",
    "SavedView",
    "Session",
    "StageText",
    "StoredFile",
    "Task",
    "Team",
    "Throttle",
]
