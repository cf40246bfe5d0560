"""The SEND team's pages with a county in the database: how long each takes, as a caseworker and as a manager."""

import asyncio
import subprocess
import tempfile
import time
from datetime import UTC, datetime

import httpx

from bench import figures
from bench.counting import queries_of, wait_for
from bench.load import load
from bench.plans import plans_of
from db.engine import connect, fetch
from portal import keys
from portal.demo.large.people import COUNTY_STAFF
from portal.sign_in import sessions
from web import run as running
from web.session import cookie_name
from web.settings import Settings, read_settings

PORT = 8767
SECONDS = 3.0
OF_MANAGERS = (
    "/staff/manage/people",
    "/staff/manage/teams",
    "/staff/manage/caseload",
    "/staff/manage/stages",
    "/staff/manage/audit",
    "/staff/manage/audit?person=adams&group=family:",
)
PAGES = (
    "/staff",
    "/staff/today",
    "/staff?search=adams",
    "/staff/tasks",
    "/staff/inbox",
    "/staff/access",
    "/staff/organisations",
    "/staff/imports",
    "/staff/board",
    "/staff/board?from=2023-12&to=2026-11",
    "/staff/board/sen2.csv?year=2025",
)


def main() -> int:
    """Make a county in a folder of its own, ask for each page one after another, print a table."""
    with tempfile.TemporaryDirectory(prefix="portal-console-") as name:
        settings = read_settings({"PORTAL_DEMO": "1", "PORTAL_VAR": name, "PORT": str(PORT)})
        with running.database(settings) as ready:
            running.prepare(ready)
            asyncio.run(figures.fill(ready))
            asyncio.run(figures.compare(ready))
            server = subprocess.Popen(
                running.server_command(PORT, host="127.0.0.1", workers=1), env=running.environment_of(ready)
            )
            try:
                wait_for(PORT)
                asyncio.run(_measure(ready))
            finally:
                server.terminate()
                server.wait(20)
    return 0


async def _measure(settings: Settings) -> None:
    print(f"\n{'as':<12}{'page':<40}{'kB':>7}{'queries':>9}{'mean ms':>9}{'p99 ms':>8}")
    for role in ("caseworker", "manager"):
        email = next(one.email for one in COUNTY_STAFF if one.role == role)
        cookie = await _cookie(settings, email)
        pages = PAGES + (OF_MANAGERS if role == "manager" else ())
        for path in pages:
            print(await _row(settings, role, cookie, path), flush=True)
        for path in pages:
            await _explain(settings, role, cookie, path)


async def _explain(settings: Settings, role: str, cookie: str, path: str) -> None:
    """The slowest statement of the page, and each one that goes through a big table."""
    print(f"\n{role} {path}")
    for number, one in enumerate(await plans_of(settings, cookie, path)):
        if number == 0 or one.whole:
            print(f"  {one.ms:7.1f} ms  {one.begins}\n    indexes: {', '.join(one.indexes) or 'none'}")
            print(f"    whole tables: {', '.join(one.whole) or 'none'}", flush=True)


async def _cookie(settings: Settings, email: str) -> str:
    keys.install(settings.secret_key)
    async with connect(settings.database_url, pool_size=1):
        account = await fetch("SELECT id FROM account WHERE email_key = {}", email)
        token = await sessions.open_session("full", account[0]["id"], now=datetime.now(UTC))
    return f"{cookie_name(https=False)}={token}"


async def _row(settings: Settings, role: str, cookie: str, path: str) -> str:
    queries = await queries_of(settings, cookie, path)
    if ".csv" in path:
        return f"{role:<12}{path:<40}{'':>7}{queries:>9}{await _whole(cookie, path):>9.0f}"
    found = await load(PORT, path, cookie, seconds=SECONDS, connections=1)
    return (
        f"{role:<12}{path:<40}{found.bytes_each / 1000:>7.1f}{queries:>9}{1000 / found.per_second:>9.1f}"
        f"{found.p99_ms:>8.1f}"
    )


async def _whole(cookie: str, path: str) -> float:
    """Milliseconds until the last byte of a file that is sent while it is read."""
    begun = time.perf_counter()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}") as client:
        await client.get(path, headers={"Cookie": cookie, "Host": f"localhost:{PORT}"})
    return (time.perf_counter() - begun) * 1000
