"""The SEND team asks for advice and records what comes back; a family asks for another adviser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import DB, fetch, fetch_one
from db.tables import Adviser, AdviserWish
from portal import audit, ids, notices, throttle
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.advice import rules
from portal.advice.rules import LateReason
from portal.cases.commands import record_decision
from portal.cases.facts import Decision
from portal.cases.stored import StoredCase, newest_case_to_change
from portal.cover.telling import tell_team
from portal.errors import NotFound, Refused, RuleBroken
from portal.notices import Recipient

TOO_MANY = "You have asked for many advisers today. Please phone the SEND team."
ENDED = "This assessment has ended or has led to a plan, so nobody else can be asked in it. Phone the SEND team."
ANSWERED_ALREADY = "This has been answered since you opened the page."
ENOUGH = f"There are {rules.MOST} already, which is the most that one assessment can have"

_TAKE_WISH = """
UPDATE adviser_wish SET answer = {}, reason = {}, adviser = {}, answered_at = {}, answered_by = {}
WHERE public_id = {} AND ehc_case = {} AND answer = '' RETURNING account
"""

_EXCUSE = """
UPDATE adviser SET exception_kind = {}, exception_reason = {}, exception_approved_by = {}, exception_starts = {},
    exception_ends = {}, exception_target = {} WHERE id = {}
"""


@dataclass(frozen=True)
class NewAdviser:
    """Who is asked: one of `rules.ADVISERS`, the person and where they work, and the day of asking."""

    kind: str
    name: str
    organisation: str
    asked_on: date


@dataclass(frozen=True)
class Advice:
    """What came back: the day, the team's own note, and the public id of a document of the child, or empty."""

    on: date
    note: str
    document: str


@dataclass(frozen=True)
class NewWish:
    """Whom a family wants asked, and why it would help."""

    name: str
    organisation: str
    why: str


@dataclass(frozen=True)
class WishAnswer:
    """The team's answer: the day on which they were asked, or None and the reason why not.

    `name` and `organisation` are how they stand in the list, which everybody with access reads. What the family
    typed may be meant for the team alone.
    """

    asked_on: date | None
    reason: str
    name: str = ""
    organisation: str = ""


async def ask(actor: Actor, child: ChildRecord, new: NewAdviser, *, today: date, now: datetime) -> str:
    """Record that somebody was asked for advice, due six weeks later (regs 6(1), 8(1)). Gives the public id.

    The first request of a day is recorded as a step of the case too, of which the family is told.
    Raises RuleBroken on `kind` or `asked_on`.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        rules.may_ask(new.asked_on, case.facts, today)
        await _check_room("adviser", case.id, "kind")
        if rules.needs_decision(new.asked_on, case.facts):
            await _record_step(actor, child, new.asked_on, today, now)
        adviser = await _insert(actor, case, new, now)
        detail = {"kind": new.kind, "asked_on": new.asked_on}
        await _record("staff:advice:asked", actor, child, adviser.public_id, detail, now)
    return adviser.public_id


async def record_return(
    actor: Actor, child: ChildRecord, adviser: str, advice: Advice, *, today: date, now: datetime
) -> str:
    """Record that the advice came; again when it was recorded wrongly. Gives the public id.

    Raises RuleBroken on `returned_on` or `document`, or NotFound.
    """
    async with DB.transaction():
        row = await _held(child, adviser)
        rules.may_come("returned_on", advice.on, row["asked_on"], today)
        document = await _document(child, advice.document)
        await fetch(
            "UPDATE adviser SET returned_on = {}, note = {}, document = {} WHERE id = {}",
            advice.on,
            advice.note,
            document,
            row["id"],
        )
        await _record("staff:advice:returned", actor, child, adviser, {"on": advice.on}, now)
    return adviser


async def record_reminder(
    actor: Actor, child: ChildRecord, adviser: str, on: date, *, today: date, now: datetime
) -> str:
    """Record that the adviser was reminded. Gives the public id. Raises RuleBroken on `reminded_on`, or NotFound."""
    async with DB.transaction():
        row = await _held(child, adviser)
        rules.may_come("reminded_on", on, row["asked_on"], today)
        await fetch("UPDATE adviser SET reminded_on = {} WHERE id = {}", on, row["id"])
        await _record("staff:advice:reminded", actor, child, adviser, {"on": on}, now)
    return adviser


async def take_back_return(actor: Actor, child: ChildRecord, adviser: str, reason: str, *, now: datetime) -> str:
    """Say that it was a mistake to record that the advice came: it is waited for again, by the same last day.

    Nobody was emailed that it came, so nobody is emailed now. Gives the public id. Raises Refused
    when it is not recorded that it came, or NotFound.
    """
    async with DB.transaction():
        row = await _held(child, adviser)
        on = rules.check_taken_back(row["returned_on"])
        await fetch("UPDATE adviser SET returned_on = NULL, note = '', document = NULL WHERE id = {}", row["id"])
        detail = {"on": on, "reason": reason}
        await _record("staff:advice:return_taken_back", actor, child, adviser, detail, now)
    return adviser


async def record_exception(
    actor: Actor, child: ChildRecord, adviser: str, why: LateReason, *, today: date, now: datetime
) -> str:
    """Record why the law lets this adviser be late (reg 8(2)); the last day stays. Gives the public id.

    Another time it replaces what was recorded before. Raises RuleBroken on a field of `why`, or NotFound.
    """
    async with DB.transaction():
        row = await _held(child, adviser)
        rules.may_be_late(why, row["asked_on"], row["returned_on"], today)
        said = (why.kind, why.reason, why.approved_by, why.starts, why.ends, why.target)
        await fetch(_EXCUSE, *said, row["id"])
        detail = {
            "kind": why.kind,
            "from": why.starts,
            "to": why.ends,
            "target": why.target,
            "approved_by": why.approved_by,
        }
        await _record("staff:advice:exception", actor, child, adviser, detail, now)
    return adviser


async def remove(actor: Actor, child: ChildRecord, adviser: str, *, now: datetime) -> str:
    """Take out somebody who was put on the list by mistake. Gives the public id. Raises NotFound."""
    async with DB.transaction():
        row = await _held(child, adviser)
        await fetch("DELETE FROM adviser WHERE id = {}", row["id"])
        await _record("staff:advice:removed", actor, child, adviser, {"asked_on": row["asked_on"]}, now)
    return adviser


async def wish(actor: Actor, child: ChildRecord, new: NewWish, *, now: datetime) -> str:
    """Ask the council to ask somebody else, too (reg 6(1)(h)); the caseworker or the team is emailed.

    It is the right of the parent or the young person, so NotFound is raised for a professional. Gives the public id.
    Raises Refused when the assessment is over, RuleBroken on `name`, or TooManyTries.
    """
    if not rules.may_be_of(child.basis):
        raise NotFound
    await throttle.spend(rules.WISHES_A_DAY, str(actor.account), now=now, message=TOO_MANY)
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        if not rules.may_wish(case.facts):
            raise Refused(ENDED)
        await _check_room("adviser_wish", case.id, "name")
        made = AdviserWish(
            public_id=ids.public_id(),
            ehc_case=case.id,
            account=actor.account,
            name=new.name,
            organisation=new.organisation,
            why=new.why,
            asked_at=now,
        )
        await made.save()
        await tell_team("adviser_wished", child, {"wish": made.public_id}, now=now)
        await _record("family:advice:wished", actor, child, made.public_id, {}, now)
    return made.public_id


async def answer_wish(
    actor: Actor, child: ChildRecord, wish: str, answer: WishAnswer, *, today: date, now: datetime
) -> str:
    """Answer a family that wants another adviser asked; they are told by email. Gives the wish's public id.

    With `asked_on` the adviser stands in the list from then on. Raises RuleBroken on `asked_on` or `answer`,
    Refused when it was answered already, or NotFound.
    """
    async with DB.transaction():
        case = await newest_case_to_change(child.id)
        if await fetch_one("SELECT id FROM adviser_wish WHERE public_id = {} AND ehc_case = {}", wish, case.id) is None:
            raise NotFound
        adviser = None
        if answer.asked_on:
            new = NewAdviser("wished", answer.name, answer.organisation, answer.asked_on)
            adviser = await _ask_wished(actor, child, new, today, now)
        await _settle(actor, child, wish, case.id, answer.reason, adviser, now)
    return wish


async def _ask_wished(actor: Actor, child: ChildRecord, new: NewAdviser, today: date, now: datetime) -> str:
    try:
        return await ask(actor, child, new, today=today, now=now)
    except RuleBroken as broken:
        raise RuleBroken("asked_on" if broken.field == "asked_on" else "answer", broken.message) from broken


async def _settle(
    actor: Actor, child: ChildRecord, wish: str, case: int, reason: str, adviser: str | None, now: datetime
) -> None:
    said = "asked" if adviser else "not_asked"
    found = adviser and await fetch_one("SELECT id FROM adviser WHERE public_id = {}", adviser)
    taken = await fetch_one(
        _TAKE_WISH, said, reason, found["id"] if found else None, now, actor.account, wish, case
    )  # fmt: skip
    if taken is None:
        raise Refused(ANSWERED_ALREADY)
    await _tell_family(child, taken["account"], now)
    await _record("staff:advice:wish_answered", actor, child, wish, {"answer": said}, now)


async def _record_step(actor: Actor, child: ChildRecord, on: date, today: date, now: datetime) -> None:
    """The dates of the case count from each day on which advice was asked for (reg 8(1))."""
    try:
        await record_decision(actor, child, Decision("advice_requested", on), today=today, now=now)
    except RuleBroken as broken:
        raise RuleBroken("asked_on" if broken.field == "on" else "kind", broken.message) from broken


async def _insert(actor: Actor, case: StoredCase, new: NewAdviser, now: datetime) -> Adviser:
    made = Adviser(
        public_id=ids.public_id(),
        ehc_case=case.id,
        kind=new.kind,
        name=new.name,
        organisation=new.organisation,
        asked_on=new.asked_on,
        asked_by=actor.account,
        recorded_at=now,
    )
    await made.save()
    return made


async def _held(child: ChildRecord, adviser: str) -> dict[str, Any]:
    row = await fetch_one(
        "SELECT v.id, v.asked_on, v.returned_on FROM adviser v JOIN ehc_case k ON k.id = v.ehc_case"
        " WHERE v.public_id = {} AND k.child = {} FOR UPDATE OF v",
        adviser,
        child.id,
    )
    if row is None:
        raise NotFound
    return row


async def _document(child: ChildRecord, public_id: str) -> int | None:
    if not public_id:
        return None
    row = await fetch_one("SELECT id FROM document WHERE public_id = {} AND child = {}", public_id, child.id)
    if row is None:
        raise RuleBroken("document", "Choose one of the child’s documents")
    return int(row["id"])


async def _check_room(table: str, case: int, field: str) -> None:
    """Called while the case is held, so that two at once cannot both be the last."""
    row = await fetch_one(f"SELECT count(*) AS so_far FROM {table} WHERE ehc_case = {{}}", case)
    if row and row["so_far"] >= rules.MOST:
        raise RuleBroken(field, ENOUGH)


async def _tell_family(child: ChildRecord, account: int | None, now: datetime) -> None:
    """Only who asked, and only while they may see the record."""
    row = await fetch_one(
        "SELECT a.id, a.email FROM relationship r JOIN account a ON a.id = r.account"
        " WHERE r.account = {} AND r.child = {} AND r.state = 'active' AND a.disabled_at IS NULL",
        account,
        child.id,
    )
    if row:
        about = {"reference": child.case_reference, "child": child.public_id}
        await notices.queue("adviser_answered", Recipient(row["email"], row["id"]), about, now=now)


async def _record(
    event: str, actor: Actor, child: ChildRecord, subject: str, detail: Mapping[str, object], now: datetime
) -> None:
    await audit.record(event, now=now, actor=actor, child=child.id, subject=subject, detail=detail)
