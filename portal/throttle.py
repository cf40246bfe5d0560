"""Limits on how often something may be tried. One table, many named limits, one statement each.

A try is counted before the work it allows. Outside a transaction it is committed by itself, so a failed command does
not hand its try back: so it is with passwords and codes, where the failed tries are what counts. Inside one, such as
that of `only_once`, it is taken back with what failed: so it is with requests and wishes, where what was done counts.
Either way many at once cannot pass: the row is held, and each waits for the one before.
"""

from datetime import datetime

from db.engine import fetch, fetch_one
from portal import keys
from portal.errors import TooManyTries
from portal.limits import Limit

_SPEND = """
INSERT INTO throttle AS t (key, used, window_ends_at) VALUES ({}, 1, {})
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN t.window_ends_at <= {}::timestamptz THEN 1 ELSE t.used + 1 END,
    window_ends_at = CASE WHEN t.window_ends_at <= {}::timestamptz THEN {}::timestamptz ELSE t.window_ends_at END,
    blocked_until = CASE WHEN t.window_ends_at <= {}::timestamptz THEN NULL
        ELSE {}::timestamptz + make_interval(secs => ({}::int[])[t.used + 1]) END
WHERE t.window_ends_at <= {} OR (t.used < {} AND coalesce(t.blocked_until <= {}, true))
RETURNING used
"""


def key_of(limit: Limit, subject: str) -> str:
    """What the row is called: the subject only as a keyed hash, since it may be an address."""
    return f"{limit.name}:{keys.mac('throttle', limit.name, subject).hex()[:32]}"


async def spend(limit: Limit, subject: str, *, now: datetime, message: str) -> int:
    """Count one try of `subject` and give how many that makes. Raises TooManyTries with `message` when none is left."""
    delays = list(limit.delays) + [0] * (limit.tries - len(limit.delays))
    end = now + limit.window
    row = await fetch_one(
        _SPEND, key_of(limit, subject), end, now, now, end, now, now, delays, now, limit.tries, now
    )  # fmt: skip
    if row is None:
        raise TooManyTries(message, wait_seconds=await _wait(limit, subject, now))
    return int(row["used"])


async def clear(limit: Limit, subject: str) -> None:
    """Forget the tries of `subject`, after a right one."""
    await fetch("DELETE FROM throttle WHERE key = {}", key_of(limit, subject))


async def give_back(limit: Limit, subject: str) -> None:
    """Take back one try of `subject`, when it turned out not to count."""
    await fetch("UPDATE throttle SET used = greatest(used - 1, 0) WHERE key = {}", key_of(limit, subject))


async def _wait(limit: Limit, subject: str, now: datetime) -> int:
    row = await fetch_one("SELECT * FROM throttle WHERE key = {}", key_of(limit, subject))
    if row is None:
        return 1
    until = row["window_ends_at"] if row["used"] >= limit.tries else row["blocked_until"] or now
    return max(1, int((until - now).total_seconds()) + 1)
