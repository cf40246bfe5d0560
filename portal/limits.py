"""How often something may be tried: the limit itself. `portal/throttle.py` counts against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """At most `tries` in `window`. `delays[n]` is how many seconds must pass after try n + 1."""

    name: str
    tries: int
    window: timedelta
    delays: Sequence[int] = ()
