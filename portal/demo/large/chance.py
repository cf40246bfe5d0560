"""Chance, from a seed: the same seed always draws the same county."""

import base64
import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from portal.dates import LONDON
from portal.ids import READABLE

T = TypeVar("T")


class Chance(random.Random):
    """What the county is drawn with."""

    def happens(self, share: float) -> bool:
        """True in `share` (0 to 1) of all cases."""
        return self.random() < share

    def days(self, least: int, most: int) -> timedelta:
        """A whole number of days, both ends included."""
        return timedelta(days=self.randint(least, most))

    def long_tail(self, mean: float, most: int) -> int:
        """A whole number from 0 to `most`, mostly small, sometimes large."""
        return min(most, int(self.expovariate(1 / mean)))

    def one_of(self, weights: Mapping[T, float]) -> T:
        """One key, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def at_work(self, day: date) -> datetime:
        """A moment of `day` when an office is open."""
        return datetime.combine(day, time(self.randint(8, 16), self.randint(0, 59)), LONDON)

    def public_id(self) -> str:
        """As `portal.ids.public_id`."""
        return base64.urlsafe_b64encode(self.randbytes(12)).decode()

    def readable(self, length: int) -> str:
        """As `portal.ids.readable`."""
        return "".join(self.choices(READABLE, k=length))


def weekday(day: date) -> date:
    """`day`; of a Saturday the Friday before it, of a Sunday the Monday after. Days keep their order."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
