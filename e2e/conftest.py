"""A real server, worker and browser for each test process; three ways of browsing."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, sync_playwright

ROOT = Path(__file__).parent.parent
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


@dataclass(frozen=True)
class Portal:
    """The running portal: where it is, and the demo's people."""

    url: str
    people: list[dict[str, Any]]
    environ: Mapping[str, str] = field(repr=False)

    def person(self, role: str, **wanted: Any) -> dict[str, Any]:
        """The first of the demo's people with this role and these facts."""
        for person in self.people:
            if person["role"] == role and all(person.get(key) == value for key, value in wanted.items()):
                return person
        raise LookupError(f"nobody in the demo is {role} with {wanted}")

    def look_for_tasks(self) -> None:
        """Open and close tasks now: the worker does it every 15 minutes, and no journey waits for that."""
        command = [sys.executable, "-m", "portal", "tasks"]
        subprocess.run(command, cwd=ROOT, env=self.environ, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """`make run`, on a free port, with a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-e2e-"))
    folder.chmod(0o755)
    port = _free_port()
    environ = {**os.environ, "PORT": str(port), "PORTAL_VAR": str(folder), "PORTAL_DEMO": "1"}
    for name in ("DATABASE_URL", "DATABASE_ADMIN_URL", "SMTP_URL", "PORTAL_BASE_URL", "SECRET_KEY"):
        environ.pop(name, None)
    log = (folder / "log").open("w+")
    command = [sys.executable, "-m", "portal", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT)
    try:
        url = f"http://localhost:{port}"
        _wait_for(url, process, folder / "log")
        yield Portal(url, json.loads((folder / "demo.json").read_text())["people"], environ)
    finally:
        process.terminate()
        process.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


WAYS = ("with JavaScript", "without JavaScript")
BLOCKED = "with htmx blocked"
"""Scripts run, but htmx has not come: a tunnel, or a filter at work."""


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """The two ways in which every journey must work."""
    return str(request.param)


@pytest.fixture(params=[*WAYS, BLOCKED])
def any_way(request: pytest.FixtureRequest) -> str:
    """For pages where htmx swaps something: also when it does not come."""
    return str(request.param)


@pytest.fixture
def open_browser(browser: Browser, portal: Portal) -> Iterator[Any]:
    """Gives a function that opens a fresh browser window for one person, in one of the three ways."""
    contexts: list[BrowserContext] = []

    def open_one(way: str = "with JavaScript", **options: Any) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            java_script_enabled=way != "without JavaScript",
            viewport=options.pop("viewport", {"width": 1280, "height": 900}),
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        if way == BLOCKED:
            context.route("**/htmx*", lambda route: _abort(route))
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        return page

    yield open_one
    for context in contexts:
        context.close()


def _abort(route: Route) -> None:
    route.abort()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise RuntimeError(f"the portal did not start:\n{log.read_text()}")
