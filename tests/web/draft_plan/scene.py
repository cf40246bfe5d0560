"""A draft plan of Priya: Dee serves it, Amal and Ben, who live apart, each get their own days."""

from dataclasses import dataclass
from datetime import date

from db.engine import fetch
from portal.access.queries import ChildRecord, child_of
from portal.actor import Actor
from portal.cases.commands import record_decision
from portal.cases.rules import Decision
from tests.client import Client, Page
from tests.web.documents.scene import Scene

SERVED = date(2026, 3, 9)
"""The day on which the tests' clock stands; the last day to comment is Monday 23 March."""


def typed_day(name: str, day: date) -> dict[str, str]:
    """A day as it is typed."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def how(on_paper: date | None) -> dict[str, str]:
    """How a draft is served, as it is typed."""
    return {"how": "paper", **typed_day("served", on_paper)} if on_paper else {"how": "here"}


@dataclass
class DraftScene(Scene):
    """The browsers of Dee and of the parents."""

    @property
    def draft_url(self) -> str:
        return f"/children/{self.cast.priya.public_id}/draft-plan"

    @property
    def staff_draft_url(self) -> str:
        return f"/staff{self.draft_url}"

    async def decide_to_assess(self) -> None:
        """What must come before any draft."""
        await self.record("decided_to_assess", date(2026, 2, 2))

    async def before_serving(self, to: list[Actor], document: str, on_paper: date | None = None) -> Page:
        """The page that shows once more on whom the draft is served."""
        page = await self.dee.get(f"{self.staff_draft_url}/start")
        people = [one.public_id for one in to]
        return await self.dee.press(page, "Continue", document=document, recipient=people, **how(on_paper))

    async def serve(self, to: list[Actor], document: str = "", on_paper: date | None = None) -> Page:
        """Served here unless they had it on paper; of a new document for Amal unless one is named. Gives the page."""
        document = document or await self.published([self.cast.amal])
        page = await self.before_serving(to, document, on_paper)
        return await self.dee.press(page, "Serve the draft", recipient=[one.public_id for one in to])

    async def document(self) -> str:
        """The newest document."""
        return str((await fetch("SELECT public_id FROM document ORDER BY id DESC LIMIT 1"))[0]["public_id"])

    async def child(self) -> ChildRecord:
        """Priya as Dee sees her now."""
        return await child_of(self.cast.dee, self.cast.priya.public_id, now=self.clock.now)

    async def give_time(self, to: Actor, until: date, reason: str = "Illness") -> Page:
        """More time for one adult. Gives the team's page."""
        page = await self.dee.get(f"{self.staff_draft_url}/time/{to.public_id}")
        return await self.dee.press(page, "Give more time", reason=reason, **typed_day("until", until))

    async def strike(self, adult: Actor, reason: str = "A slip of the finger.") -> Page:
        """The newest service on one adult is struck out. Gives the team's page."""
        page = await self.dee.get(self.staff_draft_url)
        links = page.all(f"//a[contains(@href, '/strike-out/{adult.public_id}')]/@href")
        return await self.dee.press(await self.dee.get(links[0]), "Strike out", reason=reason)

    async def record(self, kind: str, on: date) -> str:
        """Dee records a decision by hand."""
        day, now = self.clock.now.date(), self.clock.now
        return await record_decision(self.cast.dee, await self.child(), Decision(kind, on), today=day, now=now)

    async def comment(self, client: Client, section: str, text: str) -> Page:
        """A comment on a section, saved and not sent."""
        page = await client.get(f"{self.draft_url}/{section}")
        return await client.press(page, "Save", view="comment", comment=text)

    async def send(self, client: Client) -> Page:
        """Everything that is saved, sent after a second look."""
        return await client.press(await client.get(f"{self.draft_url}/check"), "Confirm and send")

    async def answer(self, section_title: str, **typed: str) -> Page:
        """Dee answers what was sent about one section."""
        page = await self.dee.get(self.staff_draft_url)
        links = page.all(f"//h2[normalize-space()='{section_title}']/following-sibling::article[1]//a/@href")
        return await self.dee.press(await self.dee.get(links[0]), "Send the answer", **typed)
