"""Taking figures out of the portal is written down."""

from collections.abc import Mapping
from datetime import datetime

from portal import audit
from portal.actor import Actor


async def note_download(actor: Actor, what: str, about: Mapping[str, str], *, now: datetime) -> None:
    """Remember that `actor` downloads `what` (a table's key, or `sen2`); `about` says of which team and time."""
    await audit.record("staff:report:downloaded", now=now, actor=actor, subject=what, detail=about)
