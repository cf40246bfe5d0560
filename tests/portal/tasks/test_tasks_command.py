"""`portal tasks`: what the worker does every 15 minutes, at once."""

import os
import sys

import anyio
import pytest

from db.engine import fetch
from tests.conftest import SECRET, Clock
from tests.people import gather

pytestmark = pytest.mark.anyio


async def test_tasks_open_without_waiting_for_the_worker(db: object, database: tuple[str, str], clock: Clock) -> None:
    await gather(clock.now)
    await fetch("UPDATE child SET caseworker = NULL")
    environ = {**os.environ, "DATABASE_URL": database[0], "SECRET_KEY": SECRET, "PORTAL_DEMO": "1"}
    done = await anyio.run_process([sys.executable, "-m", "portal", "tasks"], env=environ)
    opened = await fetch("SELECT kind FROM task")
    assert {row["kind"] for row in opened} == {"plan_without_caseworker"}
    assert f"Tasks opened: {len(opened)}." in done.stdout.decode()
