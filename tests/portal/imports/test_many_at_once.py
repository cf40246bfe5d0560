"""What is written in bulk is the same as what is written one by one."""

from typing import Any

import pytest

from db.engine import fetch
from portal import audit, notices
from portal.actor import Actor
from portal.audit import Happened
from portal.errors import Refused
from portal.imports.commands import read
from tests.conftest import Clock

pytestmark = pytest.mark.anyio


async def test_many_audit_entries_keep_their_order_and_the_chain(db: Any, clock: Clock) -> None:
    await audit.record("a:b:first", now=clock.now)
    many = [Happened(f"a:b:n{number}", child=number, detail={"n": number}) for number in range(5_003)]
    await audit.record_many(many, now=clock.now, actor=7)
    await audit.record("a:b:last", now=clock.now)
    assert await audit.first_broken_entry() is None
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry ORDER BY id")]
    assert events == ["a:b:first", *(one.event for one in many), "a:b:last"]
    (row,) = await fetch(
        "SELECT e.actor, e.child, d.detail FROM audit_entry e JOIN audit_detail d ON d.entry = e.id"
        " WHERE e.event = 'a:b:n9'"
    )
    assert (row["actor"], row["child"], row["detail"]) == (7, 9, '{"n": 9}')


async def test_an_entry_of_many_that_was_changed_is_found(db: Any, clock: Clock) -> None:
    await audit.record_many([Happened("a:b:c", detail={"n": n}) for n in range(3)], now=clock.now, actor=None)
    (second,) = await db.fetch("SELECT id FROM audit_entry ORDER BY id OFFSET 1 LIMIT 1")
    await db.execute("""UPDATE audit_detail SET detail = '{"n": 9}' WHERE entry = $1""", second["id"])
    assert await audit.first_broken_entry() == second["id"]


async def test_many_notices_are_each_queued_once(db: Any, clock: Clock) -> None:
    await notices.queue_many("unique_code", [(f"{n}@example.com", {"n": n}) for n in range(50)], now=clock.now)
    await notices.queue_many("unique_code", [], now=clock.now)
    owed = await fetch("SELECT id, email, about, result FROM notice ORDER BY id")
    jobs = await fetch("SELECT payload FROM pgqueuer WHERE entrypoint = 'send_notice' ORDER BY id")
    assert [(row["email"], row["about"]) for row in owed][:2] == [
        ("0@example.com", '{"n": 0}'),
        ("1@example.com", '{"n": 1}'),
    ]
    assert {bytes(job["payload"]).decode() for job in jobs} == {str(row["id"]) for row in owed}


async def test_a_caseworker_without_a_team_cannot_import(db: Any, clock: Clock) -> None:
    nobody = Actor(1, "x", "caseworker", "Dee", "Shaw", "dee@example.com")
    with pytest.raises(Refused, match="belongs to no team"):
        await read(nobody, b"forename,surname,dob\nA,B,c\n", today=clock.now.date())
