"""The process that does what was queued: emails, file scans, and the nightly tidying."""

import asyncio
import os
import signal
from datetime import UTC, datetime

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job, Schedule

from db.engine import connect
from portal import keys, notices, tidying
from portal.documents import announcing as documents
from portal.files import commands as files
from portal.files import scanning
from portal.files.scan import scanner_for
from portal.files.store import DiskStore
from portal.imports import commands as imports
from portal.imports import taking_in
from portal.post import DemoPost, Post, SmtpPost
from portal.tasks import opening
from web.app import WEB
from web.letters import Letters
from web.logs import configure_logs
from web.respond import environment
from web.settings import Settings, read_settings

log = structlog.get_logger()


def post_of(settings: Settings) -> Post:
    """Real mail when a server is set; the demo's own mailbox otherwise."""
    return SmtpPost(settings.smtp_url, settings.bounces_to) if settings.smtp_url else DemoPost()


def build(connection: asyncpg.Connection, settings: Settings) -> PgQueuer:
    """The queue with everything that this service does in the background."""
    worker = PgQueuer(AsyncpgDriver(connection))
    letters = Letters(environment(str(WEB), lambda name: f"{settings.base_url}/static/{name}"), settings)
    post, store, scanner = post_of(settings), DiskStore(settings.files), scanner_for(settings.clamd_url)

    @worker.entrypoint(notices.SEND, concurrency_limit=8)
    async def send_notice(job: Job) -> None:
        await notices.deliver(_number(job), letters.write, post, now=datetime.now(UTC))

    @worker.entrypoint(scanning.SCAN, concurrency_limit=2)
    async def scan_file(job: Job) -> None:
        await scanning.scan(_number(job), store, scanner, now=datetime.now(UTC))

    @worker.entrypoint(documents.ANNOUNCE, concurrency_limit=2)
    async def announce_document(job: Job) -> None:
        await documents.announce(_number(job), now=datetime.now(UTC))

    @worker.entrypoint(imports.TAKE_IN, concurrency_limit=1)
    async def take_in_import(job: Job) -> None:
        await taking_in.take_in(_number(job), clock=lambda: datetime.now(UTC))

    @worker.schedule("imports", "* * * * *")
    async def start_imports(_: Schedule) -> None:
        await imports.start_forgotten(now=datetime.now(UTC))

    @worker.schedule("tasks", "*/15 * * * *")
    async def open_tasks(_: Schedule) -> None:
        await opening.open_and_close(now=datetime.now(UTC))

    @worker.schedule("tidy", "17 * * * *")
    async def tidy(_: Schedule) -> None:
        await tidying.tidy(now=datetime.now(UTC))
        await files.sweep(store, now=datetime.now(UTC))
        await scanning.scan_forgotten(now=datetime.now(UTC))
        await documents.announce_forgotten(now=datetime.now(UTC))

    return worker


async def run(settings: Settings) -> None:
    """Work until told to stop, coming back by itself when the database goes away for a while."""
    keys.install(settings.secret_key)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    while not stop.is_set():
        try:
            await _work(settings, stop)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("worker_waits", error=type(error).__name__)
            await _rest(stop, seconds=3)


async def _work(settings: Settings, stop: asyncio.Event) -> None:
    async with connect(settings.database_url, pool_size=4):
        connection = await asyncpg.connect(settings.database_url)
        worker = build(connection, settings)
        working = asyncio.create_task(worker.run())
        stopping = asyncio.create_task(stop.wait())
        catching_up = asyncio.create_task(_catch_up())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for event in (worker.shutdown, worker.qm.shutdown, worker.sm.shutdown):
            event.set()
        stopping.cancel()
        catching_up.cancel()
        await working
        await connection.close()


async def _catch_up() -> None:
    """Open the tasks of the time when no worker ran; emails need not wait for it, nor for its failure."""
    try:
        await opening.open_and_close(now=datetime.now(UTC))
    except Exception as error:
        log.warning("tasks_not_opened", error=type(error).__name__)


async def _rest(stop: asyncio.Event, *, seconds: int) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _number(job: Job) -> int:
    return int((job.payload or b"0").decode())


if __name__ == "__main__":
    configure_logs()
    asyncio.run(run(read_settings(os.environ)))
