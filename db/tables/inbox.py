"""What helps the SEND team answer: templates, and notes of its own."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Child


class AnswerTemplate(Table, db=DB):
    """A text to begin an answer with. Fields stand in it as {child}."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    name = Text()
    body = Text()
    active = Boolean(default=True)
    changed_at = Timestamptz()
    changed_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)


class CaseNote(Table, db=DB):
    """A note that only the SEND team sees. It is never deleted, but may be struck out."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    author = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    body = Text()
    written_at = Timestamptz()
    struck_at = Timestamptz(null=True, default=None)
    struck_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    strike_reason = Text(default="")
