"""What every test of the timeline needs: the cast, and Dee at Priya's timeline."""

from datetime import date
from typing import Any

from tests.client import Client, Page
from tests.conftest import Clock
from tests.people import Cast, gather, sign_in


async def at_timeline(client: Client, clock: Clock) -> tuple[Cast, Page]:
    """Dee, Priya's caseworker, opens the timeline."""
    cast = await gather(clock.now)
    await sign_in(client, cast.dee, clock.now)
    return cast, await client.get(timeline_of(cast))


def timeline_of(cast: Cast) -> str:
    return f"/staff/children/{cast.priya.public_id}/timeline"


def day(name: str, value: date) -> dict[str, str]:
    """A date as it is typed into its three fields."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


async def except_(client: Client, cast: Cast, starts: date, **typed: Any) -> Page:
    """Record a personal exception to the final plan's date through the form."""
    usual = {"kind": "personal", "duty": "final", "reason": "A refuge in Malvern", "approved_by": "Mo Bell, manager"}
    return await record(client, cast, "exception", "Record", **usual | day("starts", starts) | typed)


async def record(client: Client, cast: Cast, form: str, button: str, **typed: Any) -> Page:
    """Open one of the forms, fill it and press its button."""
    return await client.press(await client.get(f"{timeline_of(cast)}/{form}"), button, **typed)


async def decide(client: Client, cast: Cast, kind: str, on: date, note: str = "We told you why.") -> Page:
    """Record a decision through the form."""
    return await record(client, cast, "decision", "Record", kind=kind, note=note, **day("on", on))
