"""What the caseload can be narrowed to, and in which order it stands. Pure.

The conditions are parts of one statement in `queries.py`: `c` is the child, `k` the newest case. `{}` marks
where the values go that `values` gives for a day in London.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from portal.advice.waiting import STILL_OUT
from portal.cases.clock import ADVICE_WITHIN
from portal.cases.facts import BRANCHES, STAGES
from portal.cases.reviews import born_for_transfer
from portal.messages.waiting import WAITS

NO_DATE = "DATE '9000-01-01'"
"""Stands for "no statutory date to come", so that these cases are last in one order with the others.

Not the last day that there is: the driver takes that for "infinity", and a page could not go on from there.
"""

WEEK = timedelta(days=7)


def _none(today: date) -> Sequence[Any]:
    return ()


def _today(today: date) -> Sequence[Any]:
    return (today,)


def _this_week(today: date) -> Sequence[Any]:
    return (today, today + WEEK)


def _transfers(today: date) -> Sequence[Any]:
    year = transfer_year(today)
    return [*(day for span in born_for_transfer(year) for day in span), date(year - 1, 9, 1)]


def transfer_year(today: date) -> int:
    """The calendar year of the next September: who changes school then is planned for now."""
    return today.year + (today.month >= 9)


@dataclass(frozen=True)
class Only:
    """One narrowing: its words, its condition, and the values of the condition."""

    words: str
    sql: str = "true"
    values: Callable[[date], Sequence[Any]] = _none


@dataclass(frozen=True)
class Order:
    """One order: its words, the expression (never null) by which it stands, smallest first, and its type."""

    words: str
    key: str
    kind: type = date


ONLY: Mapping[str, Only] = {
    "": Only("Everything"),
    "late": Only("Late now", "k.due < {}", _today),
    "week": Only("Due in 7 days", "k.due BETWEEN {} AND {}", _this_week),
    "dates": Only(
        "With a key date in 7 days",
        "EXISTS (SELECT FROM ehc_case e JOIN case_date x ON x.ehc_case = e.id"
        " WHERE e.child = c.id AND x.happens_on BETWEEN {} AND {})",
        _this_week,
    ),
    "answer": Only(
        "With messages to answer",
        f"EXISTS (SELECT FROM conversation v WHERE v.child = c.id AND {WAITS})",
    ),
    "unread": Only(
        "With unread messages",
        "EXISTS (SELECT FROM conversation v JOIN message m ON m.conversation = v.id"
        " WHERE v.child = c.id AND m.read_at IS NULL AND NOT m.from_staff)",
    ),
    "returned": Only(
        "With forms that came back",
        "EXISTS (SELECT FROM action f WHERE f.child = c.id AND f.state = 'submitted' AND f.read_at IS NULL)",
    ),
    "advice": Only(
        "With late advice",
        "EXISTS (SELECT FROM ehc_case k JOIN adviser v ON v.ehc_case = k.id"
        f" WHERE k.child = c.id AND v.asked_on < {{}} AND {STILL_OUT})",
        lambda today: (today - ADVICE_WITHIN,),
    ),
    "nobody": Only("Without a caseworker", "c.caseworker IS NULL"),
    "transfer": Only(
        "Changing school in September",
        "k.stage IN ('final', 'in_place') AND (c.date_of_birth BETWEEN {} AND {}"
        " OR c.date_of_birth BETWEEN {} AND {} OR c.date_of_birth BETWEEN {} AND {})"
        " AND NOT EXISTS (SELECT FROM ehc_case e JOIN case_decision d ON d.ehc_case = e.id WHERE e.child = c.id"
        " AND d.kind = 'transfer_named' AND d.struck_at IS NULL AND d.happened_on >= {})",
        _transfers,
    ),
}

_NEVER = "TIMESTAMPTZ '9000-01-01 00:00+00'"

_STAGES = f"ARRAY[{', '.join(repr(key) for key in (*STAGES, *BRANCHES))}]"

ORDERS: Mapping[str, Order] = {
    "": Order("Most urgent first", f"coalesce(k.due, {NO_DATE})"),
    "name": Order("By surname", "lower(c.surname || ' ' || c.forename)", str),
    "stage": Order("By stage", f"coalesce(array_position({_STAGES}, k.stage), 99)", int),
    "waiting": Order(
        "Longest waiting message first",
        f"coalesce((SELECT min(v.waiting_since) FROM conversation v WHERE v.child = c.id AND {WAITS}), {_NEVER})",
        datetime,
    ),
    "returned": Order(
        "Oldest form that came back first",
        "coalesce((SELECT min(f.submitted_at) FROM action f WHERE f.child = c.id AND f.state = 'submitted'"
        f" AND f.read_at IS NULL), {_NEVER})",
        datetime,
    ),
    "newest": Order("Newest request first", "coalesce(DATE '2000-01-01' - k.received_on, 0)", int),
    "youngest": Order("Youngest first", "DATE '2100-01-01' - c.date_of_birth", int),
}
