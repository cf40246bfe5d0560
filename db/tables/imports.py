"""Files of children, adults and cases that the SEND team takes in."""

from piccolo.columns import JSONB, BigSerial, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account, Team


class ImportBatch(Table, db=DB):
    """One file: what was counted in it, and how far the taking in has come. The rows go when it ends."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    filename = Text()
    team = ForeignKey(Team, on_delete=OnDelete.restrict, null=True, default=None, help_text="null: managers only")
    uploaded_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    uploaded_at = Timestamptz()
    started_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
    state = Text()
    join_matched = Boolean(default=True)
    row_count = Integer()
    new_children = Integer()
    matched_rows = Integer()
    new_invitations = Integer()
    joining_invitations = Integer()
    left_out = Integer()
    bad_rows = Integer()
    done_rows = Integer(default=0)
    tries = Integer(default=0)
    touched_at = Timestamptz(help_text="when somebody pressed, or the worker was last seen at it")
    finished_at = Timestamptz(null=True, default=None)
    note = Text(default="", help_text="why it was not taken in, for the person")
    undone_at = Timestamptz(null=True, default=None)


class ImportRow(Table, db=DB):
    """One row of the file as it was understood, until it is taken in or a day has passed."""

    id = BigSerial(primary_key=True)
    import_batch = ForeignKey(ImportBatch, on_delete=OnDelete.cascade, null=False)
    line = Integer()
    kind = Text(help_text="new, matched or left_out")
    data = JSONB(default="{}")


class ImportProblem(Table, db=DB):
    """One thing to mend: the line and the column of the file, and why."""

    id = BigSerial(primary_key=True)
    import_batch = ForeignKey(ImportBatch, on_delete=OnDelete.cascade, null=False)
    line = Integer()
    column_name = Text()
    reason = Text()
    value = Text()
