"""Each recipient is mailed once, when the document can be opened; nothing that was queued is lost."""

import asyncio
from datetime import timedelta

import pytest

from db.engine import fetch
from portal.documents import commands
from portal.documents.announcing import ANNOUNCE, announce, announce_forgotten
from portal.errors import Refused
from tests.portal.documents.desk import Desk, forget_jobs, jobs, one

pytestmark = pytest.mark.anyio


async def mailed() -> list[str]:
    return [row["email"] for row in await fetch("SELECT email FROM notice ORDER BY id")]


async def test_eight_workers_mail_each_recipient_once(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal, desk.cast.ben)
    await asyncio.gather(*(announce(document, now=desk.clock.now) for _ in range(8)))
    assert await mailed() == ["amal@example.com", "ben@example.com"]


async def test_a_worker_whose_clock_is_early_waits_for_the_rest(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal, after=timedelta(days=1))
    await forget_jobs()
    desk.clock.pass_time(hours=23, minutes=59)
    await announce(document, now=desk.clock.now)
    assert await mailed() == []
    (job,) = await jobs(ANNOUNCE)
    assert timedelta(seconds=50) < job["wait"] <= timedelta(minutes=1)


async def test_nobody_is_told_of_what_is_still_being_checked(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal, scan_state="pending")
    await forget_jobs()
    desk.clock.pass_time(hours=3)
    await announce(document, now=desk.clock.now)
    assert await mailed() == []
    assert [job["payload"] for job in await jobs(ANNOUNCE)] == [str(document)]


async def test_the_day_of_service_is_when_it_could_be_opened(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal, scan_state="pending")
    desk.clock.pass_time(days=2)
    await fetch("UPDATE stored_file SET scan_state = 'clean'")
    await announce(document, now=desk.clock.now)
    assert (await one("SELECT served_at FROM document_recipient"))["served_at"] == desk.clock.now


@pytest.mark.parametrize("state", ["infected", "failed"])
async def test_nobody_is_ever_told_of_what_did_not_pass(desk: Desk, state: str) -> None:
    document = await desk.publish(desk.cast.amal, scan_state=state)
    await forget_jobs()
    await announce(document, now=desk.clock.now)
    assert await mailed() == []
    assert await jobs(ANNOUNCE) == []


async def test_somebody_whose_access_ended_or_account_was_closed_is_not_mailed(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal, desk.cast.ben)
    await fetch("UPDATE relationship SET state = 'ended' WHERE account = {}", desk.cast.amal.account)
    await fetch("UPDATE account SET disabled_at = {} WHERE id = {}", desk.clock.now, desk.cast.ben.account)
    await announce(document, now=desk.clock.now)
    assert await mailed() == []


async def test_a_recalled_document_is_not_announced(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal)
    public_id = (await one("SELECT public_id FROM document"))["public_id"]
    await commands.recall(desk.cast.dee, desk.child, public_id, "Too early", now=desk.clock.now)
    await announce(document, now=desk.clock.now)
    assert await mailed() == []


async def test_a_lost_job_is_queued_again_and_a_waiting_one_is_left_alone(desk: Desk) -> None:
    document = await desk.publish(desk.cast.amal)
    await announce_forgotten(now=desk.clock.now)
    assert len(await jobs(ANNOUNCE)) == 1
    await forget_jobs()
    await announce_forgotten(now=desk.clock.now)
    assert [job["payload"] for job in await jobs(ANNOUNCE)] == [str(document)]


async def test_what_was_announced_or_is_still_to_come_is_not_queued_again(desk: Desk) -> None:
    await announce(await desk.publish(desk.cast.amal), now=desk.clock.now)
    await desk.publish(desk.cast.ben, after=timedelta(days=3))
    await forget_jobs()
    await announce_forgotten(now=desk.clock.now)
    assert await jobs(ANNOUNCE) == []


async def test_a_rollback_takes_the_job_back(desk: Desk) -> None:
    await desk.publish(desk.cast.amal)
    await forget_jobs()
    public_id = (await one("SELECT public_id FROM document"))["public_id"]
    with pytest.raises(Refused):
        await commands.publish(
            desk.cast.dee, desk.child, public_id, [desk.cast.ben.public_id], at=desk.clock.now, now=desk.clock.now
        )
    assert await jobs(ANNOUNCE) == []
    assert (await one("SELECT account FROM document_recipient"))["account"] == desk.cast.amal.account
