"""Whom and what the entries of the audit trail are about: the names that stand for ids, asked for by the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.engine import fetch

Names = Mapping[tuple[str, Any], str]
"""What ids stand for: the table and the id, and how people call that."""

_CALLED = {
    "account": "SELECT id, forename || ' ' || surname AS name FROM account WHERE id = ANY({})",
    "organisation": "SELECT id, name FROM organisation WHERE id = ANY({})",
    "team": "SELECT id, name FROM team WHERE id = ANY({})",
}
_TABLES = dict.fromkeys(("account", "cover", "from", "person", "to"), "account") | {
    "organisation": "organisation",
    "team": "team",
    "team_was": "team",
    "team_is": "team",
}
"""Which table the number of a detail belongs to."""

_NAMED = "SELECT x.public_id AS id, {} AS name FROM {} WHERE x.public_id = ANY({{}})"
_OF_ACCOUNT = "a.forename || ' ' || a.surname"

SUBJECTS: Mapping[str, str] = {
    "absence": _NAMED.format(_OF_ACCOUNT, "absence x JOIN account a ON a.id = x.account"),
    "access": _NAMED.format(_OF_ACCOUNT, "relationship x JOIN account a ON a.id = x.account"),
    "account": _NAMED.format("x.forename || ' ' || x.surname", "account x"),
    "action": _NAMED.format(_OF_ACCOUNT, "action x JOIN account a ON a.id = x.account"),
    "adviser": _NAMED.format("x.name || ', ' || x.organisation", "adviser x"),
    "wish": _NAMED.format("x.name", "adviser_wish x"),
    "child": _NAMED.format("x.case_reference", "child x"),
    "document": _NAMED.format("x.description", "document x"),
    "invitation": _NAMED.format("x.adult_name", "invitation x"),
    "member": _NAMED.format("x.name", "organisation_member x"),
    "message": _NAMED.format("v.subject", "message x JOIN conversation v ON v.id = x.conversation"),
    "organisation": _NAMED.format("x.name", "organisation x"),
    "template": _NAMED.format("x.name", "answer_template x"),
}
"""How the subject of an event is called, by the event's middle: `staff:account:disabled` is about an account."""

ALSO: Mapping[str, str] = {
    "form": "action",
    "advice": "adviser",
    "stage": "child",
    "family:advice:wished": "wish",
    "staff:advice:wish_answered": "wish",
}
"""Events, or middles of events, that are another word for what they are about."""


def kind_of(event: str) -> str:
    """What the subject of an event is, a key of `SUBJECTS`, or an empty string."""
    middle = event.split(":")[1] if event.count(":") == 2 else ""
    kind = ALSO.get(event) or ALSO.get(middle, middle)
    return kind if kind in SUBJECTS else ""


async def names_of(entries: Sequence[Mapping[str, Any]], details: Sequence[Mapping[str, Any]]) -> Names:
    """What the subjects of the entries and the numbers in their details stand for. One query for each kind."""
    found: dict[tuple[str, Any], str] = {}
    for table, sql in _CALLED.items():
        found |= await _ask(
            table, sql, (one for said in details for key in said for one in _ids(table, key, said[key]))
        )
    for kind, sql in SUBJECTS.items():
        found |= await _ask(
            kind, sql, (row["subject"] for row in entries if row["subject"] and kind_of(row["event"]) == kind)
        )
    return found


def subject_in_words(event: str, subject: str, names: Names) -> str:
    """Whom or what an entry is about; empty when that has no name."""
    return names.get((kind_of(event), subject), "")


def told(detail: Mapping[str, Any], names: Names) -> tuple[tuple[str, str], ...]:
    """The details of an entry as names and values for people."""
    return tuple((key.replace("_", " "), _said(key, value, names)) for key, value in sorted(detail.items()))


async def _ask(kind: str, sql: str, ids: Iterable[Any]) -> dict[tuple[str, Any], str]:
    wanted = sorted(set(ids))
    return {(kind, row["id"]): row["name"] for row in await fetch(sql, wanted)} if wanted else {}


def _ids(table: str, key: str, value: Any) -> list[int]:
    """The ids of `table` in one detail; `value` is one number or a list."""
    if _TABLES.get(key) != table:
        return []
    return [one for one in (value if isinstance(value, list) else [value]) if type(one) is int]


def _said(key: str, value: Any, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_said(key, one, names) for one in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "nobody"}[value]
    return names.get((_TABLES.get(key, ""), value)) or str(value).replace("_", " ")
