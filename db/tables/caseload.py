"""What a member of the SEND team keeps of the caseload."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account


class SavedView(Table, db=DB):
    """A narrowing and order of the caseload under a name."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    name = Text()
    asked = Text(help_text="the query of its address, such as only=late&order=name")
    created_at = Timestamptz()
