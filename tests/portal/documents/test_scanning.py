"""What was uploaded is scanned in the worker; while the scanner is away nothing is lost."""

import pytest

from db.engine import fetch
from portal.files.scan import NoScanner, scanner_for
from portal.files.scanning import SCAN, scan, scan_forgotten
from portal.files.store import DiskStore
from tests.portal.documents.desk import PAPER, Desk, forget_jobs, jobs, one
from tests.portal.files.clamd_double import clamd_double

pytestmark = pytest.mark.anyio


@pytest.fixture
async def file(desk: Desk) -> int:
    """A file that waits for the scanner."""
    await desk.prepare()
    return int((await one("SELECT id FROM stored_file"))["id"])


async def state() -> tuple[str, str]:
    row = await one("SELECT scan_state, scan_detail FROM stored_file")
    return row["scan_state"], row["scan_detail"]


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (b"stream: OK\n", ("clean", "")),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\n", ("infected", "Win.Test.EICAR_HDB-1")),
        (b"stream: Can't allocate memory ERROR\n", ("failed", "Can't allocate memory")),
    ],
)
async def test_what_the_scanner_says_is_kept(desk: Desk, file: int, answer: bytes, becomes: tuple[str, str]) -> None:
    with clamd_double(answer) as clamd:
        await scan(file, desk.store, scanner_for(clamd.url), now=desk.clock.now)
        assert clamd.received == [PAPER.content]
    assert await state() == becomes
    events = [row["event"] for row in await fetch("SELECT event FROM audit_entry WHERE event LIKE 'files:file:%'")]
    assert (f"files:file:{becomes[0]}" in events) == (becomes[0] != "clean")


async def test_while_the_scanner_is_away_the_file_waits_and_is_tried_again(desk: Desk, file: int) -> None:
    await forget_jobs()
    with clamd_double(None) as clamd:
        await scan(file, desk.store, scanner_for(clamd.url), now=desk.clock.now)
    assert await state() == ("pending", "")
    assert [job["payload"] for job in await jobs(SCAN)] == [str(file)]


async def test_a_verdict_stands(desk: Desk, file: int) -> None:
    with clamd_double(b"stream: Win.Test.EICAR_HDB-1 FOUND\n") as clamd:
        await scan(file, desk.store, scanner_for(clamd.url), now=desk.clock.now)
    await scan(file, desk.store, NoScanner(), now=desk.clock.now)
    assert (await state())[0] == "infected"


async def test_a_file_that_is_not_in_sight_is_looked_for_again(desk: Desk, file: int) -> None:
    await forget_jobs()
    elsewhere = DiskStore(desk.store.root / "elsewhere")
    await scan(file, elsewhere, NoScanner(), now=desk.clock.now)
    assert await state() == ("pending", "")
    assert [job["payload"] for job in await jobs(SCAN)] == [str(file)]
    await scan(file, desk.store, NoScanner(), now=desk.clock.now)
    assert (await state())[0] == "not_scanned"


async def test_a_file_that_is_gone_from_the_store_for_a_day_has_failed(desk: Desk, file: int) -> None:
    await desk.store.forget((await one("SELECT stored_as FROM stored_file"))["stored_as"])
    desk.clock.pass_time(days=1)
    await scan(file, desk.store, NoScanner(), now=desk.clock.now)
    assert await state() == ("failed", "the file is not in the store")


async def test_a_lost_job_is_queued_again_after_an_hour(desk: Desk, file: int) -> None:
    desk.clock.pass_time(minutes=61)
    await scan_forgotten(now=desk.clock.now)
    assert len(await jobs(SCAN)) == 1, "the one that waits is left alone"
    await forget_jobs()
    await scan_forgotten(now=desk.clock.now)
    assert [job["payload"] for job in await jobs(SCAN)] == [str(file)]
    await forget_jobs()
    await scan(file, desk.store, NoScanner(), now=desk.clock.now)
    await scan_forgotten(now=desk.clock.now)
    assert await jobs(SCAN) == []
