"""The advisers of the case that runs, as the SEND team and as the family see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.advice import rules
from portal.advice.rules import ADVISERS, MOST, AdviserKind
from portal.cases.clock import assessing_since
from portal.cases.stored import newest_case
from portal.errors import NotFound

DOCUMENTS_OFFERED = 50

_COLUMNS = (
    "v.public_id, v.name, v.organisation, v.asked_on, v.reminded_on, v.returned_on, v.exception_kind,"
    " v.exception_target"
)


def kind_for(account: str) -> str:
    """SQL for the kind of an adviser `v` as a family `account` reads it: that the other parent wished it is theirs."""
    wished = f"EXISTS (SELECT FROM adviser_wish w WHERE w.adviser = v.id AND w.account = {account})"
    return f"CASE WHEN v.kind <> 'wished' OR {wished} THEN v.kind ELSE 'other' END AS kind"


_FOR_FAMILY = f"SELECT {_COLUMNS}, {kind_for('{}')} FROM adviser v"

_FOR_TEAM = f"""
SELECT {_COLUMNS}, v.kind, v.note, v.exception_reason, v.exception_starts, v.exception_ends,
    v.exception_approved_by, d.public_id AS document, d.description AS document_name
FROM adviser v LEFT JOIN document d ON d.id = v.document
"""

_WISHES = """
SELECT w.public_id, w.name, w.organisation, w.why, w.asked_at, w.answer, w.reason, w.answered_at,
    coalesce(a.forename || ' ' || a.surname, '') AS adult
FROM adviser_wish w LEFT JOIN account a ON a.id = w.account
WHERE w.ehc_case = {} AND ({} = 0 OR w.account = {}) ORDER BY w.asked_at, w.id LIMIT {}
"""

_DOCUMENTS = """
SELECT public_id, description, document_date FROM document
WHERE child = {} AND recalled_at IS NULL ORDER BY uploaded_at DESC, id DESC LIMIT {}
"""


@dataclass(frozen=True)
class Adviser:
    """Somebody who was asked. What only the SEND team reads is empty for a family: from `note` on."""

    public_id: str
    kind: str
    name: str
    organisation: str
    asked_on: date
    reminded_on: date | None
    returned_on: date | None
    exception_kind: str
    exception_target: date | None
    today: date
    note: str = ""
    exception_reason: str = ""
    exception_starts: date | None = None
    exception_ends: date | None = None
    exception_approved_by: str = ""
    document: str | None = None
    document_name: str | None = None

    @property
    def about(self) -> AdviserKind:
        return ADVISERS[self.kind]

    @property
    def due_on(self) -> date:
        return rules.due_on(self.asked_on)

    @property
    def is_late(self) -> bool:
        return rules.is_late(self.asked_on, self.returned_on, self.today)

    @property
    def in_words(self) -> str:
        return rules.in_words(self.asked_on, self.returned_on, self.today)

    @property
    def late_reason(self) -> str:
        """The exception in the law's words, or an empty string."""
        return rules.LATE_REASONS.get(self.exception_kind, "")


@dataclass(frozen=True)
class Wish:
    """Another adviser whom a family wants asked. `answer` is empty while it waits for the SEND team."""

    public_id: str
    name: str
    organisation: str
    why: str
    asked_at: datetime
    answer: str
    reason: str
    answered_at: datetime | None
    adult: str

    @property
    def answer_in_words(self) -> str:
        return rules.ANSWERS.get(self.answer, "Waiting for an answer")


@dataclass(frozen=True)
class AdviceOfChild:
    """All of one case: who was asked, whom a family wants asked, and who has still to be.

    While another assessment runs, `advisers` are those of it, and `earlier` those who were asked before.
    `asked_elsewhere`: advice was asked for, and by whom it is given was not recorded here.
    `refusal` says why nobody can be asked today.
    """

    child: ChildRecord
    advisers: tuple[Adviser, ...]
    earlier: tuple[Adviser, ...]
    wishes: tuple[Wish, ...]
    missing: tuple[AdviserKind, ...]
    may_wish: bool
    asked_elsewhere: bool
    refusal: str
    today: date

    @property
    def count(self) -> str:
        """`2 of 4 have answered`."""
        returned = sum(1 for one in self.advisers if one.returned_on)
        return f"{returned} of {len(self.advisers)} {'has' if len(self.advisers) == 1 else 'have'} answered"


async def advice_of(actor: Actor, child: ChildRecord, *, today: date) -> AdviceOfChild:
    """What the actor may know of it: a family sees its own wishes, and nothing that the team wrote for itself.

    Raises NotFound for a child without a case.
    """
    case = await newest_case(child.id)
    begun, asked = assessing_since(case.facts) or date.min, case.facts.day_of("advice_requested")
    everybody = [Adviser(**row, today=today) for row in await _asked_in(actor, case.id)]
    advisers = tuple(one for one in everybody if one.asked_on >= begun)
    wishes = await _wishes(actor, case.id)
    missing = rules.not_asked_yet((one.kind for one in advisers), case.facts.born, today)
    return AdviceOfChild(
        child,
        advisers,
        tuple(one for one in everybody if one.asked_on < begun),
        wishes,
        missing=tuple(ADVISERS[kind] for kind in missing),
        may_wish=rules.may_wish(case.facts),
        asked_elsewhere=not advisers and asked is not None and asked >= begun,
        refusal=rules.why_not(case.facts, today),
        today=today,
    )


async def adviser_of(child: ChildRecord, public_id: str, *, today: date) -> Adviser:
    """One adviser of a child whom the actor reached through `child_of`, for the SEND team. Raises NotFound."""
    where = "JOIN ehc_case k ON k.id = v.ehc_case WHERE k.child = {} AND v.public_id = {}"
    rows = await fetch(_FOR_TEAM + where, child.id, public_id)
    if not rows:
        raise NotFound
    return Adviser(**rows[0], today=today)


async def wish_of(actor: Actor, child: ChildRecord, public_id: str) -> Wish:
    """One wish of a family in the case that runs, for the SEND team. Raises NotFound."""
    case = await newest_case(child.id)
    found = next((wish for wish in await _wishes(actor, case.id) if wish.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


async def documents_to_link(child: ChildRecord) -> tuple[tuple[str, str, date], ...]:
    """The child's newest documents: public id, description and date."""
    rows = await fetch(_DOCUMENTS, child.id, DOCUMENTS_OFFERED)
    return tuple((row["public_id"], row["description"], row["document_date"]) for row in rows)


async def _asked_in(actor: Actor, case: int) -> list[dict[str, Any]]:
    columns, whose = (_FOR_TEAM, ()) if actor.is_staff else (_FOR_FAMILY, (actor.account,))
    return await fetch(columns + " WHERE v.ehc_case = {} ORDER BY v.asked_on, v.id LIMIT {}", *whose, case, MOST)


async def _wishes(actor: Actor, case: int) -> tuple[Wish, ...]:
    """Parents may live apart: neither sees what the other asked for, until somebody was asked."""
    own = 0 if actor.is_staff else actor.account
    rows: list[dict[str, Any]] = await fetch(_WISHES, case, own, own, MOST)
    return tuple(Wish(**row) for row in rows)
