"""Documents to View, the letters about decisions, and Actions to Complete."""

from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Child
from db.tables.messages import Notice, StoredFile


class Document(Table, db=DB):
    """A file that the SEND team shows to named people."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    file = ForeignKey(StoredFile, on_delete=OnDelete.restrict, null=False)
    description = Text()
    document_date = Date()
    uploaded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    uploaded_at = Timestamptz()
    published_at = Timestamptz(null=True, default=None, help_text="null while prepared; may lie ahead")
    published_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recalled_at = Timestamptz(null=True, default=None)
    recalled_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recall_reason = Text(default="")


class DocumentRecipient(Table, db=DB):
    """The evidence for one recipient: served, emailed, first opened, posted on paper, taken back from them alone."""

    id = BigSerial(primary_key=True)
    document = ForeignKey(Document, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    served_at = Timestamptz()
    notice = ForeignKey(Notice, on_delete=OnDelete.set_null, null=True, default=None)
    first_opened_at = Timestamptz(null=True, default=None)
    posted_on = Date(null=True, default=None)
    posted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    recalled_at = Timestamptz(null=True, default=None)
    recalled_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    recall_reason = Text(default="")


class LetterRecipient(Table, db=DB):
    """The evidence for one person who was told of a decision or an exception, or who opened its letter."""

    id = BigSerial(primary_key=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    letter = Text(help_text="public id of a decision or an exception")
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    served_at = Timestamptz()
    notice = ForeignKey(Notice, on_delete=OnDelete.set_null, null=True, default=None)
    first_opened_at = Timestamptz(null=True, default=None)
    posted_on = Date(null=True, default=None)
    posted_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)


class Action(Table, db=DB):
    """A form that one person was asked to fill."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, help_text="who fills it")
    form_key = Text()
    form_version = Integer()
    due_on = Date(null=True, default=None)
    state = Text(help_text="to_do, in_progress, submitted or withdrawn")
    answers = JSONB(default="{}")
    assigned_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    assigned_at = Timestamptz()
    saved_at = Timestamptz(null=True, default=None)
    submitted_at = Timestamptz(null=True, default=None)
    reference = Text(default="", help_text="what the confirmation tells the person to quote")
    read_at = Timestamptz(null=True, default=None)
    read_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)


class ActionFile(Table, db=DB):
    """A file that somebody added while filling a form."""

    id = BigSerial(primary_key=True)
    action = ForeignKey(Action, on_delete=OnDelete.cascade, null=False)
    file = ForeignKey(StoredFile, on_delete=OnDelete.cascade, null=False)
