"""A draft plan of Priya: Dee serves it, Amal and Ben, who live apart, each get their own days."""

from dataclasses import dataclass
from datetime import date

from portal.access.queries import child_of
from portal.actor import Actor
from portal.cases.commands import record_decision
from portal.cases.rules import Decision
from tests.client import Client, Page
from tests.web.documents.scene import Scene

SERVED = date(2026, 3, 9)
"""The day on which the tests' clock stands; the last day to comment is Monday 23 March."""


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
        child = await child_of(self.cast.dee, self.cast.priya.public_id, now=self.clock.now)
        decision, today = Decision("decided_to_assess", date(2026, 2, 2)), self.clock.now.date()
        await record_decision(self.cast.dee, child, decision, today=today, now=self.clock.now)

    async def before_serving(self, to: list[Actor], document: str, day: date = SERVED) -> Page:
        """The page that shows once more on whom the draft is served."""
        page = await self.dee.get(f"{self.staff_draft_url}/start")
        typed = {"served-day": str(day.day), "served-month": str(day.month), "served-year": str(day.year)}
        people = [one.public_id for one in to]
        return await self.dee.press(page, "Continue", document=document, recipient=people, **typed)

    async def serve(self, to: list[Actor], document: str = "", day: date = SERVED) -> Page:
        """Served, from a document that is published to Amal unless there is one. Gives the team's page."""
        document = document or await self.published([self.cast.amal])
        page = await self.before_serving(to, document, day)
        return await self.dee.press(page, "Serve the draft", recipient=[one.public_id for one in to])

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
