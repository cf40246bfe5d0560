"""The draft of an EHC plan, when each adult got it, what they say about it and what is answered."""

from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Case, Child
from db.tables.documents import Document
from db.tables.messages import Notice


class DraftPlan(Table, db=DB):
    """A published document that is the draft of a plan; a changed draft is another one."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    document = ForeignKey(Document, on_delete=OnDelete.cascade, null=False)
    created_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    created_at = Timestamptz()


class DraftPlanRecipient(Table, db=DB):
    """One adult on whom the draft was served, and the day: the first of at least 15. A mistake is struck out."""

    id = BigSerial(primary_key=True)
    draft_plan = ForeignKey(DraftPlan, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    served_on = Date()
    on_paper = Boolean(default=False, help_text="they had it on paper that day, perhaps before it was recorded")
    notice = ForeignKey(Notice, on_delete=OnDelete.set_null, null=True, default=None, help_text="the email about it")
    recorded_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    recorded_at = Timestamptz()
    struck_at = Timestamptz(null=True, default=None)
    struck_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    strike_reason = Text(default="")


class DraftPlanExtension(Table, db=DB):
    """More time for one adult. It is never changed; the latest day counts."""

    id = BigSerial(primary_key=True)
    recipient = ForeignKey(DraftPlanRecipient, on_delete=OnDelete.cascade, null=False)
    until = Date()
    reason = Text()
    recorded_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    recorded_at = Timestamptz()


class DraftPlanResponse(Table, db=DB):
    """What one adult says about one part of the draft. One that is not sent can be changed; one that is, cannot."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    draft_plan = ForeignKey(DraftPlan, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    part = Text(help_text="key of a section, school or meeting")
    agrees = Boolean(null=True, default=None, help_text="null until the person has said whether they agree")
    body = Text(default="", help_text="the comment, why this school, or the times that suit")
    school_name = Text(default="")
    school_kind = Text(default="")
    saved_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    is_late = Boolean(default=False, help_text="sent after the last day")
    reference = Text(default="", help_text="what the confirmation tells the person to quote")


class DraftPlanAnswer(Table, db=DB):
    """What the SEND team answers to a response. Another one may follow; none is changed."""

    id = BigSerial(primary_key=True)
    response = ForeignKey(DraftPlanResponse, on_delete=OnDelete.cascade, null=False)
    outcome = Text()
    body = Text(default="")
    answered_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    answered_at = Timestamptz()
