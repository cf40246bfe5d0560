"""Documents of Priya: Dee prepares and publishes, Amal and Ben are the parents who may be chosen."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from litestar.types import ASGIApp

from db.engine import fetch
from portal.actor import Actor
from portal.demo.pdf import letter
from portal.documents import announcing
from portal.files import scanning
from portal.files.scan import NoScanner, Scanner
from portal.files.store import DiskStore
from portal.post import Email
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all
from tests.people import Cast, sign_in
from web.settings import Settings

DATE = {"document_date-day": "2", "document_date-month": "3", "document_date-year": "2026"}
PDF = ("plan.pdf", letter("Draft EHC plan", ["For Priya"]), "application/pdf")
ON_12_MARCH = {"when": "later", "on-day": "12", "on-month": "3", "on-year": "2026"}


@dataclass
class Scene:
    """Dee's browser, the cast and the worker's part."""

    app: ASGIApp
    dee: Client
    cast: Cast
    settings: Settings
    clock: Clock

    @property
    def family_url(self) -> str:
        return f"/children/{self.cast.priya.public_id}/documents"

    @property
    def staff_url(self) -> str:
        return f"/staff{self.family_url}"

    async def pass_time(self, **amount: float) -> None:
        """Later, with Dee signed in again."""
        self.clock.pass_time(**amount)
        await sign_in(self.dee, self.cast.dee, self.clock.now)

    @asynccontextmanager
    async def signed_in(self, who: Actor) -> AsyncIterator[Client]:
        """The browser of somebody else."""
        async with Client(self.app) as browser:
            yield await sign_in(browser, who, self.clock.now)

    async def prepared(self, description: str = "Draft EHC plan", file: tuple[str, bytes, str] = PDF) -> Page:
        """A document that nobody in the family sees; the page that asks who should."""
        page = await self.dee.get(f"{self.staff_url}/new")
        return await self.dee.press(page, "Continue", files={"file": file}, description=description, **DATE)

    async def confirmation(self, to: Sequence[Actor], description: str = "Draft EHC plan", **typed: str) -> Page:
        """The page that shows once more what is going to happen."""
        chosen: dict[str, Any] = {"when": "now", **typed, "recipient": [one.public_id for one in to]}
        return await self.dee.press(await self.prepared(description), "Continue", **chosen)

    async def publish(self, to: Sequence[Actor], description: str = "Draft EHC plan", **typed: str) -> Page:
        """Published to these people; what the worker does has still to be done."""
        page = await self.confirmation(to, description, **typed)
        return await self.dee.press(page, "Publish", recipient=[one.public_id for one in to])

    async def work(self, scanner: Scanner | None = None) -> list[Email]:
        """What the worker does: scan, announce and send. Gives the emails."""
        for row in await fetch("SELECT id FROM stored_file WHERE scan_state = 'pending' ORDER BY id"):
            await scanning.scan(row["id"], self.store, scanner or NoScanner(), now=self.clock.now)
        for row in await fetch("SELECT id FROM document WHERE published_at IS NOT NULL ORDER BY id"):
            await announcing.announce(row["id"], now=self.clock.now)
        return await deliver_all(self.settings, self.clock)

    async def published(self, to: Sequence[Actor], description: str = "Draft EHC plan") -> str:
        """Published, scanned and announced. Gives the document's public id."""
        await self.publish(to, description)
        await self.work()
        return str((await fetch("SELECT public_id FROM document ORDER BY id DESC LIMIT 1"))[0]["public_id"])

    @property
    def store(self) -> DiskStore:
        return DiskStore(self.settings.files)


async def audited(event: str) -> int:
    """How often something stands in the audit trail."""
    return int((await fetch("SELECT count(*) AS n FROM audit_entry WHERE event = {}", event))[0]["n"])


async def is_published() -> bool:
    return bool(await fetch("SELECT id FROM document WHERE published_at IS NOT NULL"))
