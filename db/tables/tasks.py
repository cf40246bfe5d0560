"""Work that opens by itself."""

from piccolo.columns import BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Case, Child


class Task(Table, db=DB):
    """One reason to do something. `done_at` is when somebody did it, `gone_at` when the reason had gone."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    kind = Text(help_text="one of portal.tasks.rules.KINDS")
    child = ForeignKey(Child, on_delete=OnDelete.cascade, null=False)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None)
    subject = Text(help_text="public id of the child, the document or the invitation that it is about")
    recipient = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None)
    opened_at = Timestamptz()
    due_on = Date(null=True, default=None)
    done_at = Timestamptz(null=True, default=None)
    done_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    done_how = Text(default="")
    gone_at = Timestamptz(null=True, default=None)
