"""What people want otherwise than usual."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account


class AccountWish(Table, db=DB):
    """One wish of one person: no email about a topic, or letters on paper. At most one row for each."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    wish = Text(help_text="paper, or no_email_ and a topic of portal/wishes/rules.py")
    since = Timestamptz()
