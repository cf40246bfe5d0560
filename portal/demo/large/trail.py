"""The audit trail of the county: who did what, in the order of time, chained to what was there before."""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from db.engine import fetch, fetch_one
from portal.audit import Entry
from portal.demo.large.copying import copy, number
from portal.demo.large.history import MOVED
from portal.demo.large.record import Child, Person
from portal.demo.large.rows import Staff, in_the_morning


@dataclass
class Said:
    """One entry, as `portal.audit.record` is told it."""

    at: datetime
    event: str
    actor: int | None
    child: int | None
    subject: str
    detail: dict[str, Any]
    id: int = 0


async def write_trail(children: Sequence[Child], people: Sequence[Person], staff: Staff) -> int:
    """Add an entry for every act. Gives how many there are."""
    said = [Said(one.joined, "accounts:account:registered", one.id, None, "", {}) for one in people if one.joined]
    for child in children:
        said += _of_child(child, staff[child.caseworker])
    said.sort(key=lambda one: one.at)
    head = await fetch_one("SELECT mac FROM audit_head FOR UPDATE")
    assert head is not None, "the migrations make the first row"
    await number("audit_entry", said)
    entries, details, last = _chained(said, head["mac"])
    await copy("audit_entry", "id at event actor child subject detail_hash mac", entries)
    await copy("audit_detail", "entry salt detail", details)
    await fetch("UPDATE audit_head SET mac = {}", last)
    return len(said)


def _chained(said: Sequence[Said], mac: bytes) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], bytes]:
    entries: list[tuple[Any, ...]] = []
    details: list[tuple[Any, ...]] = []
    for one in said:
        salt, text = secrets.token_bytes(16), json.dumps(one.detail, sort_keys=True, default=str)
        hashed = sha256(salt + text.encode()).digest()
        mac = Entry(one.at, one.event, one.actor, one.child, one.subject, hashed).mac_after(mac)
        entries.append((one.id, one.at, one.event, one.actor, one.child, one.subject, hashed, mac))
        details.append((one.id, salt, text))
    return entries, details, mac


def _of_child(child: Child, worker: int) -> Iterator[Said]:
    added = in_the_morning(child.received)
    yield Said(added, "staff:child:added", worker, child.id, child.public_id, {})
    yield from _of_cases(child, worker)
    yield from _of_access(child, worker)
    yield from _of_letters(child, worker)
    yield from _of_papers(child, worker)
    yield from _of_told(child)


def _of_cases(child: Child, worker: int) -> Iterator[Said]:
    for case in child.cases:
        for _, act in child.recorded(case):
            at = in_the_morning(act.recorded)
            if act.kind.startswith(MOVED):
                what, detail = "staff:stage:moved", {"to": act.kind.removeprefix(MOVED)}
            else:
                what, detail = "staff:decision:recorded", {"kind": act.kind, "on": str(act.on)}
            yield Said(at, what, worker, child.id, child.public_id, detail)
        for act in child.extended(case):
            detail = {"until": str(act.on)}
            yield Said(in_the_morning(act.recorded), "staff:draft:extended", worker, child.id, child.public_id, detail)
        for one in case.history.exceptions:
            detail = {"kind": one.exception.kind, "duty": one.exception.duty}
            at = in_the_morning(one.recorded)
            yield Said(at, "staff:exception:recorded", worker, child.id, child.public_id, detail)


def _of_access(child: Child, worker: int) -> Iterator[Said]:
    for tie in child.ties:
        event = "kept" if tie.invitation == "kept" else "code_sent"
        yield Said(tie.invited, f"staff:invitation:{event}", worker, child.id, tie.public_id, {})
        if tie.verified:
            yield Said(tie.verified, "staff:invitation:verified", worker, child.id, tie.public_id, {})
        if tie.answered and tie.access:
            yield Said(tie.answered, "family:invitation:accepted", tie.person.id, child.id, tie.public_id, {})
        if tie.activated:
            detail = {"account": tie.person.id}
            yield Said(tie.activated, "staff:access:activated", worker, child.id, tie.access_id, detail)
        if tie.ended:
            detail = {"account": tie.person.id}
            yield Said(tie.ended, "staff:access:withdrawn", worker, child.id, tie.access_id, detail)


def _of_letters(child: Child, worker: int) -> Iterator[Said]:
    for conversation in child.letters:
        for one in conversation.letters:
            event = "staff:message:sent" if one.from_staff else "family:message:sent"
            actor = worker if one.from_staff else conversation.tie.person.id
            yield Said(one.sent, event, actor, child.id, one.public_id, {})


def _of_told(child: Child) -> Iterator[Said]:
    for told in (told for case in child.cases for told in case.told):
        for one in told.served:
            if one.opened:
                yield Said(one.opened, "family:letter:opened", one.person.id, child.id, told.public_id, {})


def _of_papers(child: Child, worker: int) -> Iterator[Said]:
    for paper in child.papers:
        detail = {"to": [one.person.id for one in paper.served]}
        yield Said(paper.published, "staff:document:published", worker, child.id, paper.public_id, detail)
        for served in paper.served:
            if served.opened:
                opener = served.person.id
                yield Said(served.opened, "family:document:opened", opener, child.id, paper.public_id, {})
    for form in child.forms:
        yield Said(form.assigned, "staff:action:assigned", worker, child.id, form.public_id, {"form": form.key})
        if form.submitted:
            sender = form.person.id
            yield Said(form.submitted, "family:form:submitted", sender, child.id, form.public_id, {"form": form.key})
