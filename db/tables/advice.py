"""Who is asked for advice in an assessment, and whom a family wishes to be asked."""

from piccolo.columns import BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account
from db.tables.cases import Case
from db.tables.documents import Document


class Adviser(Table, db=DB):
    """Somebody who was asked for advice. The answer is due six weeks from `asked_on`, which is computed."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    kind = Text(help_text="one of portal.advice.rules.ADVISERS")
    name = Text()
    organisation = Text()
    asked_on = Date()
    asked_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    reminded_on = Date(null=True, default=None)
    returned_on = Date(null=True, default=None)
    note = Text(help_text="the team's own; the family does not see it")
    document = ForeignKey(Document, on_delete=OnDelete.set_null, null=True, default=None)
    exception_kind = Text(help_text="empty, or an exception of reg 8(2)")
    exception_reason = Text()
    exception_starts = Date(null=True, default=None)
    exception_ends = Date(null=True, default=None)
    exception_target = Date(null=True, default=None, help_text="the team's own aim; the last day stays")
    exception_approved_by = Text(default="")


class AdviserWish(Table, db=DB):
    """Another adviser for whom a parent or young person asked (reg 6(1)(h)), and the team's answer."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    ehc_case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    name = Text()
    organisation = Text()
    why = Text()
    asked_at = Timestamptz()
    adviser = ForeignKey(Adviser, on_delete=OnDelete.set_null, null=True, default=None)
    answer = Text(help_text="empty while it waits; asked or not_asked")
    reason = Text()
    answered_at = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
