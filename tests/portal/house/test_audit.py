"""The audit trail cannot be changed unseen."""

import asyncio

import asyncpg
import pytest

from db.engine import DB, fetch
from portal import audit
from tests.conftest import Clock

pytestmark = pytest.mark.anyio


async def three_entries(clock: Clock) -> None:
    for number in range(3):
        await audit.record("test:thing:done", now=clock.now, actor=number, subject=f"s{number}", detail={"n": number})


async def test_a_fresh_trail_is_whole(db: asyncpg.Connection, clock: Clock) -> None:
    assert await audit.first_broken_entry() is None
    await three_entries(clock)
    assert await audit.first_broken_entry() is None


async def test_a_changed_entry_is_found(db: asyncpg.Connection, clock: Clock) -> None:
    await three_entries(clock)
    second = await db.fetchval("SELECT id FROM audit_entry ORDER BY id OFFSET 1 LIMIT 1")
    await db.execute("SET session_replication_role = replica")
    await db.execute("UPDATE audit_entry SET actor = 99 WHERE id = $1", second)
    await db.execute("SET session_replication_role = DEFAULT")
    assert await audit.first_broken_entry() == second


async def test_a_removed_last_entry_is_found(db: asyncpg.Connection, clock: Clock) -> None:
    await three_entries(clock)
    await db.execute("SET session_replication_role = replica")
    await db.execute("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
    await db.execute("SET session_replication_role = DEFAULT")
    assert await audit.first_broken_entry() is not None


async def test_a_changed_detail_is_found_and_an_erased_one_is_allowed(db: asyncpg.Connection, clock: Clock) -> None:
    await three_entries(clock)
    await db.execute("DELETE FROM audit_detail WHERE id = (SELECT min(id) FROM audit_detail)")
    assert await audit.first_broken_entry() is None
    await db.execute("UPDATE audit_detail SET detail = '{\"n\": 7}'")
    assert await audit.first_broken_entry() is not None


async def test_the_service_itself_may_only_add(db: asyncpg.Connection, clock: Clock) -> None:
    await three_entries(clock)
    for statement in ("UPDATE audit_entry SET actor = 1", "DELETE FROM audit_entry"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await fetch(statement)


async def test_not_even_the_owner_changes_it_by_mistake(db: asyncpg.Connection, clock: Clock) -> None:
    await three_entries(clock)
    with pytest.raises(asyncpg.RaiseError):
        await db.execute("DELETE FROM audit_entry")


async def test_entries_written_at_once_stay_in_one_chain(db: asyncpg.Connection, clock: Clock) -> None:
    await asyncio.gather(*(audit.record("test:thing:done", now=clock.now, actor=n) for n in range(20)))
    assert await db.fetchval("SELECT count(*) FROM audit_entry") == 20
    assert await audit.first_broken_entry() is None


async def test_an_entry_goes_back_with_its_transaction(db: asyncpg.Connection, clock: Clock) -> None:
    async def fail() -> None:
        async with DB.transaction():
            await audit.record("test:thing:done", now=clock.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await db.fetchval("SELECT count(*) FROM audit_entry") == 0
    assert await audit.first_broken_entry() is None
