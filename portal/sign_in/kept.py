"""What somebody typed when their session had run out, kept until the same person signs in again in that browser."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from db.engine import fetch, fetch_one
from portal import keys

Typed = Mapping[str, Sequence[str]]
"""The fields of a form, each with everything that was typed or ticked there."""

_KEEP = """
INSERT INTO kept_form (session, account, path, fields, at) VALUES ({}, {}, {}, {}, {})
ON CONFLICT (session) DO UPDATE SET path = excluded.path, fields = excluded.fields
"""

_TAKE = "DELETE FROM kept_form WHERE session = {} AND account = {} AND path = {} RETURNING fields"


async def owner_of(token: str) -> int | None:
    """The account whose session the token was, by its id; None when it was nobody's."""
    digest = keys.digest(token)
    row = await fetch_one("SELECT account FROM session WHERE token_hash = {} AND account IS NOT NULL", digest)
    return row["account"] if row else None


async def keep(session: int, account: int, path: str, typed: Typed, *, now: datetime) -> None:
    """Keep what `account` posted to `path`; `session` is the browser's new one. Only the newest is kept."""
    await fetch(_KEEP, session, account, path, json.dumps(typed), now)


async def take(session: int, account: int, path: str) -> Typed | None:
    """What was kept for this person and address, which is then forgotten."""
    row = await fetch_one(_TAKE, session, account, path)
    return json.loads(row["fields"]) if row else None
