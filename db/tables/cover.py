"""Being away, with a colleague who covers."""

from piccolo.columns import BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account


class Absence(Table, db=DB):
    """One member of the SEND team is away, both days included. `ended_at` is when it was ended early."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    cover = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    from_day = Date()
    to_day = Date()
    recorded_by = ForeignKey(Account, on_delete=OnDelete.set_null, null=True, default=None)
    recorded_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
