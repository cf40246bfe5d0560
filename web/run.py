"""Starts the whole portal on one machine: database, migrations, demo data, server and worker."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from db import embedded
from db.migrate import APP_ROLE, migrate
from web.settings import Settings

POSTGRES_SETTINGS = {"max_connections": "60", "shared_buffers": "128MB", "log_min_messages": "fatal"}


def run(settings: Settings, port: int) -> int:
    """Run everything until Ctrl-C. Gives the exit status."""
    with database(settings) as ready:
        prepare(ready)
        _say_where(ready, port)
        return _keep_running(ready, port)


def prepare(settings: Settings) -> None:
    """Bring the database up to date, and in the demo fill it when it is empty."""
    with step("Bringing the database up to date"):
        asyncio.run(migrate(settings.admin_database_url))
    if settings.demo:
        demo_data(settings)


@contextmanager
def database(settings: Settings) -> Iterator[Settings]:
    """The settings with a database: the one they name, or an embedded one in `var/postgres`."""
    if settings.database_url:
        yield settings
        return
    with step("Starting PostgreSQL"):
        server = embedded.start(settings.var / "postgres", settings=POSTGRES_SETTINGS)
    owner = embedded.address(server)
    try:
        app = owner.replace("//postgres@", f"//{APP_ROLE}@")
        yield replace(settings, database_url=app, admin_database_url=owner)
    finally:
        server.cleanup()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is going on, with a dot for each second that it takes."""
    print(f"{what} ", end="", flush=True)
    done = threading.Event()

    def dots() -> None:
        while not done.wait(1):
            print(".", end="", flush=True)

    thread = threading.Thread(target=dots, daemon=True)
    thread.start()
    try:
        yield
        print(" done", flush=True)
    finally:
        done.set()
        thread.join()


def environment_of(settings: Settings) -> dict[str, str]:
    """What the server and the worker are told."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DATABASE_ADMIN_URL": settings.admin_database_url,
        "PORTAL_VAR": str(settings.var),
        "PORTAL_BASE_URL": settings.base_url,
        "SECRET_KEY": settings.secret_key,
        "PORTAL_DEMO": "1" if settings.demo else "",
    }


def server_command(port: int, *, host: str, workers: int) -> list[str]:
    """How granian is started."""
    return [
        *(sys.executable, "-m", "granian", "web.app:production", "--factory", "--interface", "asgi"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--loop", "uvloop"),
        *("--no-ws", "--log-level", "warning", "--backpressure", "256"),
    ]


def worker_command() -> list[str]:
    """How the worker is started."""
    return [sys.executable, "-m", "web.worker"]


def demo_data(settings: Settings) -> None:
    """Make the demo's people when the database has none, and list everybody in `demo.json`."""
    from portal.demo.build import make_demo
    from portal.files.store import DiskStore

    files, types = DiskStore(settings.files), settings.council.message_types
    with step("Looking after the demo data"):
        people = asyncio.run(make_demo(settings.database_url, settings.secret_key, types, files))
    listed = {"base_url": settings.base_url, "people": people}
    (settings.var / "demo.json").write_text(json.dumps(listed, indent=2))


def _say_where(settings: Settings, port: int) -> None:
    print(f"\n  The portal     {settings.base_url}/")
    print(f"  The SEND team  {settings.base_url}/staff/sign-in")
    if not settings.demo:
        return
    print(f"  Every email    {settings.base_url}/demo/mailbox\n\n  Sign in as:")
    for person in json.loads((settings.var / "demo.json").read_text())["people"]:
        password = person["password"] or "has not registered yet"
        print(f"    {person['role']:<15} {person['name']:<20} {person['email']:<34} {password}")
    print("\n  Codes come by email: read them in the mailbox above. The SEND team's codes come from an")
    print(f"  authenticator app: the demo shows them at {settings.base_url}/demo/codes.")
    print("  Stop with Ctrl-C; everything is kept for the next time.\n", flush=True)


def _keep_running(settings: Settings, port: int) -> int:
    environ = environment_of(settings)
    commands = [server_command(port, host=os.environ.get("HOST", "127.0.0.1"), workers=1), worker_command()]
    # Their own process group, so that Ctrl-C reaches only us and we stop them in order.
    running = [subprocess.Popen(command, env=environ, start_new_session=True) for command in commands]
    stopped: list[int] = []
    _on_stop(lambda: stopped.append(1))
    while not stopped and all(process.poll() is None for process in running):
        time.sleep(0.2)
    print("\nStopping …", flush=True)
    for process in running:
        process.terminate()
    codes = [_finish(process) for process in running]
    print("Stopped.")
    return 0 if stopped else max(1, *codes)


def _on_stop(do: Callable[[], object]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: do())


def _finish(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
