"""The way from the unique code to access, one function a step, as people press the buttons."""

import re
from typing import Any

from litestar.types import ASGIApp

from portal.actor import Actor
from portal.post import Email
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import sign_in
from web.settings import Settings

ANNA = "anna@example.com"

NEW_CHILD: dict[str, Any] = {
    "forename": "Noor",
    "surname": "Aziz",
    "date_of_birth-day": "2",
    "date_of_birth-month": "May",
    "date_of_birth-year": "2019",
    "received_on-day": "5",
    "received_on-month": "3",
    "received_on-year": "2026",
    "source": "parent",
    "email": ANNA,
    "adult_name": "Anna Aziz",
    "basis": "parental_responsibility",
}


async def browser_of(app: ASGIApp, who: Actor, clock: Clock) -> Client:
    """A browser in which `who` is signed in."""
    return await sign_in(Client(app), who, clock.now)


async def add_child(staff: Client, **changes: Any) -> Page:
    """Add Noor Aziz, whose mother Anna asked; gives the page after."""
    return await staff.press(
        await staff.get("/staff/children/new"), "Add child and send code", **{**NEW_CHILD, **changes}
    )


async def emails_to(address: str, settings: Settings, clock: Clock) -> list[Email]:
    """Deliver what is owed; gives what went to one address."""
    return [email for email in await deliver_all(settings, clock) if email.to == address]


async def code_for(address: str, settings: Settings, clock: Clock) -> str:
    """The unique code that has just been sent to an address."""
    (email,) = await emails_to(address, settings, clock)
    assert email.subject == "Your unique code"
    return unique_code_in(email)


def unique_code_in(email: Email) -> str:
    found = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", email.text)
    assert len(found) == 1, email.text
    return str(found[0])


async def verify(staff: Client, record: str, code: str, **more: Any) -> Page:
    """Type a code at the child's page."""
    typed = {"code": code, "identity_method": "record", **more}
    return await staff.press(await staff.get(record), "Verify identity", **typed)


async def invited(staff: Client, settings: Settings, clock: Clock, **changes: Any) -> str:
    """Add a child, check the code, and give the link of "Accept Portal Invitation"."""
    page = await add_child(staff, **changes)
    address = changes.get("email", ANNA)
    await verify(staff, page.url, await code_for(address, settings, clock))
    return await link_for(address, settings, clock)


async def link_for(address: str, settings: Settings, clock: Clock) -> str:
    """The link that has just been sent to an address."""
    (email,) = await emails_to(address, settings, clock)
    assert email.subject == "Accept Portal Invitation"
    return links_in(email)[0]


async def answer(family: Client, answer: str = "yes", *, which: int | None = None) -> Page:
    """Answer every invitation, or the one at place `which`; gives the page after Submit."""
    page = await family.get("/invitations")
    boxes = [box.get("value") for box in page.all("//input[@type='checkbox']")]
    chosen = boxes if which is None else [boxes[which]]
    return await family.press(await family.press(page, "Confirm", invitation=chosen, answer=answer), "Submit")
