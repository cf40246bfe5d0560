"""A case as the tables hold it, fetched with everything about it in one statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch_one
from portal.cases.facts import Service
from portal.cases.rules import AskedAdviser, CaseFacts, Decision, Explanation, LawfulException
from portal.cases.served import stands
from portal.errors import NotFound

COLUMNS = f"""
k.id, k.public_id, k.received_on, k.stage, k.branch, (SELECT date_of_birth FROM child WHERE id = k.child) AS born,
(SELECT json_agg(d ORDER BY d.happened_on, d.id) FROM case_decision d
    WHERE d.ehc_case = k.id AND d.struck_at IS NULL) AS decisions,
(SELECT json_agg(e ORDER BY e.starts_on, e.id) FROM case_exception e
    WHERE e.ehc_case = k.id AND e.struck_at IS NULL) AS exceptions,
(SELECT json_agg(n ORDER BY n.happens_on, n.id) FROM case_date n WHERE n.ehc_case = k.id) AS dates,
(SELECT json_agg(json_build_array(v.asked_on, v.returned_on) ORDER BY v.asked_on, v.id) FROM adviser v
    WHERE v.ehc_case = k.id) AS advisers,
(SELECT json_agg(x ORDER BY x.id) FROM case_explanation x
    WHERE x.ehc_case = k.id AND x.struck_at IS NULL) AS explanations,
(SELECT json_agg(json_build_object('account', r.account, 'on', r.served_on, 'longer',
        (SELECT max(e.until) FROM draft_plan_extension e WHERE e.recipient = r.id)) ORDER BY r.id)
    FROM draft_plan p JOIN document d ON d.id = p.document
    JOIN draft_plan_recipient r ON r.draft_plan = p.id AND {stands()} WHERE p.ehc_case = k.id) AS services,
EXISTS (SELECT FROM draft_plan p WHERE p.ehc_case = k.id) AS served_here
"""
"""What `of_row` reads, from `ehc_case k`."""

NEWEST = "(SELECT * FROM ehc_case WHERE child = {} ORDER BY received_on DESC, id DESC LIMIT 1)"
"""A child may have several cases, one after another; the newest is the one that runs."""


_OF_ENTRY = """
SELECT k.public_id FROM ehc_case k WHERE k.child = {} AND (
    EXISTS (SELECT FROM case_decision d WHERE d.public_id = {} AND d.ehc_case = k.id)
    OR EXISTS (SELECT FROM case_exception e WHERE e.public_id = {} AND e.ehc_case = k.id)
    OR EXISTS (SELECT FROM case_explanation x WHERE x.public_id = {} AND x.ehc_case = k.id)
)
"""


@dataclass(frozen=True)
class AddedDate:
    """A key date that the SEND team added."""

    public_id: str
    on: date
    title: str


@dataclass(frozen=True)
class StoredCase:
    """One case: what the clock is computed from, and the team's own dates. `public_id` names it in addresses."""

    id: int
    public_id: str
    facts: CaseFacts
    dates: tuple[AddedDate, ...]


async def newest_case(child: int) -> StoredCase:
    """The case that runs for the child with this id. Raises NotFound when there is none."""
    return of_row(await fetch_one(f"SELECT {COLUMNS} FROM {NEWEST} k", child))


async def newest_case_to_change(child: int) -> StoredCase:
    """The same, held until the end of the transaction, so that two people change it one after the other."""
    held = await fetch_one(f"SELECT id FROM ehc_case WHERE id = (SELECT id FROM {NEWEST} k) FOR UPDATE", child)
    return await case_with(held["id"] if held else 0)


async def case_of_entry(child: int, entry: str) -> str:
    """The public id of the case of a child in which this entry was recorded, even if it was struck out since.

    Raises NotFound when the child has none.
    """
    row = await fetch_one(_OF_ENTRY, child, entry, entry, entry)
    if row is None:
        raise NotFound
    return str(row["public_id"])


async def case_to_change(child: int, public_id: str) -> StoredCase:
    """One of the child's cases, held as above: the newest when `public_id` is empty. Raises NotFound."""
    if not public_id:
        return await newest_case_to_change(child)
    held = await fetch_one("SELECT id FROM ehc_case WHERE child = {} AND public_id = {} FOR UPDATE", child, public_id)
    return await case_with(held["id"] if held else 0)


async def case_with(case_id: int) -> StoredCase:
    """The case with this id. Raises NotFound."""
    return of_row(await fetch_one(f"SELECT {COLUMNS} FROM ehc_case k WHERE k.id = {{}}", case_id))


def of_row(row: Mapping[str, Any] | None) -> StoredCase:
    """The case in a row that has `COLUMNS`. Raises NotFound when there is no row."""
    if row is None:
        raise NotFound
    facts = CaseFacts(
        received=row["received_on"],
        stage=row["stage"],
        branch=row["branch"],
        decisions=tuple(_decision(one) for one in _list(row["decisions"])),
        exceptions=tuple(_exception(one) for one in _list(row["exceptions"])),
        born=row["born"],
        advisers=tuple(
            AskedAdviser(_day(asked), _day(came) if came else None) for asked, came in _list(row["advisers"])
        ),
        explanations=tuple(_explanation(one) for one in _list(row["explanations"])),
        services=tuple(_service(one) for one in _list(row["services"])),
        served_here=row["served_here"],
    )
    dates = (AddedDate(one["public_id"], _day(one["happens_on"]), one["title"]) for one in _list(row["dates"]))
    return StoredCase(row["id"], row["public_id"], facts, tuple(dates))


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        kind=row["kind"],
        on=_day(row["happened_on"]),
        note=row["note"],
        public_id=row["public_id"],
        number=row["id"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )


def _explanation(row: Mapping[str, Any]) -> Explanation:
    return Explanation(
        duty=row["duty"],
        told=row["told"],
        new_target=_day(row["new_target"]),
        on=_day(row["explained_on"]),
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        public_id=row["public_id"],
    )


def _exception(row: Mapping[str, Any]) -> LawfulException:
    return LawfulException(
        kind=row["kind"],
        duty=row["duty"],
        starts=_day(row["starts_on"]),
        ends=_day(row["ends_on"]) if row["ends_on"] else None,
        reason=row["reason"],
        approved_by=row["approved_by"],
        revised_target=_day(row["revised_target"]) if row["revised_target"] else None,
        told=row["told"],
        public_id=row["public_id"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )


def _service(row: Mapping[str, Any]) -> Service:
    return Service(row["account"], _day(row["on"]), _day(row["longer"]) if row["longer"] else None)


def _list(value: str | None) -> list[Any]:
    found: list[Any] = json.loads(value) if value else []
    return found


def _day(value: str) -> date:
    return date.fromisoformat(value)
