"""What a manager keeps: the council's own words for the stages, and which forms are offered."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account


class StageText(Table, db=DB):
    """One part of a stage's texts as the council says it. The newest counts; an empty text means the standard one."""

    id = BigSerial(primary_key=True)
    stage = Text()
    part = Text(help_text="name, now, who or you_can")
    text = Text()
    changed_at = Timestamptz()
    changed_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)


class FormSwitchedOff(Table, db=DB):
    """A form that cannot be asked for now. Those that were asked for go on."""

    id = BigSerial(primary_key=True)
    form_key = Text(unique=True)
    switched_at = Timestamptz()
    switched_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
