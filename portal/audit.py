"""The audit trail: who did what to whose record, in an order that cannot be changed unseen.

Each entry carries an HMAC over itself and the entry before. Details lie apart, salted and
hashed, so that erasing one (UK GDPR article 17) leaves the chain whole.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from db.engine import DB, fetch, fetch_one
from portal import keys
from portal.actor import Actor

_BATCH = 5000

_INSERT = """
WITH entry AS (
    INSERT INTO audit_entry (at, event, actor, child, subject, detail_hash, mac)
    VALUES ({}, {}, {}, {}, {}, {}, {}) RETURNING id
), detail AS (
    INSERT INTO audit_detail (entry, salt, detail) SELECT id, {}, {} FROM entry
)
UPDATE audit_head SET mac = {}
"""

_INSERT_MANY = """
WITH said AS (
    SELECT * FROM unnest({}::text[], {}::bigint[], {}::text[], {}::bytea[], {}::bytea[], {}::bytea[], {}::jsonb[])
        WITH ORDINALITY said (event, child, subject, detail_hash, mac, salt, detail, place)
), entry AS (
    INSERT INTO audit_entry (at, event, actor, child, subject, detail_hash, mac)
    SELECT {}, event, {}, child, subject, detail_hash, mac FROM said ORDER BY place RETURNING id, mac
)
INSERT INTO audit_detail (entry, salt, detail) SELECT e.id, s.salt, s.detail FROM entry e JOIN said s ON s.mac = e.mac
"""


@dataclass(frozen=True)
class Happened:
    """One of many things that one person did at one moment, for `record_many`."""

    event: str
    child: int | None = None
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What one entry says, without its place in the chain."""

    at: datetime
    event: str
    actor: int | None
    child: int | None
    subject: str
    detail_hash: bytes

    def mac_after(self, previous: bytes) -> bytes:
        """The HMAC of this entry when it follows the entry whose HMAC is `previous`."""
        said = json.dumps([self.at.astimezone(UTC).isoformat(), self.event, self.actor, self.child, self.subject])
        return keys.mac("audit", previous, said, self.detail_hash)


async def record(
    event: str,
    *,
    now: datetime,
    actor: Actor | int | None = None,
    child: int | None = None,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry, in the current transaction or in one of its own.

    `event` reads `source:subject:action`, such as `family:message:sent`. `detail` must not
    hold a password, code, token or the text of a message.
    """
    account = actor.account if isinstance(actor, Actor) else actor
    salt, text = secrets.token_bytes(16), json.dumps(detail or {}, sort_keys=True, default=str)
    entry = Entry(now, event, account, child, subject, _hash(salt, text))
    async with DB.transaction():
        head = await fetch_one("SELECT mac FROM audit_head FOR UPDATE")
        assert head is not None, "the migrations make the first row"
        mac = entry.mac_after(head["mac"])
        await fetch(
            _INSERT, now, event, account, child, subject, entry.detail_hash, mac, salt, text, mac
        )  # fmt: skip


async def record_many(happened: Sequence[Happened], *, now: datetime, actor: int | None) -> None:
    """Add many entries in their order, as `record` would one by one; `actor` is the account's id.

    The end of the chain is held until the transaction ends, so do this last in a long one.
    """
    async with DB.transaction():
        head = await fetch_one("SELECT mac FROM audit_head FOR UPDATE")
        assert head is not None, "the migrations make the first row"
        mac = head["mac"]
        for start in range(0, len(happened), _BATCH):
            mac = await _insert_many(happened[start : start + _BATCH], mac, now, actor)
        await fetch("UPDATE audit_head SET mac = {}", mac)


async def _insert_many(happened: Sequence[Happened], mac: bytes, now: datetime, actor: int | None) -> bytes:
    """Gives the HMAC of the last entry."""
    rows = []
    for one in happened:
        salt, text = secrets.token_bytes(16), json.dumps(one.detail, sort_keys=True, default=str)
        entry = Entry(now, one.event, actor, one.child, one.subject, _hash(salt, text))
        mac = entry.mac_after(mac)
        rows.append((one.event, one.child, one.subject, entry.detail_hash, mac, salt, text))
    await fetch(_INSERT_MANY, *(list(column) for column in zip(*rows, strict=True)), now, actor)
    return mac


async def first_broken_entry() -> int | None:
    """Read the whole chain; the id of the first entry that does not follow, or None when whole."""
    previous, last = b"", 0
    while rows := await _entries_after(last):
        for row in rows:
            previous = _check(row, previous)
            if not previous:
                return int(row["id"])
            last = row["id"]
    head = await fetch_one("SELECT mac FROM audit_head")
    return None if head and head["mac"] == previous else last + 1


async def _entries_after(last: int) -> list[dict[str, Any]]:
    return await fetch(
        "SELECT e.*, d.salt, d.detail FROM audit_entry e LEFT JOIN audit_detail d ON d.entry = e.id"
        " WHERE e.id > {} ORDER BY e.id LIMIT {}",
        last,
        _BATCH,
    )


def _check(row: dict[str, Any], previous: bytes) -> bytes:
    entry = Entry(row["at"], row["event"], row["actor"], row["child"], row["subject"], row["detail_hash"])
    detail = row["detail"]
    if detail is not None and _hash(row["salt"], json.dumps(json.loads(detail), sort_keys=True)) != entry.detail_hash:
        return b""
    expected = entry.mac_after(previous)
    return expected if expected == row["mac"] else b""


def _hash(salt: bytes, text: str) -> bytes:
    return sha256(salt + text.encode()).digest()
