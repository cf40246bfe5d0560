"""The audit trail: append-only entries, and details that may be erased without breaking it."""

from piccolo.columns import JSONB, BigInt, BigSerial, Bytea, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table

from db.engine import DB


class AuditEntry(Table, db=DB):
    """What happened, chained by HMAC to the entry before. Never changed, never deleted."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    event = Text(help_text="source:subject:action, such as family:message:sent")
    actor = BigInt(null=True, default=None, help_text="account id; null when nobody was signed in")
    child = BigInt(null=True, default=None)
    subject = Text(default="", help_text="public id of the thing acted on")
    detail_hash = Bytea()
    mac = Bytea()


class AuditDetail(Table, db=DB):
    """The detail of an entry, salted. Deleting it leaves the chain whole."""

    id = BigSerial(primary_key=True)
    entry = ForeignKey(AuditEntry, on_delete=OnDelete.restrict, unique=True, null=False)
    salt = Bytea()
    detail = JSONB()


class AuditHead(Table, db=DB):
    """One row: the newest entry's HMAC. Locking it puts entries in order."""

    id = BigSerial(primary_key=True)
    mac = Bytea()
