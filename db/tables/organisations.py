"""Schools and services."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB
from db.tables.accounts import Account


class Organisation(Table, db=DB):
    """A school, a nursery, a college, a health or a social care service."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    name = Text()
    kind = Text()
    created_at = Timestamptz()
    created_by = ForeignKey(Account, on_delete=OnDelete.restrict, null=True, default=None)
