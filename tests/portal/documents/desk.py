"""Dee’s desk: documents of Priya, made without a browser."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.engine import fetch
from portal.access.queries import ChildRecord
from portal.actor import Actor
from portal.documents import commands
from portal.files.check import CheckedFile
from portal.files.store import DiskStore
from tests.conftest import Clock
from tests.people import Cast

PAPER = CheckedFile("plan.pdf", "application/pdf", b"%PDF-1.7 a plan", 15, "0" * 64)


@dataclass
class Desk:
    """Dee's desk, with Priya's record open."""

    cast: Cast
    child: ChildRecord
    store: DiskStore
    clock: Clock

    async def prepare(self) -> str:
        return await commands.prepare(
            self.cast.dee,
            self.child,
            PAPER,
            description="Draft EHC plan",
            document_date=date(2026, 3, 2),
            store=self.store,
            now=self.clock.now,
        )

    async def publish(self, *to: Actor, after: timedelta = timedelta(0), scan_state: str = "clean") -> int:
        """Published to these people, its file in `scan_state`. Gives the document's id."""
        document, now = await self.prepare(), self.clock.now
        people = [one.public_id for one in to]
        await commands.publish(self.cast.dee, self.child, document, people, at=now + after, now=now)
        await fetch("UPDATE stored_file SET scan_state = {}", scan_state)
        return int((await one("SELECT id FROM document WHERE public_id = {}", document))["id"])


async def one(sql: str, *values: Any) -> dict[str, Any]:
    rows = await fetch(sql, *values)
    assert len(rows) == 1, rows
    return rows[0]


async def jobs(entrypoint: str) -> list[dict[str, Any]]:
    """What is queued for the worker; `wait` is how long it still has to wait."""
    return await fetch(
        "SELECT convert_from(payload, 'UTF8') AS payload, execute_after - now() AS wait FROM pgqueuer"
        " WHERE entrypoint = {} ORDER BY id",
        entrypoint,
    )


async def forget_jobs() -> None:
    """Lose everything that is queued, as when a job fails."""
    await fetch("DELETE FROM pgqueuer")
