"""Looking at draft plans: each adult sees their own words and the answers, the SEND team sees everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import fetch, fetch_one
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.cases.served import not_taken_from_them
from portal.drafts import rules
from portal.drafts.running import RUNS
from portal.errors import NotFound
from portal.files.scanning import OPENABLE

MOST = 500
"""How many responses one page shows, the newest of them: twelve parts, each sent many times."""


@dataclass(frozen=True)
class Answer:
    """What the SEND team answered. `outcome` is in words."""

    outcome: str
    body: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True)
class Response:
    """What one adult says about one part of the draft. `sent_at` is None while it can be changed."""

    id: int
    public_id: str
    part: str
    agrees: bool | None
    body: str
    school_name: str
    school_kind: str
    saved_at: datetime
    sent_at: datetime | None
    is_late: bool
    reference: str
    account: int
    adult: str
    answers: tuple[Answer, ...] = ()

    @property
    def title(self) -> str:
        return rules.title_of(self.part)

    @property
    def school(self) -> str:
        """The kind of school asked for, in words."""
        return rules.SCHOOL_KINDS.get(self.school_kind, "")

    @property
    def missing(self) -> str:
        """What is still to be said before it can be sent; empty when it is finished."""
        names = {name: getattr(self, name) for name in ("agrees", "body", "school_name", "school_kind")}
        return rules.missing(self.part, **names)

    @property
    def is_unanswered(self) -> bool:
        """Whether the team still owes an answer."""
        return self.sent_at is not None and not self.answers and rules.needs_answer(self.part, self.body)


@dataclass(frozen=True)
class Extension:
    """More time that was given to one adult."""

    until: date
    reason: str


@dataclass(frozen=True)
class Served:
    """One adult on whom the draft was served, and how long they may comment. The last service has the highest `id`.

    `email` is what became of the email about it, as in `portal.documents.staff_queries`. `mistake` is why the service
    was struck out; empty while it stands. It `is_taken_back` when the document was taken back from this adult alone.
    """

    id: int
    account: int
    public_id: str
    name: str
    served_on: date
    on_paper: bool
    has_access: bool
    is_taken_back: bool
    email: str
    emailed_at: datetime | None
    mistake: str
    extensions: tuple[Extension, ...] = ()

    @property
    def last_day(self) -> date:
        return rules.last_day(self.served_on, (one.until for one in self.extensions))


@dataclass(frozen=True)
class DraftPlan:
    """A draft, with the adults it was served on; for a family only themselves.

    It is open until the plan that it leads to is there, or its document is taken back. `mistakes` are services that
    were struck out.
    """

    id: int
    public_id: str
    document: str
    description: str
    can_be_opened: bool
    is_taken_back: bool
    is_open: bool
    served: tuple[Served, ...]
    mistakes: tuple[Served, ...] = ()

    def of_adult(self, public_id: str) -> Served | None:
        """The service on one adult (the account's public id) that stands."""
        return next((one for one in self.served if one.public_id == public_id), None)


@dataclass(frozen=True)
class OwnDraft:
    """A draft as one adult sees it, with their own words, newest first."""

    draft: DraftPlan
    served: Served
    responses: tuple[Response, ...]

    @property
    def last_day(self) -> date:
        return self.served.last_day

    @property
    def unsent(self) -> tuple[Response, ...]:
        """What is saved and not sent, in the order of the plan."""
        saved = (one for one in self.responses if one.sent_at is None)
        return tuple(sorted(saved, key=lambda one: rules.PARTS.index(one.part)))

    @property
    def sent(self) -> tuple[Response, ...]:
        return tuple(one for one in self.responses if one.sent_at is not None)

    def saved(self, part: str) -> Response | None:
        """What is saved about one part and can be changed."""
        return next((one for one in self.unsent if one.part == part), None)


@dataclass(frozen=True)
class PublishedDocument:
    """A document that could be the draft."""

    public_id: str
    description: str
    document_date: date


_DRAFT = f"""
SELECT p.id, p.public_id, d.public_id AS document, d.description,
    d.recalled_at IS NULL AND d.published_at <= {{}} AND f.scan_state = ANY({{}}) AS can_be_opened,
    d.recalled_at IS NOT NULL AS is_taken_back,
    d.recalled_at IS NULL AND {RUNS} AS is_open
FROM draft_plan p JOIN document d ON d.id = p.document JOIN stored_file f ON f.id = d.file
JOIN ehc_case k ON k.id = p.ehc_case
"""

_SERVED = f"""
SELECT r.id, r.draft_plan, r.account, a.public_id, a.forename || ' ' || a.surname AS name, r.served_on, r.on_paper,
    CASE WHEN n.id IS NULL THEN 'none' WHEN n.result = '' THEN 'queued' ELSE n.result END AS email,
    n.sent_at AS emailed_at, r.struck_at, r.strike_reason, NOT {not_taken_from_them()} AS is_taken_back,
    EXISTS (SELECT FROM relationship l
        WHERE l.account = r.account AND l.child = p.child AND l.state = 'active') AS has_access,
    array(SELECT e.until FROM draft_plan_extension e WHERE e.recipient = r.id ORDER BY e.id) AS untils,
    array(SELECT e.reason FROM draft_plan_extension e WHERE e.recipient = r.id ORDER BY e.id) AS reasons
FROM draft_plan_recipient r JOIN draft_plan p ON p.id = r.draft_plan JOIN account a ON a.id = r.account
JOIN document d ON d.id = p.document LEFT JOIN notice n ON n.id = r.notice
"""

_RESPONSES = """
SELECT s.id, s.public_id, s.part, s.agrees, s.body, s.school_name, s.school_kind, s.saved_at, s.sent_at, s.is_late,
    s.reference, s.account, a.forename || ' ' || a.surname AS adult
FROM draft_plan_response s JOIN account a ON a.id = s.account
JOIN draft_plan p ON p.id = s.draft_plan JOIN ehc_case k ON k.id = p.ehc_case
"""

_OF_SAME_CASE = f"""s.account = {{}} AND p.ehc_case = (SELECT ehc_case FROM draft_plan WHERE id = {{}})
    AND (s.sent_at IS NOT NULL OR s.draft_plan = {{}} OR {RUNS})"""

_ANSWERS = """
SELECT w.response, w.outcome, w.body, w.answered_at, coalesce(a.forename || ' ' || a.surname, '') AS answered_by
FROM draft_plan_answer w LEFT JOIN account a ON a.id = w.answered_by WHERE w.response = ANY({}) ORDER BY w.id
"""

_DOCUMENTS = """
SELECT d.public_id, d.description, d.document_date FROM document d JOIN stored_file f ON f.id = d.file
WHERE d.child = {} AND d.published_at <= {} AND d.recalled_at IS NULL AND f.scan_state = ANY({})
ORDER BY d.published_at DESC, d.id DESC LIMIT 25
"""


async def own_draft(actor: Actor, child: ChildRecord, *, now: datetime) -> OwnDraft | None:
    """The draft that was served on this account last, with their own words and the answers. Four queries at most.

    One that was taken back counts only when they have no other; one that was taken back from them alone never does.
    """
    row = await fetch_one(
        f"{_DRAFT} JOIN draft_plan_recipient r ON r.draft_plan = p.id AND r.account = {{}} AND r.struck_at IS NULL"
        f" WHERE p.child = {{}} AND {not_taken_from_them()} ORDER BY d.recalled_at IS NOT NULL, r.id DESC LIMIT 1",
        *_openable(now),
        actor.account,
        child.id,
    )
    if row is None:
        return None
    served = await fetch(
        f"{_SERVED} WHERE r.draft_plan = {{}} AND r.account = {{}} AND r.struck_at IS NULL", row["id"], actor.account
    )
    # What was sent about an earlier draft of the case stays there to be read; what was not sent moves to the new one
    # of the same plan.
    responses = await _responses(_OF_SAME_CASE, actor.account, row["id"], row["id"])
    draft = _draft_of(row, served)
    return OwnDraft(draft, draft.served[0], responses)


async def own_draft_to_use(actor: Actor, child: ChildRecord, *, now: datetime) -> OwnDraft:
    """The same, for pages that make no sense without one. Raises NotFound."""
    found = await own_draft(actor, child, now=now)
    if found is None:
        raise NotFound
    return found


async def drafts_of(child: ChildRecord, *, now: datetime) -> tuple[DraftPlan, ...]:
    """Every draft of a child whom the member of staff may see, newest first. Two queries."""
    rows = await fetch(f"{_DRAFT} WHERE p.child = {{}} ORDER BY p.id DESC LIMIT 25", *_openable(now), child.id)
    served = await fetch(
        f"{_SERVED} WHERE r.draft_plan = ANY({{}}) ORDER BY r.served_on, r.id", [row["id"] for row in rows]
    )
    return tuple(_draft_of(row, [one for one in served if one["draft_plan"] == row["id"]]) for row in rows)


async def sent_about(draft: DraftPlan) -> tuple[Response, ...]:
    """What every adult has sent about a draft, newest first, with the answers. Two queries."""
    return await _responses("s.draft_plan = {} AND s.sent_at IS NOT NULL", draft.id)


async def response_of(child: ChildRecord, public_id: str) -> Response:
    """One response that was sent about a draft of this child. Raises NotFound."""
    found = await _responses("s.public_id = {} AND p.child = {} AND s.sent_at IS NOT NULL", public_id, child.id)
    if not found:
        raise NotFound
    return found[0]


async def documents_to_serve(child: ChildRecord, *, now: datetime) -> tuple[PublishedDocument, ...]:
    """The 25 newest documents of a child that could be the draft: published, and free of viruses."""
    return tuple(PublishedDocument(**row) for row in await fetch(_DOCUMENTS, child.id, now, sorted(OPENABLE)))


def _openable(now: datetime) -> tuple[object, ...]:
    return now, sorted(OPENABLE)


def _draft_of(row: dict[str, Any], services: Sequence[dict[str, Any]]) -> DraftPlan:
    stands = tuple(_served_of(one) for one in services if one["struck_at"] is None)
    struck = tuple(_served_of(one) for one in services if one["struck_at"])
    return DraftPlan(**row, served=stands, mistakes=struck)


def _served_of(row: dict[str, Any]) -> Served:
    extensions = tuple(Extension(until, reason) for until, reason in zip(row["untils"], row["reasons"], strict=True))
    names = "id account public_id name served_on on_paper has_access is_taken_back email emailed_at".split()
    return Served(**{name: row[name] for name in names}, mistake=row["strike_reason"], extensions=extensions)


async def _responses(which: str, *values: object) -> tuple[Response, ...]:
    rows = await fetch(f"{_RESPONSES} WHERE {which} ORDER BY s.id DESC LIMIT {MOST}", *values)
    answers = await fetch(_ANSWERS, [row["id"] for row in rows]) if rows else []
    return tuple(Response(**row, answers=_answers_to(row, answers)) for row in rows)


def _answers_to(response: dict[str, Any], rows: Sequence[dict[str, Any]]) -> tuple[Answer, ...]:
    words = rules.outcomes(response["part"])
    return tuple(
        Answer(words[row["outcome"]], row["body"], row["answered_at"], row["answered_by"])
        for row in rows
        if row["response"] == response["id"]
    )
