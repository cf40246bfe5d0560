"""Dee asks advisers about Priya, whom the council has decided to assess."""

from datetime import date
from typing import Any

from db.engine import fetch
from db.tables import CaseDecision
from portal.ids import public_id
from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in
from tests.web.timeline.scene import day

DECIDED = date(2026, 1, 12)


async def assessing(client: Client, clock: Clock) -> Cast:
    """Priya's case, received on 5 January 2026 with the decision to assess on 12 January; Dee is signed in."""
    cast = await gather(clock.now)
    (case,) = await fetch("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id)
    await CaseDecision(
        public_id=public_id(),
        ehc_case=case["id"],
        kind="decided_to_assess",
        happened_on=DECIDED,
        note="",
        recorded_at=clock.now,
    ).save()
    await sign_in(client, cast.dee, clock.now)
    return cast


def staff_list(cast: Cast) -> str:
    return f"/staff/children/{cast.priya.public_id}/advice"


def family_list(cast: Cast) -> str:
    return f"/children/{cast.priya.public_id}/advice"


async def ask(client: Client, cast: Cast, name: str, kind: str = "health", on: date | None = None) -> Page:
    """Record that somebody was asked; without `on` it was today."""
    asked: dict[str, Any] = day("asked_on", on) if on else {}
    page = await client.get((await client.get(staff_list(cast))).link("Ask an adviser"))
    return await client.press(page, "Record", kind=kind, name=name, organisation="Westmere Clinic", **asked)


async def open_adviser(client: Client, cast: Cast, name: str) -> Page:
    return await client.get((await client.get(staff_list(cast))).link(name))
