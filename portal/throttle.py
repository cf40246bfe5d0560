"""Limits on how often something may be tried. One table, many named limits, one statement each.

A try is counted before the work it allows, and committed by itself, so that many tries at
once cannot pass and a failed command does not hand its try back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.engine import fetch, fetch_one
from portal import keys
from portal.errors import TooManyTries

_SPEND = """
INSERT INTO throttle AS t (key, used, window_ends_at) VALUES ({key}, 1, {end})
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN t.window_ends_at <= {now} THEN 1 ELSE t.used + 1 END,
    window_ends_at = CASE WHEN t.window_ends_at <= {now} THEN {end} ELSE t.window_ends_at END,
    blocked_until = CASE WHEN t.window_ends_at <= {now} THEN NULL
        ELSE {now} + make_interval(secs => ({delays}::int[])[t.used + 1]) END
WHERE t.window_ends_at <= {now} OR (t.used < {limit} AND coalesce(t.blocked_until <= {now}, true))
RETURNING used
"""


@dataclass(frozen=True)
class Limit:
    """At most `tries` in `window`. `delays[n]` is how many seconds must pass after try n + 1."""

    name: str
    tries: int
    window: timedelta
    delays: Sequence[int] = ()

    def key(self, subject: str) -> str:
        """What the row is called: the subject only as a keyed hash, since it may be an address."""
        return f"{self.name}:{keys.mac('throttle', self.name, subject).hex()[:32]}"


async def spend(limit: Limit, subject: str, *, now: datetime, message: str) -> None:
    """Count one try of `subject`. Raises TooManyTries with `message` when none is left."""
    delays = list(limit.delays) + [0] * (limit.tries - len(limit.delays))
    sql = _SPEND.format(key="{}", end="{}", now="{}", delays="{}", limit="{}")
    now_, end = now, now + limit.window
    row = await fetch_one(
        sql, limit.key(subject), end, now_, now_, end, now_, now_, delays, now_, limit.tries, now_
    )  # fmt: skip
    if row is None:
        raise TooManyTries(message, wait_seconds=await _wait(limit, subject, now))


async def clear(limit: Limit, subject: str) -> None:
    """Forget the tries of `subject`, after a right one."""
    await fetch("DELETE FROM throttle WHERE key = {}", limit.key(subject))


async def give_back(limit: Limit, subject: str) -> None:
    """Take back one try of `subject`, when it turned out not to count."""
    await fetch("UPDATE throttle SET used = greatest(used - 1, 0) WHERE key = {}", limit.key(subject))


async def _wait(limit: Limit, subject: str, now: datetime) -> int:
    row = await fetch_one("SELECT * FROM throttle WHERE key = {}", limit.key(subject))
    if row is None:
        return 1
    until = row["window_ends_at"] if row["used"] >= limit.tries else row["blocked_until"] or now
    return max(1, int((until - now).total_seconds()) + 1)
