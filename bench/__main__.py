"""`make bench`: for every parent page the bytes over the wire, the queries, and the speed beside a bare handler.

`python -m bench console` measures the SEND team's pages instead, with the 7,800 children of a county, and
`python -m bench figures` holds the board's figures on it against plain counts.

Everything runs on this machine and over loopback, in one run, so that the ratio means something
even where the single figures do not.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench import console, figures
from bench.counting import queries_of, wait_for
from bench.load import Measured, load
from bench.pages import Browser, open_browser, pages_of
from db.engine import connect
from web import run as running
from web.settings import Settings, read_settings

PORT, BARE_PORT = 8765, 8766


def main() -> int:
    """Make a demo in a folder of its own, measure it, print a table."""
    if sys.argv[1:] == ["console"]:
        return console.main()
    if sys.argv[1:] == ["figures"]:
        return figures.main()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        settings = read_settings({"PORTAL_DEMO": "1", "PORTAL_VAR": name, "PORT": str(PORT)})
        with running.database(settings) as ready:
            running.prepare(ready)
            servers = _start(ready, folder)
            try:
                asyncio.run(_measure(ready, folder))
            finally:
                for server in servers:
                    server.terminate()
                    server.wait(20)
    return 0


def _start(settings: Settings, folder: Path) -> list["subprocess.Popen[bytes]"]:
    environ = {**running.environment_of(settings), "BENCH_PAGES": str(folder)}
    real = running.server_command(PORT, host="127.0.0.1", workers=1)
    bare = [part.replace("web.app:production", "bench.bare:create") for part in real]
    bare[bare.index(str(PORT))] = str(BARE_PORT)
    servers = [subprocess.Popen(command, env=environ) for command in (real, bare)]
    for port in (PORT, BARE_PORT):
        wait_for(port)
    return servers


async def _measure(settings: Settings, folder: Path) -> None:
    async with connect(settings.database_url, pool_size=2):
        browser = await open_browser(settings, datetime.now(UTC))
        pages = await pages_of(browser)
    first = await _first_visit()
    print(f"\nFirst visit, with style sheet, scripts and icons: {first / 1000:.1f} kB (budget 40 kB)\n")
    print(f"{'page':<44}{'kB':>7}{'queries':>9}{'pages/s':>9}{'p99 ms':>8}{'bare/s':>8}{'ratio':>7}")
    for path in pages:
        print(await _row(settings, folder, browser, path), flush=True)


async def _row(settings: Settings, folder: Path, browser: Browser, path: str) -> str:
    queries = await queries_of(settings, browser.cookie, path)
    real = await load(PORT, path, browser.cookie)
    bare = await _bare(folder, browser, path)
    shown = browser.anonymous(path)
    return (
        f"{shown:<44}{real.bytes_each / 1000:>7.1f}{queries:>9}{real.per_second:>9.0f}{real.p99_ms:>8.1f}"
        f"{bare.per_second:>8.0f}{bare.per_second / real.per_second:>7.1f}"
    )


async def _bare(folder: Path, browser: Browser, path: str) -> Measured:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}") as client:
        headers = {"Cookie": browser.cookie, "Accept-Encoding": "br", "Host": f"localhost:{PORT}"}
        async with client.stream("GET", path, headers=headers) as answer:
            content = b"".join([part async for part in answer.aiter_raw()])
    (folder / "page").write_bytes(content)
    return await load(BARE_PORT, "/page", "")


async def _first_visit() -> int:
    """Bytes of the first page and everything it asks for."""
    total = 0
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", headers={"Accept-Encoding": "br"}) as client:
        page = await client.get("/")
        urls = {part.split('"')[0] for part in page.text.split('"/static/')[1:]}
        for path in ["/", *(f"/static/{url}" for url in sorted(urls))]:
            async with client.stream("GET", path) as answer:
                body = sum([len(part) async for part in answer.aiter_raw()])
                total += body + sum(len(key) + len(value) + 4 for key, value in answer.headers.raw)
    return total


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
